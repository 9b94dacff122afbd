import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { parseDocument } from "yaml";
import { type Environment, loadEnvironment } from "../config";
import { WordpressMysqlStack } from "../stacks/wordpress-mysql";
import { type Block, inThrowAwayApp, type Synthesized } from "./synthesize";
import { described } from "./wordpress";

export function mysqlStackOf(environment: Environment): Synthesized {
  const id = `wordpress-mysql-${environment.name}`;
  return inThrowAwayApp((app) => new WordpressMysqlStack(app, id, environment, environment.wordpressMysql!));
}

/** The description of dev with other values, each at its path under `wordpressMysql`. */
export function changed(values: Readonly<Record<string, unknown>>): Environment {
  return inFolder((folder) => {
    const document = parseDocument(readFileSync(join(__dirname, "../../environments/dev.yaml"), "utf8"));
    for (const [path, value] of Object.entries(values)) document.setIn(["wordpressMysql", ...path.split(".")], value);
    writeFileSync(join(folder, "dev.yaml"), document.toString());
    return loadEnvironment(join(folder, "dev.yaml"));
  });
}

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

/** The stack as it is written: with the comments, which cdktf's test synthesis leaves out. */
export function writtenStack(environment: Environment): { name: string; document: Block } {
  return inFolder((outdir) => {
    const name = `wordpress-mysql-${environment.name}`;
    const app = new App({ outdir, stackTraces: false });
    new WordpressMysqlStack(app, name, environment, environment.wordpressMysql!);
    app.synth();
    return { name, document: JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")) };
  });
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "slipway-test-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
