import { describe, expect, it } from "vitest";
import { load, mistakesOf, refusalOf } from "./description";

interface Change {
  readonly top?: string;
  /** Keys of a section, in flow style. */
  readonly network?: string;
  readonly machines?: string;
  readonly repository?: string;
  readonly database?: string;
  readonly bastion?: string;
  readonly namespace?: string;
  readonly registry?: string;
  readonly entrance?: string;
}

const zones = "zones: [us-east-1a, us-east-1b, us-east-1c]";
const url = "url: https://git.example.com/team/dashboard.git";
const key =
  "publicKey: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1SbVJtUm1SbVJtUm1SbVJtUm1SbVJtUm1SbVJtUm1S me@example.com";

const account = "arn:aws:secretsmanager:us-east-1:111122223333:secret:registry-AbCdEf";

/** A small valid description of the system with something else in its place. */
function described({ top, network, machines, repository, database, ...rest }: Change = {}): string {
  const { bastion, namespace, registry, entrance } = rest;
  return [
    "region: us-east-1",
    top ?? "onRemoval: destroy",
    "dashboard:",
    `  network: { ${network ?? zones} }`,
    `  machines: { ${machines ?? ""} }`,
    `  repository: { ${repository ?? url} }`,
    `  database: { ${database ?? ""} }`,
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    ...(registry === undefined ? [] : [`  registry: { ${registry} }`]),
    ...(entrance === undefined ? [] : [`  entrance: { ${entrance} }`]),
    ...(bastion === undefined ? [] : [`  bastion: { ${bastion} }`]),
    "",
  ].join("\n");
}

const cases: [title: string, change: Change, message: string][] = [
  [
    "managers in an even number (S4-D09)",
    { machines: "count: 4" },
    `
dev.yaml:5:22 QUORUM_SIZE
  at    dashboard.machines.count
  got   4
  want  3, 5 or 7 machines in one cluster: a majority of the managers must live
  fix   write 5`,
  ],
  [
    "a cluster of one",
    { machines: "count: 1" },
    `
dev.yaml:5:22 QUORUM_SIZE
  at    dashboard.machines.count
  got   1
  want  3, 5 or 7 machines in one cluster: a majority of the managers must live
  fix   write 3, or mode: single`,
  ],
  [
    "more managers than can agree",
    { machines: "count: 9" },
    `
dev.yaml:5:22 QUORUM_SIZE
  at    dashboard.machines.count
  got   9
  want  3, 5 or 7 machines in one cluster: a majority of the managers must live
  fix   write 7`,
  ],
  [
    "three managers over two zones (S4-D09)",
    { network: "zones: [us-east-1a, us-east-1b]" },
    `
dev.yaml:4:21 QUORUM_AZ
  at    dashboard.network.zones
  got   us-east-1a, us-east-1b
  want  three zones or more: losing one of us-east-1a, us-east-1b can lose the majority of 3 managers
  fix   add a third zone`,
  ],
  [
    "a range of a zone that the network has not",
    { network: `${zones}, publicRanges: { us-east-1d: 10.0.4.0/24 }` },
    `
dev.yaml:4:75 NET_AZ_UNKNOWN
  at    dashboard.network.publicRanges.us-east-1d
  got   "us-east-1d"
  want  a zone of network.zones: us-east-1a, us-east-1b, us-east-1c
  fix   name it there`,
  ],
  [
    "a public range that is kept for private subnets",
    { network: `${zones}, publicRanges: { us-east-1a: 10.0.24.0/24 }` },
    `
dev.yaml:4:87 NET_CIDR_CONFLICT
  at    dashboard.network.publicRanges.us-east-1a
  got   "10.0.24.0/24"
  want  apart from 10.0.24.0/21, which is kept for the private subnet of zone a
  fix   free are 10.0.0.0 to 10.0.7.255, and 10.0.152.0 to 10.0.255.255`,
  ],
  [
    "a repository on a port that is not open",
    { repository: "url: https://git.example.com:8443/d.git" },
    `
dev.yaml:6:22 GIT_URL
  at    dashboard.repository.url
  got   "https://git.example.com:8443/d.git"
  want  an address such as https://git.example.com/team/dashboard.git
  fix   copy the address that git clone takes: with https, as machines have no key, and without a port, as only 443 is open`,
  ],
  [
    "networks of containers over the network of the machines (S4-D07)",
    { machines: "overlayRange: 10.0.0.0/16" },
    `
dev.yaml:5:29 NET_CIDR_CONFLICT
  at    dashboard.machines.overlayRange
  got   "10.0.0.0/16"
  want  apart from 10.0.0.0/16, the range of the network
  fix   write a range that nothing else has`,
  ],
  [
    "networks of containers that have no room",
    { machines: "overlayRange: 192.168.128.0/24" },
    `
dev.yaml:5:29 NET_CIDR_SIZE
  at    dashboard.machines.overlayRange
  got   "192.168.128.0/24"
  want  a range from /16 to /23: each network takes a /24 of it
  fix   write 192.168.128.0/17`,
  ],
  [
    "a machine that Docker does not fit on",
    { machines: "type: t3.nano" },
    `
dev.yaml:5:21 SWARM_MEMORY
  at    dashboard.machines.type
  got   "t3.nano"
  want  a type with 1024 MiB of memory or more: t3.nano has 512
  fix   write t3.small`,
  ],
  [
    "a type for another processor than the image",
    { machines: "type: t4g.small" },
    `
dev.yaml:5:21 ARCH_MISMATCH
  at    dashboard.machines.type
  got   "t4g.small"
  want  a type with x86_64 processors, for which its image is built
  fix   take a type such as t3.small`,
  ],
  [
    "an image that nobody bakes",
    { machines: "image: { role: webworker }" },
    `
dev.yaml:5:30 IMAGE_ROLE
  at    dashboard.machines.image.role
  got   "webworker"
  want  a role of packer/images.json that is baked for machines: frontend, gocd, management, mesos-agent, mesos-master, mysql, webworker-dashboard, zookeeper
  fix   write frontend or gocd or management or mesos-agent or mesos-master or mysql or webworker-dashboard or zookeeper, or add the role to packer/images.json and its template to packer/`,
  ],
  [
    "a repository with a password in its address",
    { repository: "url: https://me:secret@git.example.com/d.git" },
    `
dev.yaml:6:22 GIT_URL
  at    dashboard.repository.url
  got   a value (not shown)
  want  an address such as https://git.example.com/team/dashboard.git
  fix   copy the address that git clone takes: with https, as machines have no key, and without a port, as only 443 is open`,
  ],
  [
    "a stack file outside the repository",
    { repository: `${url}, stackFile: ../docker-compose.yml` },
    `
dev.yaml:6:77 FILE_PATH
  at    dashboard.repository.stackFile
  got   "../docker-compose.yml"
  want  a path inside the repository, such as systems/dashboard/docker-compose.yml
  fix   write it without a slash at the start and without ..`,
  ],
  [
    "the name of an image where the folder of both is wanted",
    { namespace: "docker.io/team/dash-front:1.0.0" },
    `
dev.yaml:8:14 IMAGE_REF
  at    dashboard.namespace
  got   "docker.io/team/dash-front:1.0.0"
  want  a registry and a folder, such as docker.io/team
  fix   write it without the image's name, and without a port: only 443 is open`,
  ],
  [
    "a registry of ECR that is none (S4-W04)",
    { namespace: "11112222333.dkr.ecr.us-east-1.amazonaws.com/team" },
    `
dev.yaml:8:14 IMAGE_REF
  at    dashboard.namespace
  got   "11112222333.dkr.ecr.us-east-1.amazonaws.com/team"
  want  a registry of ECR as AWS names it: <12 digits>.dkr.ecr.<region>.amazonaws.com
  fix   copy the URI of the repository, without its last part`,
  ],
  [
    "a registry of ECR that no role of this region's partition gets into (S4-W04)",
    { namespace: "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/team" },
    `
dev.yaml:8:14 REGISTRY_PARTITION
  at    dashboard.namespace
  got   "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/team"
  want  a registry of the partition aws, to which us-east-1 belongs
  fix   copy the images to one there`,
  ],
  [
    "a dual-stack registry of ECR that is none (S4-W04)",
    { namespace: "111122223333.dkr-ecr.us-east-1.amazonaws.com/team" },
    `
dev.yaml:8:14 IMAGE_REF
  at    dashboard.namespace
  got   "111122223333.dkr-ecr.us-east-1.amazonaws.com/team"
  want  a registry of ECR as AWS names it: <12 digits>.dkr.ecr.<region>.amazonaws.com
  fix   copy the URI of the repository, without its last part`,
  ],
  [
    "a namespace that is none, once, with the account for it (S4-W04)",
    { namespace: "registry.example.com:5000/team", registry: `secretArn: ${account}` },
    `
dev.yaml:8:14 IMAGE_REF
  at    dashboard.namespace
  got   "registry.example.com:5000/team"
  want  a registry and a folder, such as docker.io/team
  fix   write it without the image's name, and without a port: only 443 is open`,
  ],
  [
    "an account for ECR by FIPS, which takes the role of the machines too (S4-W04)",
    { namespace: "111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/team", registry: `secretArn: ${account}` },
    `
dev.yaml:9:3 REGISTRY_ACCOUNT
  at    dashboard.registry
  got   "registry"
  want  no account for ECR: the machines log in with their role, which may pull both images
  fix   remove it`,
  ],
  [
    "an account for ECR, which takes the role of the machines (S4-W04)",
    { namespace: "111122223333.dkr.ecr.us-east-1.amazonaws.com/team", registry: `secretArn: ${account}` },
    `
dev.yaml:9:3 REGISTRY_ACCOUNT
  at    dashboard.registry
  got   "registry"
  want  no account for ECR: the machines log in with their role, which may pull both images
  fix   remove it`,
  ],
  [
    "an account for no registry (S4-W04)",
    { registry: `secretArn: ${account}` },
    `
dev.yaml:8:3 REGISTRY_ACCOUNT
  at    dashboard.registry
  got   "registry"
  want  namespace beside it: without one nothing is pulled
  fix   add for example namespace: registry.example.com/team`,
  ],
  [
    "an account whose secret is in another region (S4-W04)",
    { namespace: "registry.example.com/team", registry: `secretArn: ${account.replace("us-east-1", "eu-west-1")}` },
    `
dev.yaml:9:26 SECRET_REF
  at    dashboard.registry.secretArn
  got   "arn:aws:secretsmanager:eu-west-1:111122223333:secret:registr"… (68 characters)
  want  an ARN of us-east-1, the region of the machines
  fix   copy the ARN of the one in us-east-1, or make one there`,
  ],
  [
    "a password where the secret is to be named (S4-W04)",
    { namespace: "registry.example.com/team", registry: "secretArn: reader" },
    `
dev.yaml:9:26 SECRET_REF
  at    dashboard.registry.secretArn
  got   "reader"
  want  the full ARN of a Secrets Manager secret, with the six characters at its end
  fix   make a secret {"username": "…", "password": "…"}, and copy its ARN from Secrets Manager`,
  ],
  [
    "a minor version of PostgreSQL",
    { database: 'version: "17.4"' },
    `
dev.yaml:7:24 RDS_ENGINE
  at    dashboard.database.version
  got   "17.4"
  want  15, 16 or 17
  fix   give the major version in quotes, without the minor: "17"`,
  ],
  [
    "a class of a previous generation (S4-45)",
    { database: "class: db.t2.micro" },
    `
dev.yaml:7:22 RDS_CLASS
  at    dashboard.database.class
  got   "db.t2.micro"
  want  a current class: t2 is a previous generation
  fix   write db.t4g.micro`,
  ],
  [
    "access logs that are kept for no day (S4-W05)",
    { entrance: "accessLogDays: 0" },
    `
dev.yaml:8:30 ACCESS_LOG_DAYS
  at    dashboard.entrance.accessLogDays
  got   0
  want  a whole number from 1 to 3650
  fix   write 1 or more`,
  ],
  [
    "SSH from everywhere (S4-49)",
    { bastion: `ssh: { from: 0.0.0.0/0, ${key} }` },
    `
dev.yaml:8:27 SSH_SOURCE
  at    dashboard.bastion.ssh.from
  got   "0.0.0.0/0"
  want  one public IPv4 address in CIDR notation, such as 198.51.100.7/32
  fix   the machine is for one person: write your own address and /32 after it`,
  ],
  [
    "SSH from a whole office (S4-49)",
    { bastion: `ssh: { from: 198.51.100.0/24, ${key} }` },
    `
dev.yaml:8:27 SSH_SOURCE
  at    dashboard.bastion.ssh.from
  got   "198.51.100.0/24"
  want  one public IPv4 address in CIDR notation, such as 198.51.100.7/32
  fix   the machine is for one person: write your own address and /32 after it`,
  ],
  [
    "a private key in place of the public one",
    { bastion: "ssh: { from: 198.51.100.7/32, publicKey: id_ed25519 }" },
    `
dev.yaml:8:55 SSH_KEY
  at    dashboard.bastion.ssh.publicKey
  got   "id_ed25519"
  want  a public ED25519 or RSA key such as ssh-ed25519 AAAA… you@example.com
  fix   EC2 takes no others: copy the line of ~/.ssh/id_ed25519.pub; the private key stays where it is`,
  ],
];

describe("a description of the dashboard is refused for", () => {
  it.each(cases)("%s", (_, change, message) => {
    expect(`\n${refusalOf(described(change))}`).toBe(message);
  });
});

describe("a description of the dashboard", () => {
  it("is complete with its zones and the repository; everything else has a safe default", () => {
    const [environment] = load({ "dev.yaml": described() });
    expect(environment?.dashboard).toMatchObject({
      region: "us-east-1",
      network: { cidr: "10.0.0.0/16", nat: "none", publicRanges: {} },
      machines: { mode: "cluster", count: 3, image: { role: "webworker-dashboard" } },
      repository: { branch: "master", stackFile: "systems/dashboard/docker-compose.yml" },
      database: { version: "17", class: "db.t4g.micro", storageGib: 20 },
    });
    expect(environment?.dashboard).not.toHaveProperty("bastion");
  });

  it("may have any number of machines that deploy each for itself, in two zones (S4-40, S4-D09)", () => {
    const network = "zones: [us-east-1a, us-east-1b]";
    const [environment] = load({ "dev.yaml": described({ network, machines: "mode: single, count: 4" }) });
    expect(environment?.dashboard?.machines).toMatchObject({ mode: "single", count: 4 });
  });

  it("has a machine for its database only when asked for one, which no port leads to (S4-48)", () => {
    const [environment] = load({ "dev.yaml": described({ bastion: "" }) });
    expect(environment?.dashboard?.bastion).toEqual({ type: "t3.micro" });
  });

  it("reports all its mistakes at once", () => {
    const { mistakes } = mistakesOf({
      "dev.yaml": described({ machines: "count: 2", repository: "url: nowhere", database: "class: db.x" }),
    });
    expect(mistakes.map(({ code }) => code).sort()).toEqual(["GIT_URL", "QUORUM_SIZE", "RDS_CLASS"]);
  });
});
