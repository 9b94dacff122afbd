import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { type Environment, InvalidEnvironments, isLocal, loadEnvironments, type Mistake } from "..";

/** The values of a small valid description that a test may replace. */
export interface Change {
  readonly region?: string;
  /** The second line. */
  readonly top?: string;
  readonly zones?: string;
  /** Class of the database. */
  readonly db?: string;
  readonly image?: string;
  /** More keys of a section, in flow style. */
  readonly network?: string;
  readonly database?: string;
  readonly machines?: string;
  readonly balancers?: string;
  readonly service?: string;
  /** The eighth line: a key of `wordpress`. */
  readonly wordpress?: string;
  /** All of the service `shop`. */
  readonly shop?: string;
  /** A second service. */
  readonly services?: string;
}

/** A small valid description with something else in its place. */
export function description(change: Change = {}): string {
  const list = (first: string, rest?: string) => (rest ? `${first}, ${rest}` : first);
  return [
    `region: ${change.region ?? "eu-west-1"}`,
    change.top ?? "onRemoval: keep",
    "wordpress:",
    `  network: { ${list(`zones: ${change.zones ?? "[eu-west-1a, eu-west-1b]"}`, change.network)} }`,
    `  database: { ${list(`class: ${change.db ?? "db.t4g.micro"}`, change.database)} }`,
    `  machines: { ${change.machines ?? ""} }`,
    `  loadBalancers: { ${change.balancers ?? "public: {}"} }`,
    `  ${change.wordpress ?? "cluster: {}"}`,
    "  services:",
    `    shop: ${change.shop ?? `{ ${list(`image: ${change.image ?? "1.0.0"}`, change.service)} }`}`,
    ...(change.services ? [`    ${change.services}`] : []),
    "",
  ].join("\n");
}

export type Files = Readonly<Record<string, string | Buffer>>;

/** Loads a folder with these files of AWS in it. */
export function load(files: Files): Environment[] {
  return inFolder(files, loadEnvironments).filter((environment) => !isLocal(environment));
}

/** Calls `use` with a folder that has these files in it for as long. */
export function inFolder<T>(files: Files, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "slipway-config-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The mistakes of a folder, and the report without the folder's name. */
export function mistakesOf(files: Files): { mistakes: readonly Mistake[]; report: string } {
  return inFolder(files, (folder) => {
    try {
      loadEnvironments(folder);
    } catch (error) {
      if (!(error instanceof InvalidEnvironments)) throw error;
      const here = relative("", folder).replaceAll("\\", "/");
      return { mistakes: error.mistakes, report: error.report().replaceAll(`${here}/`, "").replaceAll(here, "folder") };
    }
    throw new Error("the description was accepted");
  });
}

/** What is said about a description named `dev.yaml`, without the sum at the end. */
export function refusalOf(change: Change | string, name = "dev.yaml"): string {
  const text = typeof change === "string" ? change : description(change);
  return mistakesOf({ [name]: text })
    .report.split("\n\n")
    .slice(0, -1)
    .join("\n\n");
}
