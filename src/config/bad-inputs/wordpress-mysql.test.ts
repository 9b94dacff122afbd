import { describe, expect, it } from "vitest";
import { load, mistakesOf, refusalOf } from "./description";

interface Change {
  readonly top?: string;
  /** More keys of the network, in flow style. */
  readonly network?: string;
  readonly machines?: string;
  readonly database?: string;
  readonly service?: string;
  readonly region?: string;
}

/** A small valid description of the system with something else in its place. */
function described({ top, network, machines, database, service, region }: Change = {}): string {
  return [
    "region: eu-west-1",
    top ?? "onRemoval: destroy",
    "wordpressMysql:",
    `  region: ${region ?? "eu-west-3"}`,
    `  network: { ${network ?? "zone: eu-west-3a"} }`,
    `  machines: { ${machines ?? ""} }`,
    `  database: { ${database ?? "machine: {}"} }`,
    `  service: { ${service ?? ""} }`,
    "",
  ].join("\n");
}

const data = "data: { cidr: 10.2.0.0/24, zones: [eu-west-3a, eu-west-3b] }";
const rds = "rds: { class: db.t4g.micro }";
const serverless = (minAcu: number, maxAcu: number) =>
  `aurora: { capacity: { serverless: { minAcu: ${minAcu}, maxAcu: ${maxAcu} } } }`;

const cases: [title: string, change: Change, message: string][] = [
  [
    "an unknown region",
    { region: "eu-west-33" },
    `
dev.yaml:4:11 REGION_UNKNOWN
  at    wordpressMysql.region
  got   "eu-west-33"
  want  an AWS region, as known in 2026-01
  fix   did you mean eu-west-3?`,
  ],
  [
    "a network without its zone",
    { network: "cidr: 10.0.0.0/24" },
    `
dev.yaml:5:3 KEY_MISSING
  at    wordpressMysql.network.zone
  got   nothing
  want  the name of an availability zone
  fix   add zone`,
  ],
  [
    "a zone of another region",
    { network: "zone: eu-west-1a" },
    `
dev.yaml:5:20 NET_AZ_REGION
  at    wordpressMysql.network.zone
  got   "eu-west-1a"
  want  the name of an availability zone of eu-west-3
  fix   did you mean eu-west-3a?`,
  ],
  [
    "a network that is too narrow for AWS",
    { network: "zone: eu-west-3a, cidr: 10.0.0.0/29" },
    `
dev.yaml:5:38 NET_CIDR_SIZE
  at    wordpressMysql.network.cidr
  got   "10.0.0.0/29"
  want  a range from /16 to /28
  fix   AWS makes no smaller subnet: use /28 or wider`,
  ],
  [
    "a second range that AWS adds to no such network",
    { network: "zone: eu-west-3a, data: { cidr: 10.0.1.0/24, zones: [eu-west-3a, eu-west-3b] }" },
    `
dev.yaml:5:46 NET_CIDR_CONFLICT
  at    wordpressMysql.network.data.cidr
  got   "10.0.1.0/24"
  want  outside 10.0.0.0/16
  fix   AWS adds none of it to a network in 10.0.0.0/15: use a range such as 10.2.0.0/24`,
  ],
  [
    "data subnets in one zone",
    { network: "zone: eu-west-3a, data: { cidr: 10.2.0.0/24, zones: [eu-west-3a] }" },
    `
dev.yaml:5:66 LB_SUBNETS
  at    wordpressMysql.network.data.zones
  got   eu-west-3a
  want  two different zones or more: load balancers and databases refuse to live in fewer
  fix   write for example [eu-west-3a, eu-west-3b]`,
  ],
  [
    "an endpoint given twice",
    { network: "zone: eu-west-3a, endpoints: [secretsmanager, secretsmanager]" },
    `
dev.yaml:5:60 NET_ENDPOINT_DUP
  at    wordpressMysql.network.endpoints[1]
  got   "secretsmanager"
  want  each service once
  fix   remove one of the two`,
  ],
  [
    "a database machine that cannot read its password (S3-D05)",
    { network: "zone: eu-west-3a, endpoints: [ssm]" },
    `
dev.yaml:5:43 NET_EGRESS_MISSING
  at    wordpressMysql.network.endpoints
  got   ssm
  want  secretsmanager among them: without it the database's machine, which has no way out, cannot read its password
  fix   add secretsmanager, or remove the line`,
  ],
  [
    "more machines at least than at most",
    { machines: "min: 4" },
    `
dev.yaml:6:20 SCALE_BOUNDS
  at    wordpressMysql.machines.min
  got   4
  want  at most max, 3
  fix   raise max to 4, or lower min`,
  ],
  [
    "a machine type that nobody knows",
    { machines: "type: t3.smal" },
    `
dev.yaml:6:21 INSTANCE_TYPE
  at    wordpressMysql.machines.type
  got   "t3.smal"
  want  an EC2 instance type that Slipway knows
  fix   did you mean t3.small, t2.small, t3a.small? A type that AWS released after 2026-11-21 needs a line in src/core/machine-types.ts`,
  ],
  [
    "an image for the other kind of processor",
    { machines: "type: t4g.small" },
    `
dev.yaml:6:3 ARCH_MISMATCH
  at    wordpressMysql.machines.image.parameter
  got   "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended"… (69 characters)
  want  an image for arm64, the processors of t4g.small
  fix   write image: { parameter: /aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id }`,
  ],
  [
    "an image without an id for this system's region",
    { machines: "image: { ids: { eu-west-1: ami-0123456789abcdef0 } }" },
    `
dev.yaml:6:29 AMI_REGION
  at    wordpressMysql.machines.image.ids
  got   ids for eu-west-1
  want  an id for eu-west-3, the region of the environment
  fix   add eu-west-3: ami-…`,
  ],
  [
    "a task that fits on no machine (S2-D01)",
    { service: "memoryMib: 4096" },
    `
dev.yaml:8:25 TASK_PLACEMENT
  at    wordpressMysql.service.memoryMib
  got   4096
  want  at most 1774, the MiB that a t3.small offers to tasks
  fix   take machines of type t3.large or larger, or lower it; of its 2048 MiB the kernel and the ECS agent keep 274`,
  ],
  [
    "port 8080 of the official image, which answers on 80 (S3-29)",
    { service: "port: 8080" },
    `
dev.yaml:8:20 PORT_IMAGE
  at    wordpressMysql.service.port
  got   8080
  want  80, the port on which the official image answers
  fix   write 80, or remove the line; hostPort is the other end`,
  ],
  [
    "a port that the machine needs itself",
    { service: "hostPort: 22" },
    `
dev.yaml:8:24 PORT_RANGE
  at    wordpressMysql.service.hostPort
  got   22
  want  a port that is free on the machine: ECS keeps 22, 2375, 2376
  fix   write 80`,
  ],
  [
    "a port that Docker gives to others",
    { service: "hostPort: 40000" },
    `
dev.yaml:8:24 PORT_RANGE
  at    wordpressMysql.service.hostPort
  got   40000
  want  a whole number from 1 to 32767
  fix   write 32767 or less`,
  ],
  [
    "an image by its tag alone",
    { service: "image: 6.8.3-1" },
    `
dev.yaml:8:21 IMAGE_REF
  at    wordpressMysql.service.image
  got   "6.8.3-1"
  want  a full reference: this system has no registry of its own
  fix   write for example docker.io/library/wordpress:6.8.3-php8.3-apache`,
  ],
  [
    "an image that changes by itself (S3-04)",
    { service: "image: docker.io/library/wordpress:latest" },
    `
dev.yaml:8:21 IMAGE_UNPINNED
  at    wordpressMysql.service.image
  got   "docker.io/library/wordpress:latest"
  want  an image that stays the same: a version, or a digest
  fix   write the version that you tested, such as 6.8.3-1`,
  ],
  [
    "a variable that the system sets itself (S3-R06)",
    { service: "environment: { WORDPRESS_DB_HOST: elsewhere }" },
    `
dev.yaml:8:29 ENV_DUP
  at    wordpressMysql.service.environment.WORDPRESS_DB_HOST
  got   "WORDPRESS_DB_HOST"
  want  a variable that Slipway does not set itself
  fix   remove it`,
  ],
  [
    "a password in clear text (S3-W06)",
    { service: "environment: { ADMIN_PASSWORD: hunter2 }" },
    `
dev.yaml:8:45 SECRET_PLAIN
  at    wordpressMysql.service.environment.ADMIN_PASSWORD
  got   a value (not shown)
  want  no secret in a description: who reads it would know it
  fix   put it in Secrets Manager, and its ARN under secrets with the same name`,
  ],
  [
    "a secret of another region",
    { service: "secrets: { WORDPRESS_AUTH_KEY: arn:aws:secretsmanager:eu-west-1:111122223333:secret:keys-AbCdEf }" },
    `
dev.yaml:8:45 SECRET_REF
  at    wordpressMysql.service.secrets.WORDPRESS_AUTH_KEY
  got   "arn:aws:secretsmanager:eu-west-1:111122223333:secret:keys-Ab"… (64 characters)
  want  an ARN of eu-west-3, the region of the service
  fix   copy the ARN of the one in eu-west-3, or make one there`,
  ],
  [
    "no kind of database",
    { database: "size: large" },
    `
dev.yaml:7:13 DATABASE_KIND
  at    wordpressMysql.database
  got   a map with size
  want  a map with one of machine, rds and aurora
  fix   write database: { machine: {} }, or leave it out`,
  ],
  [
    "two kinds of database",
    { database: `machine: {}, ${rds}` },
    `
dev.yaml:7:28 KEY_UNKNOWN
  at    wordpressMysql.database.rds
  got   "rds"
  want  one of machine, name, user
  fix   remove it, or move it to where it belongs`,
  ],
  [
    "an address outside the network",
    { database: "machine: { address: 10.0.1.151 }" },
    `
dev.yaml:7:35 NET_ADDRESS
  at    wordpressMysql.database.machine.address
  got   "10.0.1.151"
  want  an IPv4 address in 10.0.0.0/24
  fix   choose one from 10.0.0.0/24, without leading zeros`,
  ],
  [
    "an address that AWS keeps",
    { database: "machine: { address: 10.0.0.2 }" },
    `
dev.yaml:7:35 NET_ADDRESS
  at    wordpressMysql.database.machine.address
  got   "10.0.0.2"
  want  none of the first four addresses of its subnet, nor the last
  fix   AWS keeps those of 10.0.0.1 to 10.0.0.254 for router, DNS and broadcast`,
  ],
  [
    "a role that is not in the catalogue",
    { database: "machine: { image: { role: mysqll } }" },
    `
dev.yaml:7:41 IMAGE_ROLE
  at    wordpressMysql.database.machine.image.role
  got   "mysqll"
  want  a role of packer/images.json that is baked for machines: frontend, gocd, management, mesos-agent, mesos-master, mysql, webworker-dashboard, zookeeper
  fix   did you mean mysql?`,
  ],
  [
    "the role of a container image",
    { database: "machine: { image: { role: wordpress } }" },
    `
dev.yaml:7:41 IMAGE_ROLE
  at    wordpressMysql.database.machine.image.role
  got   "wordpress"
  want  a role of packer/images.json that is baked for machines: frontend, gocd, management, mesos-agent, mesos-master, mysql, webworker-dashboard, zookeeper
  fix   write frontend or gocd or management or mesos-agent or mesos-master or mysql or webworker-dashboard or zookeeper, or add the role to packer/images.json and its template to packer/`,
  ],
  [
    "a database machine with the other kind of processor",
    { database: "machine: { type: t4g.small }" },
    `
dev.yaml:7:32 ARCH_MISMATCH
  at    wordpressMysql.database.machine.type
  got   "t4g.small"
  want  a type with x86_64 processors, for which packer/images.json bakes mysql
  fix   take a type such as t3.small, or bake the image for arm64`,
  ],
  [
    "a database machine of an unknown type",
    { database: "machine: { type: t9.small }" },
    `
dev.yaml:7:32 INSTANCE_TYPE
  at    wordpressMysql.database.machine.type
  got   "t9.small"
  want  an EC2 instance type that Slipway knows
  fix   did you mean t2.small, t3.small, t3a.small? A type that AWS released after 2026-11-21 needs a line in src/core/machine-types.ts`,
  ],
  [
    "an account that the server has for itself",
    { database: "machine: {}, user: root" },
    `
dev.yaml:7:34 RDS_USERNAME
  at    wordpressMysql.database.user
  got   "root"
  want  an account that the server does not have from the start
  fix   name it after the application, such as wordpress`,
  ],
  [
    "RDS without subnets in two zones",
    { database: rds },
    `
dev.yaml:7:20 DATABASE_SUBNETS
  at    wordpressMysql.database.rds
  got   a map with class
  want  network.data, the subnets of two zones that rds lives in
  fix   add to network for example data: { cidr: 10.2.0.0/24, zones: [<zone>, <another zone>] }`,
  ],
  [
    "Aurora without subnets in two zones",
    { database: serverless(0.5, 4) },
    `
dev.yaml:7:23 DATABASE_SUBNETS
  at    wordpressMysql.database.aurora
  got   a map with capacity
  want  network.data, the subnets of two zones that aurora lives in
  fix   add to network for example data: { cidr: 10.2.0.0/24, zones: [<zone>, <another zone>] }`,
  ],
  [
    "a class of which RDS starts no server",
    { network: `zone: eu-west-3a, ${data}`, database: "rds: { class: db.t2.micro }" },
    `
dev.yaml:7:29 RDS_CLASS
  at    wordpressMysql.database.rds.class
  got   "db.t2.micro"
  want  a current class: t2 is a previous generation
  fix   write db.t4g.micro`,
  ],
  [
    "a class that Aurora does not have",
    { network: `zone: eu-west-3a, ${data}`, database: "aurora: { capacity: { instanceClass: db.t4g.micro } }" },
    `
dev.yaml:7:52 RDS_CLASS
  at    wordpressMysql.database.aurora.capacity.instanceClass
  got   "db.t4g.micro"
  want  a class of Aurora such as db.r7g.large
  fix   Aurora MySQL runs on families t3, t4g, r and x, from medium on`,
  ],
  [
    "capacity in thirds",
    { network: `zone: eu-west-3a, ${data}`, database: serverless(0.3, 4) },
    `
dev.yaml:7:59 AURORA_CAPACITY
  at    wordpressMysql.database.aurora.capacity.serverless.minAcu
  got   0.3
  want  a number from 0 to 256, in halves
  fix   write for example 0.5`,
  ],
  [
    "capacity from more to less",
    { network: `zone: eu-west-3a, ${data}`, database: serverless(8, 4) },
    `
dev.yaml:7:59 AURORA_CAPACITY
  at    wordpressMysql.database.aurora.capacity.serverless.minAcu
  got   8
  want  at most maxAcu, 4
  fix   lower it, or raise maxAcu`,
  ],
  [
    "windows that meet",
    {
      network: `zone: eu-west-3a, ${data}`,
      database:
        "aurora: { capacity: { instanceClass: db.r7g.large }, backupWindow: 03:00-05:00, maintenanceWindow: sun:04:00-sun:05:00 }",
    },
    `
dev.yaml:7:114 RDS_WINDOW
  at    wordpressMysql.database.aurora.maintenanceWindow
  got   "sun:04:00-sun:05:00"
  want  a time apart from backupWindow, 03:00-05:00 of every day
  fix   write for example sun:05:30-sun:06:30, or leave it out`,
  ],
  [
    "a variable by which the connection to RDS is encrypted",
    {
      network: `zone: eu-west-3a, ${data}`,
      database: rds,
      service: "environment: { WORDPRESS_CONFIG_EXTRA: x }",
    },
    `
dev.yaml:8:29 ENV_DUP
  at    wordpressMysql.service.environment.WORDPRESS_CONFIG_EXTRA
  got   "WORDPRESS_CONFIG_EXTRA"
  want  a variable that Slipway does not set itself
  fix   remove it`,
  ],
];

describe("a description of WordPress with MySQL beside it refuses", () => {
  it.each(cases)("%s", (_, change, message) => {
    expect(`\n${refusalOf(described(change))}`).toBe(message);
  });

  it("another environment that would make the same names", () => {
    const wordpress = [
      "region: eu-west-3",
      "wordpress:",
      "  network: { zones: [eu-west-3a, eu-west-3b] }",
      "  database: { class: db.t4g.micro }",
      "  services: {}",
      "",
    ].join("\n");
    const { mistakes } = mistakesOf({ "dev.yaml": described(), "mysql-dev.yaml": wordpress });
    expect(mistakes).toMatchObject([
      {
        file: expect.stringMatching(/\/mysql-dev\.yaml$/),
        path: "wordpress",
        code: "NAME_COLLISION",
        want: expect.stringContaining("wordpress-mysql-dev"),
      },
    ]);
  });
});

describe("a description of WordPress with MySQL beside it", () => {
  const mysqlOf = (change?: Change) => load({ "dev.yaml": described(change) })[0]!.wordpressMysql!;

  it("says little: the rest is as the system's document has it (S3-20, S3-25, S3-R02, S3-R03)", () => {
    const text = "region: eu-west-3\nwordpressMysql: { network: { zone: eu-west-3a } }\n";
    expect(load({ "dev.yaml": text })[0]!.wordpressMysql).toMatchObject({
      region: "eu-west-3",
      network: { cidr: "10.0.0.0/24", endpoints: ["secretsmanager"] },
      machines: { type: "t3.small", min: 1, desired: 1, max: 3 },
      database: {
        machine: { address: "10.0.0.151", rootGib: 8, dataGib: 20, image: { role: "mysql" } },
        name: "wordpress",
        user: "wordpress",
      },
      service: { port: 80, hostPort: 80, memoryMib: 512, secrets: {} },
    });
  });

  it("pays for no endpoint where the database needs none", () => {
    expect(mysqlOf({ network: `zone: eu-west-3a, ${data}`, database: rds }).network.endpoints).toEqual([]);
  });

  it("is in a region of its own, or in that of the environment (S3-15)", () => {
    expect(mysqlOf().region).toBe("eu-west-3");
    const text = "region: eu-west-1\nwordpressMysql: { network: { zone: eu-west-1a } }\n";
    expect(load({ "dev.yaml": text })[0]!.wordpressMysql!.region).toBe("eu-west-1");
  });

  it("names the database's kind by its key, with the account beside it", () => {
    expect(mysqlOf({ database: "name: blog" }).database).toMatchObject({ machine: {}, name: "blog" });
    const { database } = mysqlOf({ network: `zone: eu-west-3a, ${data}`, database: `${serverless(0, 1)}, user: blog` });
    expect(database).toMatchObject({ aurora: { version: "8.4", readers: 1, backupDays: 7 }, user: "blog" });
  });
});
