import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

const remedies = {
  terraform: "install Terraform 1.11 or later (https://developer.hashicorp.com/terraform/install)",
  packer: "install Packer (Debian: apt-get install packer)",
  docker: "install Docker and start its daemon (Debian: apt-get install docker.io)",
};
export type Tool = keyof typeof remedies;
export const tools = Object.keys(remedies) as Tool[];

/** What to do about a tool that is missing. */
export function remedyFor(name: Tool): string {
  return `${remedies[name]}, or set SLIPWAY_${name.toUpperCase()} to its path`;
}

/**
 * Path of a tool: the environment variable `SLIPWAY_<TOOL>` if it is set, otherwise the first executable of that name on
 * PATH; undefined where there is none.
 */
export function findTool(name: Tool, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = env[`SLIPWAY_${name.toUpperCase()}`];
  const candidates = chosen ? [chosen] : (env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
