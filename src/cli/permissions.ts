import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { loadEnvironments } from "../config";
import { copyOf, type PolicyDocument, permissions, type StackDocument } from "../report";
import { synthesized } from "./commands";
import { UsageError } from "./failure";
import { counted, type Terminal } from "./print";
import type { Settings } from "./settings";

export interface PermissionsOptions {
  readonly environment: string;
  readonly readOnly?: boolean;
  readonly write?: string;
}

/** Prints the policies that let Terraform deploy one copy of a system, by name, or writes each to a file of its own. */
export function showPermissions(
  settings: Settings,
  { out, err }: Terminal,
  system: string,
  { environment, readOnly = false, write }: PermissionsOptions,
): void {
  const stacks = synthesized({ ...settings, only: [environment] }).flatMap((one) => one.stacks);
  const own = stacks.filter((stack) => copyOf(stack)?.system === system);
  if (own.length === 0) throw new UsageError(nothingThere(system, environment, stacks));
  const others = loadEnvironments(settings.environments).map(({ name }) => name);
  const covered = namedAlike(system, environment, systemsOf(stacks), others);
  if (covered.length > 0) {
    const alike = `whose names begin with ${system}-${environment}- too; name its environment otherwise`;
    err(`warning: this also allows what it says for ${covered.join(", ")}, ${alike}`);
  }
  const documents = permissions(own, copyOf(own[0]!)!, { readOnly });
  const name = `slipway-${system}-${environment}-${readOnly ? "plan" : "deploy"}`;
  const named = new Map(documents.map((document, index) => [`${name}-${index + 1}`, document]));
  if (write === undefined) {
    out(JSON.stringify(Object.fromEntries(named), null, 2));
    return;
  }
  const folder = resolve(settings.cwd, write);
  try {
    const report = written(named, folder, settings.cwd);
    removeEarlier(folder, name, named);
    out(report);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`--write ${write} is no folder that can be written to: ${message}`);
  }
}

/** Copies whose things have names that begin as those of this one do, so that its patterns take them in. */
function namedAlike(
  system: string,
  environment: string,
  systems: readonly string[],
  environments: readonly string[],
): string[] {
  return environments
    .flatMap((other) => systems.map((each) => `${each}-${other}`))
    .filter((copy) => copy.startsWith(`${system}-${environment}-`));
}

/** What was written before, when there was more to say, would be taken for a part of what is written now. */
function removeEarlier(folder: string, name: string, now: ReadonlyMap<string, PolicyDocument>): void {
  const earlier = readdirSync(folder).filter(
    (file) =>
      file.startsWith(`${name}-`) &&
      /^\d+\.json$/.test(file.slice(name.length + 1)) &&
      !now.has(file.slice(0, -".json".length)),
  );
  for (const file of earlier) rmSync(join(folder, file));
}

function written(named: ReadonlyMap<string, PolicyDocument>, folder: string, cwd: string): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, document] of named) {
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`);
  }
  const names = [...named.keys()].map((name) => `${name}.json`).join(", ");
  return `Written to ${relative(cwd, folder) || "."}: ${counted(named.size, "document")}, ${names}`;
}

function nothingThere(system: string, environment: string, stacks: readonly StackDocument[]): string {
  const systems = systemsOf(stacks);
  if (systems.length === 0)
    return `${environment} is on the Docker engine of this machine, which asks for no permissions`;
  return `there is no system ${system} on AWS in ${environment}; the systems there are: ${systems.join(", ")}`;
}

const systemsOf = (stacks: readonly StackDocument[]) => [
  ...new Set(stacks.flatMap((stack) => copyOf(stack)?.system ?? [])),
];
