import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { chosen, copiesOf } from "../../main";
import { environmentJsonSchema, loadEnvironments, writeEnvironmentSchema } from "../config";
import { exposure, exposureTable, inventory, inventoryTable, type StackDocument } from "../report";
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

/** Who can reach what, for each environment. */
export function showExposure(settings: Settings, { out }: Terminal): void {
  for (const { name, stacks } of synthesized(settings)) out(`${name}\n\n${exposureTable(exposure(stacks))}\n`);
}

/** What exists after apply, for each environment. */
export function showInventory(settings: Settings, { out }: Terminal): void {
  for (const { name, stacks } of synthesized(settings)) out(`${name}\n\n${inventoryTable(inventory(stacks))}\n`);
}

/** The stacks of each environment, as they were written last. */
function synthesized({ environments: folder, only, out, cwd }: Settings): { name: string; stacks: StackDocument[] }[] {
  return chosen(loadEnvironments(folder), only, folder).map((environment) => {
    const stacks = Object.keys(copiesOf(environment)).map((name) => {
      const path = join(out, "stacks", name, "cdk.tf.json");
      if (!existsSync(path)) throw new UsageError(`${relative(cwd, path)} is not there; run slipway synth first`);
      return { name, document: JSON.parse(readFileSync(path, "utf8")) as object };
    });
    return { name: environment.name, stacks };
  });
}
