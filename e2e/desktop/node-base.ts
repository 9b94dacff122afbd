import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeImage } from "../guestbook/image";
import { type CleanUp, docker, tryDocker, uniqueName } from "../machine/harness/engine";
import { run, succeeded } from "../support/process";
import { temporaryFolder } from "../support/temporary";

const app = join(__dirname, "../../systems/guestbook/app");

/** The image that the guestbook's Dockerfile is based on, by its name there. */
export const baseName = /^ARG BASE=(\S+)$/m.exec(readFileSync(join(app, "Dockerfile"), "utf8"))![1]!;

export interface Archive {
  readonly file: string;
  /** Name of the image in it. */
  readonly image: string;
}

/**
 * An archive of an image in place of that one, for an engine that reaches no registry: Node, and in npm's cache exactly the
 * packages that the lock file of the guestbook names.
 */
export async function nodeBase(cleanUp: CleanUp): Promise<Archive> {
  const context = temporaryFolder("node-base");
  const packages = join(context, "packages");
  mkdirSync(packages);
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(app, file), join(packages, file));
  const npm = (...args: string[]) => succeeded(run("npm", args, { cwd: packages, env: process.env }));
  await npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--cache", join(context, "cache"));
  const { stdout: registry } = await npm("config", "get", "registry");
  const lines = [
    `FROM ${await nodeImage(cleanUp)}`,
    "COPY cache /var/cache/npm",
    `ENV npm_config_cache=/var/cache/npm npm_config_offline=true npm_config_registry=${registry.trim()}`,
  ];
  writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
  writeFileSync(join(context, ".dockerignore"), "packages\n");
  // Under its own name for this run: other suites see the images of this engine too.
  const image = uniqueName("node-base");
  cleanUp.add(() => tryDocker("rmi", "--force", image));
  await docker("build", "--quiet", "--tag", image, context);
  const file = join(context, "image.tar");
  await docker("save", "--output", file, image);
  return { file, image };
}
