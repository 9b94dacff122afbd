import { arnForms } from "../../core/arn";
import { choice, listOf, mapOf, section, text, whole } from "./field";
import { instanceType, rootGib } from "./guestbook-mesos-sizes";
import { entrance, nameKey } from "./load-balancers";
import { network } from "./network";

/** The VPC of the system. */
export const mesosNetwork = section("The VPC of the system and its subnets.", {
  cidr: network.shape.cidr.unwrap().default("10.220.0.0/16"),
  zones: network.shape.zones,
  machineZones: listOf(
    "Those of the zones in which machines stand. Without it, all: the databases want subnets in two in any case.",
    text("Name of one of the zones.", {
      code: "NET_AZ_FORM",
      want: "the name of an availability zone",
      fix: "write one of network.zones",
    }),
  ).optional(),
  nat: choice(
    "NAT gateways for calls to AWS and registries of images: one for all, or one in each zone.",
    ["one", "per-zone"],
    {
      code: "NET_NAT",
      fix: "write one, or per-zone: without any, no machine could be reached or fetch an image",
    },
  ).default("per-zone"),
  endpoints: network.shape.endpoints,
  flowLogDays: network.shape.flowLogDays,
});

/** Places for machines that others know by their addresses. */
export const place = mapOf(
  "Zones of single machines, by their names such as zk-2, where they are not those that Slipway chooses. A volume leaves no zone: kept data refuse a change.",
  nameKey(20),
  text("Name of one of the zones with machines.", {
    code: "NET_AZ_FORM",
    want: "the name of an availability zone",
    fix: "write one of network.zones",
  }),
).default({});

const limit = (what: string, most: number) => whole(what, { code: "CLIENT_LIMIT", min: 1, max: most });

/** The two machines that visitors meet. */
export const frontends = section("The two front ends: nginx, and one Elastic IP that the active one has.", {
  type: instanceType("t3.small"),
  rootGib: rootGib(16),
  ha: choice("How they agree on which is active.", ["heartbeat", "keepalived"], { code: "HA_MODE" }).default(
    "heartbeat",
  ),
  limits: section("What one client may do, so that none takes the service from the others.", {
    connections: limit("Connections at a time.", 65_535).default(20),
    requestsPerSecond: limit("Requests per second in the long run.", 100_000).default(10),
    burst: limit("Requests at once beyond that.", 100_000).default(20),
  }).prefault({}),
});

/** Who gets in. */
export const mesosEntrance = section("Who reaches the front ends, and how.", {
  admit: entrance.shape.admit,
  certificateSecretArn: text(
    "Secret with the private key and the certificates of the site, as one PEM text. With it, HTTPS, and HTTP is redirected.",
    {
      code: "SECRET_REF",
      want: "the full ARN of a Secrets Manager secret, with the six characters at its end",
      fix: "copy it from Secrets Manager",
      pattern: arnForms.secret,
    },
  ).optional(),
});
