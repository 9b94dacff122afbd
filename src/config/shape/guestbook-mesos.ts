import { choice, section, text, whole } from "./field";
import { imageRegistry, mesosDatabase } from "./guestbook-mesos-data";
import { agents, gocd, images, management } from "./guestbook-mesos-machines";
import { frontends, mesosEntrance, mesosNetwork, place } from "./guestbook-mesos-network";
import { consul, masters, zookeeper } from "./guestbook-mesos-quorums";
import { cache, dns } from "./guestbook-parts";
import { alarms, observation } from "./observation";
import { safety } from "./safety";

const secretVersion = (what: string) =>
  whole(`Number of ${what}: another one makes another.`, {
    code: "SECRET_VERSION",
    min: 1,
    max: 2_147_483_647,
  }).default(1);

/** Containers on Mesos and Marathon, behind two front ends that share an address. */
export const guestbookMesos = section(
  "The guestbook on Mesos: ZooKeeper, Mesos and Marathon, Consul, two nginx front ends with one address, Chef, Sensu and GoCD.",
  {
    network: mesosNetwork,
    quorumInOneZone: choice(
      "Whether all members of a quorum may stand in one zone, with which everything ends. For a copy that nobody would miss.",
      ["refused", "accepted"],
      { code: "QUORUM_AZ" },
    ).default("refused"),
    place,
    zookeeper: zookeeper.prefault({}),
    masters: masters.prefault({}),
    consul: consul.prefault({}),
    agents: agents.prefault({}),
    management: management.default(management.parse({ together: {} })),
    gocd: gocd.prefault({}),
    frontends: frontends.prefault({}),
    replacement: section("How the runbook replaces the members of a quorum.", {
      atOnce: whole("Members at a time. One: with two away, three have no majority.", {
        code: "QUORUM_ROLLOUT",
        min: 1,
        max: 255,
        fix: "write 1, or leave it out",
      }).default(1),
      patienceMinutes: whole("Minutes that it waits for a new member to be whole, before it stops.", {
        code: "RUNBOOK_PATIENCE",
        min: 5,
        max: 120,
      }).default(30),
    }).prefault({}),
    configuration: choice(
      "Where machines get their cookbooks: from a Chef server, or each from the bucket, without one.",
      ["server", "local"],
      { code: "CHEF_MODE" },
    ).default("server"),
    images: images.prefault({}),
    registry: imageRegistry.default(imageRegistry.parse({ ecr: {} })),
    entrance: mesosEntrance.prefault({}),
    dns: dns.optional(),
    privateZone: text(
      "Zone of the machines' own names, seen inside the VPC only. Without it, guestbook-mesos-<environment>.internal.",
      {
        code: "DNS_NAME",
        want: "a name of lower-case letters, digits and dashes in two parts or more, such as mesos.internal",
        fix: "leave it out, or write a name that no public zone has",
        pattern: /^(?=.{4,200}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
      },
    ).optional(),
    database: mesosDatabase.prefault({}),
    cache: cache.prefault({}),
    backups: section("What Chef server, Sensu and GoCD put aside, in a bucket.", {
      days: whole("Days that it is kept.", { code: "BACKUP_DAYS", min: 1, max: 3650 }).default(30),
    }).prefault({}),
    ...observation,
    ...safety,
    alarms,
    secretVersions: section("Numbers of the passwords that nobody sees.", {
      gossip: secretVersion("the key of Consul's gossip"),
      marathon: secretVersion("the account of Marathon at the Mesos masters"),
      sensuAdmin: secretVersion("the account of Sensu's administrator"),
      sensuAgent: secretVersion("the account of Sensu's agents"),
      gocdAgent: secretVersion("the key with which GoCD's agents register"),
      membership: secretVersion("the key with which the front ends know each other"),
    }).prefault({}),
  },
);
