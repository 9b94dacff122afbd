import { describe, expect, it } from "vitest";
import { load, refusalOf } from "./description";

interface Change {
  /** More keys of the network, in flow style. */
  readonly network?: string;
  readonly machines?: string;
  readonly database?: string;
  readonly service?: string;
  /** Further keys of the system, each on a line of its own. */
  readonly system?: readonly string[];
}

/** A small valid description of the system with something else in its place. */
function described({ network, machines, database, service, system = [] }: Change): string {
  return [
    "region: eu-west-3",
    "onRemoval: destroy",
    "wordpressMysql:",
    `  network: { zone: eu-west-3a, ${network ?? ""} }`,
    `  machines: { ${machines ?? ""} }`,
    `  database: { ${database ?? "machine: {}"} }`,
    `  service: { ${service ?? ""} }`,
    ...system.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

const web = "web: { cidr: 10.3.0.0/22, zones: [eu-west-3b] }";
const data = "data: { cidr: 10.2.0.0/24, zones: [eu-west-3a, eu-west-3b] }";
const scaling = "scaling: { min: 1, max: 3, requestsPerTarget: 600 }";
/** With an entrance, and with files for more than one task. */
const [entered, filed] = [["entrance: {}"], ["entrance: {}", "files: {}"]];

const cases: [title: string, change: Change, message: string][] = [
  [
    "an entrance in one zone (S3-W05)",
    { system: entered },
    `
dev.yaml:8:3 LB_SUBNETS
  at    wordpressMysql.entrance
  got   "entrance"
  want  network.web beside it: a load balancer refuses to live in one zone
  fix   add to network for example web: { cidr: 10.3.0.0/22, zones: [eu-west-3b] }`,
  ],
  [
    "an entrance in a subnet that is too small for one",
    { network: `cidr: 10.0.0.0/28, ${web}`, database: "machine: { address: 10.0.0.11 }", system: entered },
    `
dev.yaml:4:38 NET_CIDR_TOO_SMALL
  at    wordpressMysql.network.cidr
  got   "10.0.0.0/28"
  want  /27 or wider with an entrance
  fix   AWS puts no load balancer into a smaller subnet: choose a wider range, which replaces everything`,
  ],
  [
    "replicas without an entrance, which nothing would spread requests over (S3-W03)",
    { service: "count: 2" },
    `
dev.yaml:7:14 LB_MISSING
  at    wordpressMysql.service.count
  got   "count"
  want  an entrance beside it: without one, a single task answers on the port of its machine
  fix   add entrance: {} and network.web to the system, or remove it`,
  ],
  [
    "scaling without an entrance (S3-W04)",
    { service: scaling },
    `
dev.yaml:7:14 LB_MISSING
  at    wordpressMysql.service.scaling
  got   "scaling"
  want  an entrance beside it: without one, a single task answers on the port of its machine
  fix   add entrance: {} and network.web to the system, or remove it`,
  ],
  [
    "checks that nobody would make",
    { service: "health: { path: /x }" },
    `
dev.yaml:7:14 LB_MISSING
  at    wordpressMysql.service.health
  got   "health"
  want  an entrance beside it: without one, a single task answers on the port of its machine
  fix   add entrance: {} and network.web to the system, or remove it`,
  ],
  [
    "replicas of which each would have its own uploads (S3-W03)",
    { network: web, service: "count: 2", system: entered },
    `
dev.yaml:7:21 FILES_MISSING
  at    wordpressMysql.service.count
  got   2 tasks
  want  files beside it: what one task writes, the others would not have
  fix   add files: {} to the system`,
  ],
  [
    "scaling to replicas of which each would have its own uploads (S3-W04)",
    { network: web, service: scaling, system: entered },
    `
dev.yaml:7:23 FILES_MISSING
  at    wordpressMysql.service.scaling
  got   3 tasks
  want  files beside it: what one task writes, the others would not have
  fix   add files: {} to the system`,
  ],
  [
    "a port of the machine behind an entrance (S3-D03)",
    { network: web, service: "hostPort: 80", system: entered },
    `
dev.yaml:7:24 PORT_BALANCED
  at    wordpressMysql.service.hostPort
  got   80
  want  no port of the machine: behind an entrance Docker chooses one for each task
  fix   remove it`,
  ],
  [
    "scaling that follows nothing",
    { network: web, service: "scaling: { min: 1, max: 3 }", system: filed },
    `
dev.yaml:7:23 SCALE_TARGET
  at    wordpressMysql.service.scaling
  got   a map with min, max
  want  something to aim at: cpuPercent, memoryPercent, requestsPerTarget or schedule
  fix   add for example requestsPerTarget: 600`,
  ],
  [
    "an answer that takes longer than the time between two questions",
    { network: web, service: "health: { intervalSeconds: 5, timeoutSeconds: 5 }", system: entered },
    `
dev.yaml:7:60 HC_TIMEOUT
  at    wordpressMysql.service.health.timeoutSeconds
  got   5
  want  less than intervalSeconds, 5
  fix   write 4 or less`,
  ],
  [
    "more tasks than its machines hold (S3-W04)",
    { network: web, service: "count: 9", machines: "max: 2", system: filed },
    `
dev.yaml:5:20 TASK_PLACEMENT
  at    wordpressMysql.machines.max
  got   2
  want  at least 4, for 9 tasks at the services' highest counts and one more during a rolling update
  fix   raise max to 4, take larger machines, or lower the services' highest counts`,
  ],
  [
    "CloudFront without a name (S3-W12)",
    { network: web, system: ["entrance: { distribution: {} }"] },
    `
dev.yaml:8:29 CDN_DOMAIN
  at    wordpressMysql.entrance.distribution
  got   an empty map
  want  domain beside it: the edge and the load balancer need a certificate for the same name
  fix   add for example domain: { zone: example.com, name: www.example.com }`,
  ],
  [
    "a certificate of another region",
    {
      network: web,
      system: [
        "entrance: { certificateArn: arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9 }",
      ],
    },
    `
dev.yaml:8:31 CERT_REGION
  at    wordpressMysql.entrance.certificateArn
  got   "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-4e5f"… (83 characters)
  want  an ARN of eu-west-3, the region of the load balancer
  fix   copy the ARN of the one in eu-west-3, or make one there`,
  ],
  [
    "a range for further zones without room for load balancers",
    { network: "web: { cidr: 10.3.0.0/24, zones: [eu-west-3b] }" },
    `
dev.yaml:4:45 NET_CIDR_CONFLICT
  at    wordpressMysql.network.web.cidr
  got   "10.3.0.0/24"
  want  a range from /16 to /22
  fix   there is no room for 32 subnets of a /27, the smallest that takes a load balancer: use /22 or wider`,
  ],
  [
    "a range for further zones that touches that of the data",
    { network: `${data}, web: { cidr: 10.2.0.0/22, zones: [eu-west-3b] }` },
    `
dev.yaml:4:107 NET_CIDR_CONFLICT
  at    wordpressMysql.network.web.cidr
  got   "10.2.0.0/22"
  want  apart from 10.2.0.0/24, the range of data
  fix   use a range that nothing else has`,
  ],
  [
    "a further zone that is the first one",
    { network: "web: { cidr: 10.3.0.0/22, zones: [eu-west-3a] }" },
    `
dev.yaml:4:66 NET_AZ_DUP
  at    wordpressMysql.network.web.zones[0]
  got   "eu-west-3a"
  want  each zone once, and another one than that of the network
  fix   remove it, or name another zone`,
  ],
  [
    "a further zone that the region does not have",
    { network: "web: { cidr: 10.3.0.0/22, zones: [eu-west-3d] }" },
    `
dev.yaml:4:66 NET_AZ_UNKNOWN
  at    wordpressMysql.network.web.zones[0]
  got   "eu-west-3d"
  want  a zone that eu-west-3 has: eu-west-3a, eu-west-3b, eu-west-3c, as known in 2026-01
  fix   choose one of these`,
  ],
  [
    "no further zone",
    { network: "web: { cidr: 10.3.0.0/22, zones: [] }" },
    `
dev.yaml:4:65 NET_AZ_COUNT
  at    wordpressMysql.network.web.zones
  got   no zone
  want  one zone or more beside eu-west-3a
  fix   write for example [eu-west-3b]`,
  ],
];

describe("a description of how visitors get to WordPress with MySQL beside it refuses", () => {
  it.each(cases)("%s", (_, change, message) => {
    expect(`\n${refusalOf(described(change))}`).toBe(message);
  });

  it("nothing more where a range is wrong already: what is compared has to be a range", () => {
    const text = described({
      network: "cidr: 10.0.0/24, web: { cidr: 10.3.0.0/22, zones: [eu-west-3b] }",
      system: entered,
    });
    expect(refusalOf(text).match(/at {4}\S+/g)).toEqual(["at    wordpressMysql.network.cidr"]);
  });
});

describe("a range that is none, beside the network's own, is refused", () => {
  it.each([
    ["web", "web: { cidr: banana, zones: [eu-west-3b] }"],
    ["web", "web: { cidr: 10.3.0.0/33, zones: [eu-west-3b] }"],
    ["data", `data: { cidr: banana, zones: [eu-west-3a, eu-west-3b] }, ${web}`],
    ["data", `data: { cidr: 10.2.0.1/24, zones: [eu-west-3a, eu-west-3b] }, ${web}`],
  ])("as %s: %s", (part, network) => {
    const found = refusalOf(described({ network, system: entered })).match(/NET_CIDR_\w+|at {4}\S+/g);
    expect(found).toEqual([
      expect.stringMatching(/^NET_CIDR_(SYNTAX|HOSTBITS)$/),
      `at    wordpressMysql.network.${part}.cidr`,
    ]);
  });
});

describe("a description of how visitors get to WordPress with MySQL beside it", () => {
  const serviceOf = (change: Change) => load({ "dev.yaml": described(change) })[0]!.wordpressMysql!.service;

  it("runs one task unless it says more", () => {
    expect(serviceOf({})).toMatchObject({ count: 1, hostPort: 80 });
    expect(serviceOf({ network: web, system: entered })).toMatchObject({ count: 1 });
    expect(serviceOf({ network: web, service: "count: 2", system: filed })).toMatchObject({ count: 2 });
  });

  it("starts with as many tasks as its scaling has at least (S3-W04)", () => {
    const at = "scaling: { min: 2, max: 3, cpuPercent: 60 }, cpu: 256";
    expect(serviceOf({ network: web, service: at, system: filed })).toMatchObject({ count: 2 });
  });
});
