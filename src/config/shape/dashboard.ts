import { networkCidrFault, parseCidr } from "../../core/address-plan";
import { arnForms } from "../../core/arn";
import { machineRoleFault } from "../image-roles";
import { bastion } from "./dashboard-bastion";
import { database as rdsDatabase } from "./database";
import { choice, mapOf, section, text, whole } from "./field";
import { entrance } from "./load-balancers";
import { machines } from "./machines";
import { network } from "./network";
import { observation } from "./observation";
import { systemRegion } from "./region";
import { safety } from "./safety";
import { secretKeyArn } from "./service";

const { type } = machines.shape;
const { zones, endpoints, flowLogDays } = network.shape;
const { name: _name, user: _user, engine: _engine, version: _version, ...server } = rdsDatabase.shape;
// The services have an account of their own there, of which a proxy would not know.
const { class: rdsClass, proxy: _proxy, ...rds } = server;

const range = text("IPv4 range of the subnet.", {
  code: "NET_CIDR_SYNTAX",
  want: "an IPv4 range in CIDR notation",
  fix: "write a range such as 10.0.1.0/24",
  check: (cidr) => parseCidr(cidr).fault,
});

const dashboardNetwork = section("The VPC of the system and its subnets.", {
  cidr: text("IPv4 range of the VPC, /16 to /23. Changing it replaces everything.", {
    code: "NET_CIDR_SYNTAX",
    want: "an IPv4 range in CIDR notation",
    fix: "write a range such as 10.0.0.0/16",
    check: networkCidrFault,
  }).default("10.0.0.0/16"),
  zones,
  publicRanges: mapOf(
    "Ranges of the public subnets, by zone, where they are not those of Slipway's own plan.",
    text("Zone.", { code: "NET_AZ_FORM", want: "the name of an availability zone", fix: "write one of zones" }),
    range,
    6,
  ).default({}),
  nat: choice(
    "How machines call out: none gives each a public address in a public subnet; otherwise they stand in private ones behind NAT.",
    ["none", "one", "per-zone"],
    { code: "NET_NAT" },
  ).default("none"),
  ...{ endpoints, flowLogDays },
});

const swarmMachines = section("The EC2 machines that Docker Swarm runs on.", {
  type,
  mode: choice(
    "One cluster of all machines, or each machine a cluster of its own, which deploys for itself. A change makes them anew.",
    ["cluster", "single"],
    { code: "SWARM_MODE" },
  ).default("cluster"),
  count: whole("Machines. In one cluster 3, 5 or 7: all are managers, and a majority must live.", {
    code: "SCALE_BOUNDS",
    min: 1,
    max: 100,
  }).default(3),
  overlayRange: text(
    "Range of the containers' networks, which lie over that of the VPC. Changing it needs a new swarm.",
    {
      code: "NET_CIDR_SYNTAX",
      want: "an IPv4 range in CIDR notation, /16 to /23",
      fix: "leave it out, or write a range such as 192.168.128.0/17",
      check: (range) => {
        const parsed = parseCidr(range);
        if (parsed.fault) return parsed.fault;
        if (parsed.prefix >= 16 && parsed.prefix <= 23) return undefined;
        const want = "a range from /16 to /23: each network takes a /24 of it";
        return { code: "NET_CIDR_SIZE", want, fix: "write 192.168.128.0/17" };
      },
    },
  ).default("192.168.128.0/17"),
  volumeGib: whole("Size of the encrypted root volume, in GiB.", { code: "EBS_SIZE", min: 8, max: 16_384 }).default(20),
  image: section("The image that Packer bakes.", {
    role: text("Role of packer/images.json.", {
      code: "IMAGE_ROLE",
      want: "a role of packer/images.json that is baked for machines",
      check: machineRoleFault,
    }).default("webworker-dashboard"),
  }).prefault({}),
});

const namespace = text(
  "Registry and folder that new versions of both images are pulled from. In ECR the machines log in with their role. Without it, only what is baked in runs.",
  {
    code: "IMAGE_REF",
    want: "a registry and a folder, such as docker.io/team",
    fix: "write it without the image's name, and without a port: only 443 is open",
    pattern: /^(?=.{3,200}$)[a-z0-9][a-z0-9.-]*(\/[a-z0-9]+([._-][a-z0-9]+)*)+$/,
  },
);

const registry = section(
  "The account that a private registry wants. Not for ECR, where the machines' role is enough.",
  {
    secretArn: text("Secret of Secrets Manager with the account: JSON with the keys username and password.", {
      code: "SECRET_REF",
      want: "the full ARN of a Secrets Manager secret, with the six characters at its end",
      fix: 'make a secret {"username": "…", "password": "…"}, and copy its ARN from Secrets Manager',
      pattern: arnForms.secret,
    }),
    kmsKeyArn: secretKeyArn.optional(),
  },
);

const repository = section("The Git repository that machines deploy from, every ten minutes.", {
  url: text("Where to clone it from, without a password.", {
    code: "GIT_URL",
    want: "an address such as https://git.example.com/team/dashboard.git",
    fix: "copy the address that git clone takes: with https, as machines have no key, and without a port, as only 443 is open",
    pattern: /^https:\/\/[A-Za-z0-9][A-Za-z0-9.-]*\/[A-Za-z0-9._~/-]{1,200}$/,
  }),
  branch: text("Branch that is deployed.", {
    code: "GIT_BRANCH",
    want: "the name of a branch: letters, digits and ._/-",
    fix: "write master",
    pattern: /^(?!.*(\.\.|\/\/|\.lock$))[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/,
  }).default("master"),
  stackFile: text("The stack's file in it.", {
    code: "FILE_PATH",
    want: "a path inside the repository, such as systems/dashboard/docker-compose.yml",
    fix: "write it without a slash at the start and without ..",
    pattern: /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}\.ya?ml$/,
  }).default("systems/dashboard/docker-compose.yml"),
});

export const dashboardDatabase = section(
  "The RDS database of the system: PostgreSQL, which nobody outside the VPC reaches.",
  {
    version: choice("Major version, in quotes; the minor one follows AWS.", ["15", "16", "17"], {
      code: "RDS_ENGINE",
      fix: 'give the major version in quotes, without the minor: "17"',
    }).default("17"),
    class: rdsClass.default("db.t4g.micro"),
    ...rds,
    secretVersion: whole("Number of the application user's password: another one makes another password.", {
      code: "SECRET_VERSION",
      min: 1,
      max: 2_147_483_647,
    }).default(1),
  },
);

/** Two services on Docker Swarm, on machines with everything inside. */
export const dashboard = section(
  "The dashboard: two services on Docker Swarm, machines with the images inside, and a PostgreSQL database.",
  {
    region: systemRegion,
    network: dashboardNetwork,
    entrance: entrance.prefault({}),
    machines: swarmMachines.prefault({}),
    repository,
    namespace: namespace.optional(),
    registry: registry.optional(),
    database: dashboardDatabase.prefault({}),
    bastion: bastion.optional(),
    ...observation,
    ...safety,
  },
);
