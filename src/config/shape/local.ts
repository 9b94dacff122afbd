import type * as z from "zod";
import { dashboardDatabase } from "./dashboard";
import { database } from "./database";
import { choice, listOf, section, text, whole } from "./field";
import { cache } from "./guestbook-parts";
import { health, service } from "./service";
import { suppression } from "./suppression";
import { mysqlService } from "./wordpress-mysql";

/** What to say to who writes a target that is none. */
export const target = {
  code: "TARGET",
  want: "aws or docker",
  fix: "leave it out for AWS, or write docker for the engine of this machine",
};

const port = (usual: number) =>
  whole("Port of this machine at which it answers, on 127.0.0.1 alone. No other system may have it.", {
    code: "PORT_RANGE",
    min: 1,
    max: 65_535,
    fix: `write ${usual}, or another port that is free`,
  }).default(usual);

const tag = (description: string, usual: string) =>
  text(description, {
    code: "IMAGE_REF",
    want: "a tag: 1 to 128 letters, digits and characters of _.-, the first no dot or dash, and not latest",
    fix: `leave it out, or write a version such as ${usual}`,
    pattern: /^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
  });

const { version: mysqlVersion, name, user } = database.shape;
const { environment, memoryMib } = service.shape;
const memory = memoryMib.unwrap().describe("Memory of the container in MiB; one that wants more is killed.");

const wordpress = section("WordPress from our own image, beside MySQL.", {
  port: port(8080),
  image: tag(
    "Version of our own image: the one that packer/images.json names is built where it is missing.",
    "6.8.3-1",
  ).optional(),
  memoryMib: memory.default(512),
  healthPath: health.shape.path,
  environment,
  database: section("Its database, which no other machine reaches.", { version: mysqlVersion, name, user }).prefault(
    {},
  ),
});

const wordpressMysql = section("The official image of WordPress beside MySQL.", {
  port: port(8081),
  image: mysqlService.shape.image,
  memoryMib: memory.default(512),
  environment,
  database: section("Its database, which no other machine reaches.", {
    version: text("Version of MySQL, in quotes.", {
      code: "MYSQL_VERSION",
      want: 'a version of MySQL from 8 on, in quotes, such as "8.4.7"',
      fix: 'write for example "8.4.7"',
      pattern: /^(8|9)(\.\d{1,2}){1,2}$/,
    }).default("8.4.7"),
    ...{ name, user },
  }).prefault({}),
});

const guestbook = section("The guestbook, beside Redis and PostgreSQL.", {
  port: port(8082),
  version: tag("Version that the image is built and tagged with.", "1.0.0").default("1.0.0"),
  cache: section("What counts the visits.", {
    engine: cache.shape.engine,
    version: cache.shape.version,
  }).prefault({}),
  database: section("Its database, which no other machine reaches.", {
    version: choice("Major version of PostgreSQL, in quotes.", ["15", "16", "17"], {
      code: "POSTGRES_VERSION",
      fix: 'give the major version in quotes: "17"',
    }).default("17"),
  }).prefault({}),
});

const dashboard = section("The dashboard: its two services, beside PostgreSQL.", {
  port: port(5000),
  database: section("Its database, which no other machine reaches.", {
    version: dashboardDatabase.shape.version,
  }).prefault({}),
});

const guestbookMesos = section("The front end, discovery and application of the guestbook on Mesos, without Mesos.", {
  port: port(8083),
});

/** An environment on the Docker engine of this machine. */
export const localEnvironment = section("An environment on the Docker engine of this machine: no account, no region.", {
  target: choice("What the systems run on: the Docker engine of this machine.", ["docker"], target),
  onRemoval: choice(
    "What happens to the volumes when they leave the description: keep refuses, destroy drops them without a copy.",
    ["keep", "destroy"],
    { code: "ON_REMOVAL", fix: "write keep, unless nobody would miss the data" },
  ).default("keep"),
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

export type ParsedLocal = z.output<typeof localEnvironment>;
