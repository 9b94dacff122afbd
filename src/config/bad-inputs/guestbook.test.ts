import { describe, expect, it } from "vitest";
import { load, refusalOf } from "./description";

interface Change {
  readonly top?: string;
  readonly network?: string;
  /** More keys of the system, in flow style: the fifth line. */
  readonly more?: string;
  readonly image?: string;
  readonly machines?: string;
  readonly puppet?: string;
  readonly registry?: string;
  readonly cache?: string;
  readonly database?: string;
  readonly devices?: string;
  readonly vpn?: string;
  readonly emails?: string;
}

const two = "first: { address: 203.0.113.12 }, second: { address: 198.51.100.7 }";

/** A small valid description of the system with something else in its place. */
function described(change: Change = {}): string {
  return [
    "region: eu-west-1",
    change.top ?? "onRemoval: destroy",
    "guestbook:",
    `  network: { ${change.network ?? "zones: [eu-west-1a, eu-west-1b]"} }`,
    `  ${change.more ?? "entrance: {}"}`,
    `  image: { name: ${change.image ?? "debian-13-amd64-20260914-2601"} }`,
    `  machines: { ${change.machines ?? ""} }`,
    `  puppet: { ${change.puppet ?? "zone: eu-west-1a"} }`,
    `  registry: { ${change.registry ?? "zone: eu-west-1b"} }`,
    `  cache: { ${change.cache ?? ""} }`,
    `  database: { ${change.database ?? "remoteCidr: 192.168.40.0/24"} }`,
    `  alarms: { emails: ${change.emails ?? "[on-call@example.com]"} }`,
    `  vpn: { devices: { ${change.devices ?? two} }${change.vpn ? `, ${change.vpn}` : ""} }`,
    "",
  ].join("\n");
}

const cases: [title: string, change: Change, message: string][] = [
  [
    "a network without NAT: machines fetch everything that they are made of",
    { network: "zones: [eu-west-1a, eu-west-1b], nat: none" },
    `
dev.yaml:4:52 NET_NAT
  at    guestbook.network.nat
  got   "none"
  want  one or per-zone
  fix   did you mean one?`,
  ],
  [
    "one zone (S0-34)",
    { network: "zones: [eu-west-1a]" },
    `
dev.yaml:4:21 LB_SUBNETS
  at    guestbook.network.zones
  got   eu-west-1a
  want  two different zones or more: load balancers and databases refuse to live in fewer
  fix   write for example [eu-west-1a, eu-west-1b]

dev.yaml:9:21 NET_AZ_UNKNOWN
  at    guestbook.registry.zone
  got   "eu-west-1b"
  want  one of network.zones: eu-west-1a
  fix   write one of them, or add it there`,
  ],
  [
    "more machines in service than there are (S0-38)",
    { machines: "count: 2, inService: 3" },
    `
dev.yaml:7:36 SCALE_BOUNDS
  at    guestbook.machines.inService
  got   3
  want  at most count, 2
  fix   raise count to 3, or lower it`,
  ],
  [
    "no machine at all",
    { machines: "count: 0" },
    `
dev.yaml:7:22 SCALE_BOUNDS
  at    guestbook.machines.count
  got   0
  want  a whole number from 1 to 100
  fix   write 1 or more`,
  ],
  [
    "a machine type that nobody knows",
    { machines: "type: m3.medum" },
    `
dev.yaml:7:21 INSTANCE_TYPE
  at    guestbook.machines.type
  got   "m3.medum"
  want  an EC2 instance type that Slipway knows
  fix   did you mean t3.medium? A type that AWS released after 2026-11-21 needs a line in src/core/machine-types.ts`,
  ],
  [
    "machines whose processors the image is not built for",
    { machines: "type: t4g.small" },
    `
dev.yaml:7:21 ARCH_MISMATCH
  at    guestbook.machines.type
  got   "t4g.small"
  want  a type with x86_64 processors, for which the image is built
  fix   take another type, or the image for arm64`,
  ],
  [
    "an image for the other kind of processor, at each machine",
    { image: "debian-13-arm64-20260914-2601" },
    `
dev.yaml:7:3 ARCH_MISMATCH
  at    guestbook.machines.type
  got   "t3.small"
  want  a type with arm64 processors, for which the image is built
  fix   take another type, or the image for x86_64

dev.yaml:8:3 ARCH_MISMATCH
  at    guestbook.puppet.type
  got   "t3.medium"
  want  a type with arm64 processors, for which the image is built
  fix   take another type, or the image for x86_64

dev.yaml:9:3 ARCH_MISMATCH
  at    guestbook.registry.type
  got   "t3.small"
  want  a type with arm64 processors, for which the image is built
  fix   take another type, or the image for x86_64`,
  ],
  [
    "a pattern in the place of an image's name",
    { image: '"debian-13-amd64-*"' },
    `
dev.yaml:6:18 AMI_NAME
  at    guestbook.image.name
  got   "debian-13-amd64-*"
  want  the exact name of an AMI: 3 to 128 letters, digits, spaces or ()[]./-'@_
  fix   write the full name without wildcards: a pattern would match a newer image one day`,
  ],
  [
    "a Puppet server that has too little memory (S0-28)",
    { puppet: "zone: eu-west-1a, type: t3.micro" },
    `
dev.yaml:8:37 PUPPET_MEMORY
  at    guestbook.puppet.type
  got   "t3.micro"
  want  a type with 2048 MiB of memory or more: t3.micro has 1024
  fix   write t3.medium`,
  ],
  [
    "a Puppet server without a place",
    { puppet: "type: t3.medium" },
    `
dev.yaml:8:3 KEY_MISSING
  at    guestbook.puppet.zone
  got   nothing
  want  the name of an availability zone
  fix   add zone`,
  ],
  [
    "a registry in a zone that the network lacks (S0-39)",
    { registry: "zone: eu-west-1c" },
    `
dev.yaml:9:21 NET_AZ_UNKNOWN
  at    guestbook.registry.zone
  got   "eu-west-1c"
  want  one of network.zones: eu-west-1a, eu-west-1b
  fix   write one of them, or add it there`,
  ],
  [
    "an address of another subnet",
    { puppet: "zone: eu-west-1a, address: 10.200.32.10" },
    `
dev.yaml:8:40 NET_ADDRESS
  at    guestbook.puppet.address
  got   "10.200.32.10"
  want  an IPv4 address in 10.200.24.0/21
  fix   choose one from 10.200.24.0/21, without leading zeros`,
  ],
  [
    "an address that AWS keeps",
    { registry: "zone: eu-west-1b, address: 10.200.32.2" },
    `
dev.yaml:9:42 NET_ADDRESS
  at    guestbook.registry.address
  got   "10.200.32.2"
  want  none of the first four addresses of its subnet, nor the last
  fix   AWS keeps those of 10.200.32.1 to 10.200.39.254 for router, DNS and broadcast`,
  ],
  [
    "one address for both",
    { puppet: "zone: eu-west-1a, address: 10.200.24.20", registry: "zone: eu-west-1a, address: 10.200.24.20" },
    `
dev.yaml:9:42 NET_ADDRESS
  at    guestbook.registry.address
  got   "10.200.24.20"
  want  an address that no other machine has
  fix   leave both addresses out, or give each its own`,
  ],
  [
    "the address that Slipway chose for the other",
    { registry: "zone: eu-west-1a, address: 10.200.24.10" },
    `
dev.yaml:9:42 NET_ADDRESS
  at    guestbook.registry.address
  got   "10.200.24.10"
  want  an address that no other machine has
  fix   leave both addresses out, or give each its own`,
  ],
  [
    "a record outside its zone (S0-32)",
    { more: "dns: { zone: example.com, name: guestbook.example.org }" },
    `
dev.yaml:5:35 DNS_NAME
  at    guestbook.dns.name
  got   "guestbook.example.org"
  want  example.com, or a name that ends in .example.com
  fix   write for example guestbook.example.com`,
  ],
  [
    "a private zone that hides the public name",
    { more: "dns: { zone: example.com, name: guestbook.example.com }\n  privateZone: example.com" },
    `
dev.yaml:6:16 DNS_NAME
  at    guestbook.privateZone
  got   "example.com"
  want  a zone without guestbook.example.com: machines would look for that name in here, in vain
  fix   leave it out, or write a name such as guestbook.internal`,
  ],
  [
    "a private zone that is never asked of DNS",
    { more: "privateZone: guestbook.local" },
    `
dev.yaml:5:16 DNS_NAME
  at    guestbook.privateZone
  got   "guestbook.local"
  want  a name that is the VPC's own: local is somebody else's, or never asked of DNS
  fix   leave it out, or write a name such as guestbook.internal`,
  ],
  [
    "a certificate of another region",
    {
      more: "entrance: { certificateArn: arn:aws:acm:us-east-1:111122223333:certificate/0f5c4f2e-6f0b-4a59-9d5c-2f5d0e4b8a11 }",
    },
    `
dev.yaml:5:31 CERT_REGION
  at    guestbook.entrance.certificateArn
  got   "arn:aws:acm:us-east-1:111122223333:certificate/0f5c4f2e-6f0b"… (83 characters)
  want  an ARN of eu-west-1, the region of the load balancer
  fix   copy the ARN of the one in eu-west-1, or make one there`,
  ],
  [
    "a cache without a replica (S0-44)",
    { cache: "nodes: 1" },
    `
dev.yaml:10:19 CACHE_NODES
  at    guestbook.cache.nodes
  got   1
  want  a whole number from 2 to 6
  fix   write 2: with one node, nothing would take over`,
  ],
  [
    "a version that the engine does not have",
    { cache: 'engine: valkey, version: "7.1"' },
    `
dev.yaml:10:37 CACHE_ENGINE
  at    guestbook.cache.version
  got   "7.1"
  want  a version of valkey: 7.2, 8.0, 8.1, 8.2
  fix   write "8.2"`,
  ],
  [
    "a number that is registered to somebody, for the side of AWS",
    { vpn: "amazonAsn: 7224" },
    `
dev.yaml:13:103 VPN_ASN
  at    guestbook.vpn.amazonAsn
  got   7224
  want  a private AS number: 64512 to 65534 or 4200000000 to 4294967294
  fix   64512 is what AWS takes by itself`,
  ],
  [
    "runners that may be anywhere",
    { registry: "zone: eu-west-1b, pushFrom: [0.0.0.0/0]" },
    `
dev.yaml:9:44 NET_CIDR_SIZE
  at    guestbook.registry.pushFrom[0]
  got   "0.0.0.0/0"
  want  a private IPv4 range in CIDR notation, /16 or narrower
  fix   name the range of the runners alone, such as 10.50.8.0/24`,
  ],
  [
    "a control repository on a port without encryption",
    { more: "controlRepository: { url: https://git.example.com:80/control.git }" },
    `
dev.yaml:5:29 GIT_URL
  at    guestbook.controlRepository.url
  got   "https://git.example.com:80/control.git"
  want  a port that speaks HTTPS
  fix   write the port of HTTPS, or none`,
  ],
  [
    "a node type of EC2",
    { cache: "type: t4g.small" },
    `
dev.yaml:10:18 CACHE_TYPE
  at    guestbook.cache.type
  got   "t4g.small"
  want  a current type such as cache.t4g.small
  fix   ElastiCache has types of its own, which begin with cache.; r6gd keeps data on disks`,
  ],
  [
    "database servers inside the network (S0-19)",
    { database: "remoteCidr: 10.200.8.0/24" },
    `
dev.yaml:11:27 NET_CIDR_CONFLICT
  at    guestbook.database.remoteCidr
  got   "10.200.8.0/24"
  want  apart from 10.200.0.0/16, the range of the VPC
  fix   packets for it never leave the VPC: give one of the two another range, or translate addresses`,
  ],
  [
    "one device (S0-21)",
    { devices: "only: { address: 203.0.113.12 }" },
    `
dev.yaml:13:19 VPN_DEVICES
  at    guestbook.vpn.devices
  got   only
  want  two devices: with one, nothing is left while it is serviced or has failed
  fix   add the second device of the data centre`,
  ],
  [
    "no device (S0-21)",
    { devices: "" },
    `
dev.yaml:13:19 VPN_DEVICES
  at    guestbook.vpn.devices
  got   none
  want  two devices: with one, nothing is left while it is serviced or has failed
  fix   add the second device of the data centre`,
  ],
  [
    "three devices",
    {
      devices: "first: { address: 203.0.113.12 }, second: { address: 198.51.100.7 }, third: { address: 198.51.100.9 }",
    },
    `
dev.yaml:13:19 VPN_DEVICES
  at    guestbook.vpn.devices
  got   first, second, third
  want  two devices: with one, nothing is left while it is serviced or has failed
  fix   keep the two that carry the traffic`,
  ],
  [
    "two devices at one address",
    { devices: "first: { address: 203.0.113.12 }, second: { address: 203.0.113.12 }" },
    `
dev.yaml:13:74 VPN_ADDRESS
  at    guestbook.vpn.devices.second.address
  got   "203.0.113.12"
  want  an address that no other device has: it is that of first
  fix   write the address of each device`,
  ],
  [
    "a device at its inner address",
    { devices: "first: { address: 192.168.40.1 }, second: { address: 198.51.100.7 }" },
    `
dev.yaml:13:39 VPN_ADDRESS
  at    guestbook.vpn.devices.first.address
  got   "192.168.40.1"
  want  an IPv4 address that the internet reaches
  fix   192.168.0.0/16 stays inside a network: behind NAT, give the address outside`,
  ],
  [
    "a device at an address that is none",
    { devices: "first: { address: 203.0.113.300 }, second: { address: 198.51.100.7 }" },
    `
dev.yaml:13:39 VPN_ADDRESS
  at    guestbook.vpn.devices.first.address
  got   "203.0.113.300"
  want  an IPv4 address that the internet reaches
  fix   write four numbers without leading zeros, such as 203.0.113.12`,
  ],
  [
    "two sides with one number",
    { vpn: "amazonAsn: 65000" },
    `
dev.yaml:13:21 VPN_ASN
  at    guestbook.vpn.devices.first.asn
  got   65000
  want  another AS number than Amazon's side, 65000
  fix   BGP between the two would drop all routes

dev.yaml:13:55 VPN_ASN
  at    guestbook.vpn.devices.second.asn
  got   65000
  want  another AS number than Amazon's side, 65000
  fix   BGP between the two would drop all routes`,
  ],
  [
    "an address that gets no e-mail",
    { emails: "[on-call]" },
    `
dev.yaml:12:22 EMAIL_FORM
  at    guestbook.alarms.emails[0]
  got   "on-call"
  want  an e-mail address
  fix   write an address such as on-call@example.com`,
  ],
  [
    "alarms that nobody hears",
    { emails: "[]" },
    `
dev.yaml:12:21 EMAIL_COUNT
  at    guestbook.alarms.emails
  got   no address
  want  an address or more: of what is down, nobody else would say a word
  fix   name who is on call`,
  ],
  [
    "an address that gets each message twice",
    { emails: "[a@example.com, a@example.com]" },
    `
dev.yaml:12:37 EMAIL_DUP
  at    guestbook.alarms.emails[1]
  got   "a@example.com"
  want  each address once
  fix   remove one of the two`,
  ],
  [
    "a version that changes by itself (S0-W04)",
    { more: "firstVersion: latest" },
    `
dev.yaml:5:17 IMAGE_REF
  at    guestbook.firstVersion
  got   "latest"
  want  a tag: 1 to 128 letters, digits and characters of _.-, the first no dot or dash, and not latest
  fix   write a version such as 1.0.0`,
  ],
  [
    "a repository with its password in the address",
    { more: "controlRepository: { url: https://me:hunter2hunter2@git.example.com/control.git }" },
    `
dev.yaml:5:29 GIT_URL
  at    guestbook.controlRepository.url
  got   a value (not shown)
  want  an address such as https://git.example.com/team/control.git or git@git.example.com:team/control.git
  fix   copy the address that git clone takes, without a password`,
  ],
  [
    "an SSH address without a key",
    { more: "controlRepository: { url: git@git.example.com:team/control.git }" },
    `
dev.yaml:5:29 GIT_KEY
  at    guestbook.controlRepository.url
  got   "git@git.example.com:team/control.git"
  want  an address with a key for SSH
  fix   add deployKeySecretArn, or write the address that begins with https`,
  ],
  [
    "a key for an address that knows none",
    {
      more: "controlRepository: { url: https://git.example.com/control.git, deployKeySecretArn: arn:aws:secretsmanager:eu-west-1:111122223333:secret:deploy-AbCdEf }",
    },
    `
dev.yaml:5:86 GIT_KEY
  at    guestbook.controlRepository.deployKeySecretArn
  got   "arn:aws:secretsmanager:eu-west-1:111122223333:secret:deploy-"… (66 characters)
  want  none where the address begins with https: such an address knows no keys
  fix   remove it, or write the address for SSH, such as git@git.example.com:team/control.git`,
  ],
  [
    "a branch that Git would take for an option",
    { more: "controlRepository: { url: https://git.example.com/control.git, branch: --upload-pack }" },
    `
dev.yaml:5:74 GIT_BRANCH
  at    guestbook.controlRepository.branch
  got   "--upload-pack"
  want  the name of a branch: letters, digits and ._/-
  fix   write production`,
  ],
  [
    "a deploy key of another region",
    {
      more: "controlRepository: { url: git@git.example.com:team/control.git, deployKeySecretArn: arn:aws:secretsmanager:eu-west-3:111122223333:secret:deploy-AbCdEf }",
    },
    `
dev.yaml:5:87 SECRET_REF
  at    guestbook.controlRepository.deployKeySecretArn
  got   "arn:aws:secretsmanager:eu-west-3:111122223333:secret:deploy-"… (66 characters)
  want  an ARN of eu-west-1, the region of the Puppet server
  fix   copy the ARN of the one in eu-west-1, or make one there`,
  ],
];

describe("mistakes in the guestbook", () => {
  it.each(cases)("include %s", (_, change, message) => {
    expect(`\n${refusalOf(described(change))}`).toBe(message);
  });
});

describe("the guestbook that is described in few words", () => {
  const [{ guestbook }] = load({ "dev.yaml": described() }) as [ReturnType<typeof load>[0]];

  it("is two machines behind a load balancer, both in service (S0-26, S0-34)", () => {
    expect(guestbook!.machines).toMatchObject({ type: "t3.small", count: 2, inService: 2 });
    expect(guestbook!.entrance).toEqual({});
    expect(guestbook).not.toHaveProperty("dns");
  });

  it("starts from Debian as Debian publishes it", () => {
    expect(guestbook!.image).toEqual({ name: "debian-13-amd64-20260914-2601", owner: "136693071363" });
  });

  it("has addresses for those whom others look for, in their private subnets", () => {
    const { puppet, registry, privateZone } = guestbook!;
    expect(puppet).toMatchObject({ type: "t3.medium", address: "10.200.24.10", subnetCidr: "10.200.24.0/21" });
    expect(registry).toMatchObject({ type: "t3.small", address: "10.200.32.11", subnetCidr: "10.200.32.0/21" });
    expect(privateZone).toBe("guestbook-dev.internal");
  });

  it("keeps these addresses when a zone is added", () => {
    const [more] = load({ "dev.yaml": described({ network: "zones: [eu-west-1c, eu-west-1b, eu-west-1a]" }) });
    expect(more!.guestbook!.puppet.address).toBe(guestbook!.puppet.address);
    expect(more!.guestbook!.registry.address).toBe(guestbook!.registry.address);
  });

  it("has two cache nodes (S0-44)", () => {
    expect(guestbook!.cache).toMatchObject({ engine: "redis", nodes: 2 });
  });

  it("has a VPN to two devices, by BGP (S0-21)", () => {
    expect(guestbook!.vpn).toMatchObject({
      amazonAsn: 64_512,
      devices: { first: { asn: 65_000 }, second: { asn: 65_000 } },
    });
  });

  it("takes the Puppet code of this project, unless told where else it is (S0-29)", () => {
    expect(guestbook).not.toHaveProperty("controlRepository");
    const own = "controlRepository: { url: https://git.example.com/control.git }";
    expect(load({ "dev.yaml": described({ more: own }) })[0]!.guestbook!.controlRepository).toEqual({
      url: "https://git.example.com/control.git",
      branch: "production",
    });
  });

  it("may lead to the same devices as that of another environment: they are one data centre's", () => {
    expect(load({ "a.yaml": described(), "b.yaml": described() })).toHaveLength(2);
  });
});
