import { networkCidrFault, overlaps, parseCidr } from "../../core/address-plan";
import { choice, listOf, section, text, whole } from "./field";
import { cache, controlRepository, dns, remoteDatabase, vpn } from "./guestbook-parts";
import { entrance } from "./load-balancers";
import { imageByName, machines } from "./machines";
import { network } from "./network";
import { alarms, observation } from "./observation";
import { safety } from "./safety";

const { type } = machines.shape;
const { zones, endpoints, flowLogDays } = network.shape;

const rootGib = whole("Size of the encrypted root volume, in GiB. It goes with the machine.", {
  code: "EBS_SIZE",
  min: 8,
  max: 16_384,
}).default(20);

const privateRange = {
  code: "NET_CIDR_SYNTAX",
  want: "a private IPv4 range in CIDR notation, /16 or narrower",
  fix: "name the range of the runners alone, such as 10.50.8.0/24",
};

/** A range that only one's own networks have, and not more of it than a network. */
function privateRangeFault(range: string) {
  const parsed = parseCidr(range);
  if (parsed.fault) return parsed.fault;
  const ours = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((one) => overlaps(one, range));
  return parsed.prefix >= 16 && ours ? undefined : { ...privateRange, code: "NET_CIDR_SIZE" };
}

/** A machine of which there is one, at an address that others know. */
const only = (what: string, dataGib: number) => ({
  zone: text(
    "Availability zone of the machine and its data, which no volume leaves: kept data refuse a change, others go.",
    {
      code: "NET_AZ_FORM",
      want: "the name of an availability zone",
      fix: "write one of network.zones",
    },
  ),
  address: text("Its address in the private subnet of that zone. Without it, Slipway chooses.", {
    code: "NET_ADDRESS",
    want: "an IPv4 address of the private subnet",
    fix: "leave it out, or write one of the subnet",
    pattern: /^\d{1,3}(\.\d{1,3}){3}$/,
  }).optional(),
  rootGib,
  dataGib: whole(
    `Size of the encrypted volume with ${what}, in GiB. It can grow, which the machine sees at its next boot, and outlives the machine.`,
    {
      code: "EBS_SIZE",
      min: 1,
      max: 16_384,
    },
  ).default(dataGib),
});

const secretVersion = (what: string) =>
  whole(`Number of ${what}: another one makes another.`, {
    code: "SECRET_VERSION",
    min: 1,
    max: 2_147_483_647,
  }).default(1);

/** Machines that configure themselves by their role, behind a load balancer. */
export const guestbook = section(
  "The guestbook: web machines that configure themselves from a Puppet server, a registry, a cache, and a database behind a VPN.",
  {
    network: section("The VPC of the system and its subnets.", {
      cidr: text("IPv4 range of the VPC, /16 to /23. Changing it replaces everything.", {
        code: "NET_CIDR_SYNTAX",
        want: "an IPv4 range in CIDR notation",
        fix: "write a range such as 10.200.0.0/16",
        check: networkCidrFault,
      }).default("10.200.0.0/16"),
      zones,
      nat: choice(
        "NAT gateways, by which machines fetch packages: one for all, or one in each zone.",
        ["one", "per-zone"],
        {
          code: "NET_NAT",
          fix: "write one, or per-zone: without any, no machine could install what it is made of",
        },
      ).default("per-zone"),
      ...{ endpoints, flowLogDays },
    }),
    entrance: entrance.prefault({}),
    dns: dns.optional(),
    privateZone: text(
      "Zone of the machines' own names, seen inside the VPC only. Without it, guestbook-<environment>.internal.",
      {
        code: "DNS_NAME",
        want: "a name of lower-case letters, digits and dashes in two parts or more, such as guestbook.internal",
        fix: "leave it out, or write a name that no public zone has",
        pattern: /^(?=.{4,200}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
      },
    ).optional(),
    image: section("The image that all machines start from: Debian 13 as Debian publishes it.", {
      name: imageByName.shape.name,
      owner: imageByName.shape.owner.default("136693071363"),
    }),
    machines: section("The web machines, all alike.", {
      type,
      count: whole("How many there are.", { code: "SCALE_BOUNDS", min: 1, max: 100 }).default(2),
      inService: whole(
        "How many of them get requests. A new machine first stays out, until it has configured itself. Without it, all.",
        { code: "SCALE_BOUNDS", min: 0, max: 100 },
      ).optional(),
      rootGib,
    }).prefault({}),
    puppet: section("The Puppet server, and certificate authority of all others.", {
      type: type.unwrap().default("t3.medium"),
      ...only("certificates", 10),
    }),
    registry: section("The registry of the container images.", {
      type,
      ...only("images", 50),
      pushFrom: listOf(
        "Ranges from which images are pushed, such as that of the pipeline's runners, as seen inside the VPC or behind the VPN.",
        text("Private IPv4 range.", { ...privateRange, check: privateRangeFault }),
      ).default([]),
    }),
    cache: cache.prefault({}),
    database: remoteDatabase,
    vpn,
    ...observation,
    ...safety,
    alarms,
    controlRepository: controlRepository.optional(),
    firstVersion: text(
      "Version of the container in the beginning, or none until one is deployed. Afterwards it is read and changed in the parameter /guestbook/<environment>/version only.",
      {
        code: "IMAGE_REF",
        want: "a tag: 1 to 128 letters, digits and characters of _.-, the first no dot or dash, and not latest",
        fix: "write a version such as 1.0.0",
        pattern: /^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
      },
    ).default("none"),
    secretVersions: section("Numbers of the passwords that nobody sees.", {
      presharedKey: secretVersion("the key with which machines apply for a certificate"),
      registryAccount: secretVersion("the account of the registry"),
    }).prefault({}),
  },
);
