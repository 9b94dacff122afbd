import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { chosen, copiesOf } from "../../main";
import { environmentJsonSchema, loadEnvironments, writeEnvironmentSchema } from "../config";
import { imageCatalogue } from "../core/image-catalogue";
import {
  exposure,
  exposureTable,
  images,
  imagesTable,
  inventory,
  inventoryTable,
  portsPage,
  type StackDocument,
  type Template,
} from "../report";
import { UsageError } from "./failure";
import { counted, type Terminal } from "./print";
import type { Settings } from "./settings";

/** Looks for mistakes in the descriptions. */
export function check({ environments: folder }: Settings, { out }: Terminal): void {
  const names = loadEnvironments(folder).map(({ name }) => name);
  out(`${counted(names.length, "environment")} without a mistake: ${names.join(", ")}`);
}

/** Names the stacks, one per line. */
export function list({ environments: folder, only }: Settings, { out }: Terminal): void {
  const environments = chosen(loadEnvironments(folder), only, folder);
  for (const environment of environments) for (const id of Object.keys(copiesOf(environment))) out(id);
}

/** Prints the JSON Schema of a description, or writes it to where editors look for it. */
export function schema({ root, cwd }: Settings, { out }: Terminal, write: boolean): void {
  const path = join(root, "environments/environment.schema.json");
  if (write) writeEnvironmentSchema(path);
  out(write ? `Written: ${relative(cwd, path)}` : JSON.stringify(environmentJsonSchema(), null, 2));
}

/** Prints the page on the ports of the guestbook on Mesos, or writes it to where it is kept. */
export function ports({ root, cwd }: Settings, { out }: Terminal, write: boolean): void {
  const path = join(root, "docs/systems/guestbook-mesos-ports.md");
  if (write) writeFileSync(path, portsPage());
  out(write ? `Written: ${relative(cwd, path)}` : portsPage().trimEnd());
}

/** Who can reach what, for each environment. */
export function showExposure(settings: Settings, { out }: Terminal): void {
  for (const { name, stacks } of synthesized(settings)) out(`${name}\n\n${exposureTable(exposure(stacks))}\n`);
}

/** What exists after apply, and what of it is paid for, for each environment. */
export function showInventory(settings: Settings, { out }: Terminal, json: boolean): void {
  const environments = synthesized(settings);
  if (json)
    out(JSON.stringify(Object.fromEntries(environments.map((one) => [one.name, inventory(one.stacks)])), null, 2));
  else for (const { name, stacks } of environments) out(`${name}\n\n${inventoryTable(inventory(stacks))}\n`);
}

/** Each image of the catalogue: who bakes it, who starts it, and whether they agree. @returns whether all do */
export function showImages(settings: Settings, { out }: Terminal, json: boolean): boolean {
  const stacks = synthesized(settings).flatMap(({ stacks }) => stacks);
  const reports = images(imageCatalogue(), templatesIn(settings.root), stacks);
  out(json ? JSON.stringify(reports, null, 2) : imagesTable(reports));
  return reports.every(({ flaws }) => flaws.length === 0);
}

/** Folders of Packer templates that build something. */
export function templatesIn(root: string): Template[] {
  const packer = join(root, "packer");
  const folders = readdirSync(packer, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => {
      const files = readdirSync(join(packer, name)).filter((file) => file.endsWith(".pkr.hcl"));
      const text = files.map((file) => readFileSync(join(packer, name, file), "utf8")).join("\n");
      return { folder: `packer/${name}`, text };
    })
    .filter(({ text }) => /^build \{/m.test(text));
}

/** The stacks of each environment, as they were written last. */
export function synthesized({
  environments: folder,
  only,
  out,
  cwd,
}: Settings): { name: string; stacks: StackDocument[] }[] {
  return chosen(loadEnvironments(folder), only, folder).map((environment) => {
    const stacks = Object.keys(copiesOf(environment)).map((name) => {
      const path = join(out, "stacks", name, "cdk.tf.json");
      if (!existsSync(path)) throw new UsageError(`${relative(cwd, path)} is not there; run slipway synth first`);
      return { name, document: JSON.parse(readFileSync(path, "utf8")) as object };
    });
    return { name: environment.name, stacks };
  });
}
