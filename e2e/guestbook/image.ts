import { copyFileSync, cpSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CleanUp, docker, tryDocker, uniqueName } from "../machine/harness/engine";
import { debian } from "../machine/harness/images";
import { type Finished, run, succeeded } from "../support/process";
import { findTool } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";

const source = join(__dirname, "../../systems/guestbook/app");

/** Debian with Node and npm as they are on this machine, in place of the public image that may be out of reach. */
export async function nodeImage(cleanUp: CleanUp): Promise<string> {
  const context = temporaryFolder("node-image");
  const npm = await npmFolder();
  copyFileSync(process.execPath, join(context, "node"));
  mkdirSync(join(context, "npm"));
  cpSync(npm, join(context, "npm"), { recursive: true, dereference: true });
  // Where a proxy opens TLS on the way to the registry, this machine trusts it; so must the build.
  const authorities = process.env.NODE_EXTRA_CA_CERTS;
  if (authorities) copyFileSync(authorities, join(context, "authorities.crt"));
  const lines = [
    `FROM ${await debian("trixie")}`,
    ...(authorities ? ["COPY authorities.crt /authorities.crt", "ENV NODE_EXTRA_CA_CERTS=/authorities.crt"] : []),
    "COPY node /usr/local/bin/node",
    "COPY npm /usr/local/lib/npm",
    "RUN ln -s /usr/local/lib/npm/bin/npm-cli.js /usr/local/bin/npm",
  ];
  writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
  const image = uniqueName("node");
  cleanUp.add(() => tryDocker("rmi", "--force", image));
  await succeeded(build(context, image));
  return image;
}

/** The image of the guestbook, from the project's own Dockerfile. */
export async function guestbookImage(version: string, cleanUp: CleanUp, base?: string): Promise<string> {
  const image = `${uniqueName("guestbook")}:${version}`;
  cleanUp.add(() => tryDocker("rmi", "--force", image));
  await succeeded(buildGuestbook(image, { BASE: base ?? (await nodeImage(cleanUp)), VERSION: version }));
  return image;
}

export async function buildGuestbook(image: string, variables: Readonly<Record<string, string>>): Promise<Finished> {
  // npm in the build asks the registry that npm on this machine asks.
  const { stdout: registry } = await succeeded(
    run("npm", ["config", "get", "registry"], { cwd: "/", env: process.env }),
  );
  const given = { NPM_CONFIG_REGISTRY: registry.trim(), ...variables };
  return build(source, image, ...Object.entries(given).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]));
}

/** With the builder that every Docker has. */
function build(context: string, image: string, ...options: string[]): Promise<Finished> {
  return run(findTool("docker")!, ["build", "--force-rm", "--network", "host", "--tag", image, ...options, context], {
    cwd: context,
    env: { ...process.env, DOCKER_BUILDKIT: "0" },
    seconds: 280,
  });
}

async function npmFolder(): Promise<string> {
  const { stdout } = await succeeded(run("sh", ["-c", "command -v npm"], { cwd: "/", env: process.env }));
  return dirname(dirname(realpathSync(stdout.trim())));
}

/** What the engine knows about an image or a container. */
export async function inspect(kind: "image" | "container", name: string, format: string): Promise<unknown> {
  return JSON.parse((await docker(kind, "inspect", "--format", `{{json ${format}}}`, name)).stdout);
}
