import type { App } from "cdktf";
import type { Environment } from "../config";
import { WordpressMysqlStack } from "../stacks/wordpress-mysql";
import { devWith, writtenBy } from "./copies";
import { inThrowAwayApp, type Synthesized } from "./synthesize";
import { described } from "./wordpress";

const make = (app: App, environment: Environment) =>
  new WordpressMysqlStack(app, `wordpress-mysql-${environment.name}`, environment, environment.wordpressMysql!);

export const mysqlStackOf = (environment: Environment): Synthesized => inThrowAwayApp((app) => make(app, environment));

/** The description of dev with other values, each at its path under `wordpressMysql`. */
export const changed = (values: Readonly<Record<string, unknown>>) => devWith("wordpressMysql", values);

/** Subnets for RDS and Aurora beside the network of dev. */
export const data = { cidr: "10.2.0.0/24", zones: ["eu-west-3a", "eu-west-3b"] };

/** The system with each of the databases that a description can choose. */
export const choices: Readonly<Record<"machine" | "rds" | "aurora", Environment>> = {
  machine: described("dev"),
  rds: changed({ "network.data": data, database: { rds: { class: "db.t4g.micro", multiAz: true } } }),
  aurora: changed({
    "network.data": data,
    database: { aurora: { capacity: { serverless: { minAcu: 0.5, maxAcu: 4 } } } },
  }),
};

/** The stack as it is written. */
export const writtenStack = (environment: Environment) => writtenBy((app) => make(app, environment));
