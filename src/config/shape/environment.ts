import type * as z from "zod";
import { limits } from "../limits";
import { regionFault } from "../regions";
import { dashboard } from "./dashboard";
import { database } from "./database";
import { choice, listOf, mapOf, section, text, whole } from "./field";
import { files } from "./files";
import { guestbook } from "./guestbook";
import { guestbookMesos } from "./guestbook-mesos";
import { loadBalancers, nameKey } from "./load-balancers";
import { target } from "./local";
import { cluster, machines } from "./machines";
import { network } from "./network";
import { logSearch, observation, prometheus } from "./observation";
import { safety } from "./safety";
import { service } from "./service";
import { state } from "./state";
import { suppression } from "./suppression";
import { tagKey, tagValue } from "./tags";
import { wordpressMysql } from "./wordpress-mysql";

const wordpress = section("WordPress on ECS: network, load balancers, machines, database, registry and services.", {
  network,
  loadBalancers: loadBalancers.default({ public: {} }),
  cluster: cluster.prefault({}),
  machines: machines.prefault({}),
  database,
  files: files.optional(),
  registry: section("The private registry of the services' images.", {
    repository: text("Name of the repository. Without it, wordpress-<environment>/wordpress.", {
      code: "ECR_NAME",
      want: "2 to 256 lower-case letters and digits, in parts divided by single /, -, _ or .",
      fix: "write a name such as wordpress-dev/wordpress",
      pattern: /^(?=.{2,256}$)[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
    }).optional(),
    keepImages: whole("Newest images that never expire: how far one can roll back.", {
      code: "ECR_KEEP",
      min: 5,
      max: 1000,
    }).default(30),
  }).prefault({}),
  ...observation,
  ...safety,
  prometheus: prometheus.optional(),
  logSearch: logSearch.optional(),
  services: mapOf(`ECS services by name, at most ${limits.services}.`, nameKey(32), service, limits.services).default(
    {},
  ),
});

/** An environment as it is written down. */
export const environment = section("An environment: one copy of the systems, in one region of one account.", {
  region: text("AWS region of everything in it.", {
    code: "REGION_UNKNOWN",
    want: "an AWS region",
    fix: "write a region such as eu-west-1",
    check: regionFault,
  }),
  target: choice("What the systems run on: AWS.", ["aws"], target).default("aws"),
  account: text("The account that may be changed, in quotes. Terraform refuses any other.", {
    code: "ACCOUNT_ID",
    want: "12 digits in quotes",
    fix: "copy the account's number from the AWS console",
    pattern: /^\d{12}$/,
  }).optional(),
  onRemoval: choice(
    "What happens to data when its resource disappears: keep refuses, destroy drops it without a copy.",
    ["keep", "destroy"],
    {
      code: "ON_REMOVAL",
      fix: "write keep, unless nobody would miss the data",
    },
  ).default("keep"),
  removalReason: text(
    "Why a production environment may be destroyed. Needed there with onRemoval: destroy, and nowhere else.",
    {
      code: "REMOVAL_REASON",
      want: "a sentence of 10 to 500 characters",
      fix: "say why, for whoever reads this after the data are gone",
      pattern: /^.{10,500}$/,
    },
  ).optional(),
  state: state.default({ backend: "local" }),
  tags: mapOf("Tags of every resource, beside Name and those that begin with slipway:.", tagKey, tagValue).default({}),
  suppressions: listOf(
    "Findings of the policy that are accepted here. One that accepts nothing is refused.",
    suppression,
  ).default([]),
  wordpress: wordpress.optional(),
  wordpressMysql: wordpressMysql.optional(),
  guestbook: guestbook.optional(),
  dashboard: dashboard.optional(),
  guestbookMesos: guestbookMesos.optional(),
});

export type ParsedEnvironment = z.output<typeof environment>;
