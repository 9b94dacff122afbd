import { parseCidr } from "../../core/address-plan";
import { arnForms } from "../../core/arn";
import { nodeTypeFault } from "../../core/cache-engines";
import { choice, logDays, mapOf, section, text, whole } from "./field";
import { nameKey } from "./load-balancers";

const hostName = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** The public name of the system. */
export const dns = section("The name by which visitors know the system: an alias of the load balancer in Route 53.", {
  zone: text("Public hosted zone of Route 53. It must exist already.", {
    code: "DNS_NAME",
    want: "the name of a hosted zone such as example.com",
    fix: "copy the name of the zone from Route 53, without the dot at its end",
    pattern: hostName,
  }),
  name: text("Full name of the record, in that zone.", {
    code: "DNS_NAME",
    want: "a full name such as guestbook.example.com",
    fix: "write the name that visitors type, without http://",
    pattern: hostName,
  }),
});

const device = section("A device of the other data centre, as the VPN knows it.", {
  address: text("Its public IPv4 address. Changing it replaces the connection.", {
    code: "VPN_ADDRESS",
    want: "a public IPv4 address, fixed",
    fix: "ask those who run the device for the address of its outer side",
    pattern: /^\d{1,3}(\.\d{1,3}){3}$/,
  }),
  asn: whole("Its autonomous system number, for BGP. One of a data centre's own is from 64512 to 65534.", {
    code: "VPN_ASN",
    min: 1,
    max: 4_294_967_294,
    fix: "ask those who run the device; without a number of your own take 65000",
  }).default(65_000),
});

/** Two devices, two connections, four tunnels. */
export const vpn = section("The connection to the data centre of the database: two devices, each with two tunnels.", {
  devices: mapOf("Devices of the data centre by name. Two: one may fail, or be serviced.", nameKey(20), device, 8),
  amazonAsn: whole("Autonomous system number of AWS's side. Changing it replaces the gateway.", {
    code: "VPN_ASN",
    min: 1,
    max: 4_294_967_294,
  }).default(64_512),
  logDays: logDays("How long the logs of the tunnels are kept").default(30),
});

/** The database is not ours: it is there already, behind the VPN. */
export const remoteDatabase = section("The PostgreSQL servers, which are in another data centre.", {
  remoteCidr: text("Addresses of the database servers there. Nothing else there can be reached from the machines.", {
    code: "NET_CIDR_SYNTAX",
    want: "an IPv4 range in CIDR notation",
    fix: "write a range such as 192.168.40.0/24",
    check: (range) => parseCidr(range).fault,
  }),
  port: whole("TCP port on which they answer.", { code: "PORT_RANGE", min: 1, max: 65_535 }).default(5432),
});

/** Redis with a replica that takes over. */
export const cache = section(
  "The ElastiCache servers: a primary, and replicas in other zones of which one takes over.",
  {
    engine: choice(
      "Engine. Valkey is what became of Redis after its licence changed; clients see no difference.",
      ["redis", "valkey"],
      {
        code: "CACHE_ENGINE",
      },
    ).default("redis"),
    version: text("Version, in quotes. It can only rise. Without it, 7.1 of Redis, or 8.0 of Valkey.", {
      code: "CACHE_ENGINE",
      want: 'major and minor version in quotes, such as "7.1"',
      fix: 'write "7.1" for redis, "8.0" for valkey',
      pattern: /^\d\.\d$/,
    }).optional(),
    type: text("Node type, such as cache.t4g.small.", {
      code: "CACHE_TYPE",
      want: "a node type of ElastiCache such as cache.t4g.small",
      fix: "ElastiCache has types of its own, which begin with cache.",
      check: (type) => {
        const fault = nodeTypeFault(type);
        return fault && { code: "CACHE_TYPE", ...fault };
      },
    }).default("cache.t4g.small"),
    nodes: whole("The primary and its replicas. From two on, one takes over when the primary fails.", {
      code: "CACHE_NODES",
      min: 2,
      max: 6,
      fix: "write 2: with one node, nothing would take over",
    }).default(2),
    snapshotDays: whole("Days that the daily snapshots are kept.", {
      code: "CACHE_BACKUP",
      min: 1,
      max: 35,
      fix: "to drop the data with the environment, set onRemoval: destroy instead of 0 snapshots",
    }).default(7),
    logDays: logDays("How long the slow log and the engine's log are kept").default(30),
  },
);

/** Where the Puppet server gets its code. */
export const controlRepository = section(
  "A Git repository with the Puppet code. Without it, systems/guestbook/puppet, which Terraform puts into a bucket.",
  {
    url: text("Where to clone it from.", {
      code: "GIT_URL",
      want: "an address such as https://git.example.com/team/control.git or git@git.example.com:team/control.git",
      fix: "copy the address that git clone takes, without a password",
      pattern: /^(https:\/\/|ssh:\/\/git@|git@)[A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?[:/][A-Za-z0-9._~/-]{1,200}$/,
    }),
    branch: text("Branch that is deployed.", {
      code: "GIT_BRANCH",
      want: "the name of a branch: letters, digits and ._/-",
      fix: "write production",
      pattern: /^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/,
    }).default("production"),
    deployKeySecretArn: text("Secret with the private SSH key that may read it, where it is not public.", {
      code: "SECRET_REF",
      want: "the full ARN of a Secrets Manager secret, with the six characters at its end",
      fix: "copy it from Secrets Manager",
      pattern: arnForms.secret,
    }).optional(),
  },
);
