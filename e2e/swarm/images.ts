import { join } from "node:path";
import { type CleanUp, docker, engine, program, rootRights, tryDocker, uniqueName } from "../machine/harness/engine";
import { debian } from "../machine/harness/images";
import { run, succeeded } from "../support/process";
import { findTool, type Requirement } from "../support/requirements";

const system = join(__dirname, "../../systems/dashboard");

/** What it takes to make the images of these suites. */
export const makesImages = async (): Promise<Requirement[]> => [
  await engine(),
  rootRights(),
  await program("debootstrap", "debootstrap"),
];

export type App = "front" | "back";

/** An application as its own Dockerfile makes it, on a Debian that needs no registry. */
export async function app(name: App, version: string, image = `slipway-e2e-dash-${name}:${version}`): Promise<string> {
  const base = await debian("trixie");
  return built(image, join(system, name), ["--build-arg", `BASE=${base}`, "--build-arg", `VERSION=${version}`]);
}

/** The same application with something changed by a line of a Dockerfile, for a version that is bad. */
export async function spoiled(image: string, line: string, cleanUp: CleanUp): Promise<string> {
  const name = uniqueName("spoiled");
  const container = uniqueName("spoil");
  cleanUp.container(container);
  cleanUp.add(() => tryDocker("rmi", "--force", name));
  await docker("run", "--name", container, "--user", "0", image, "sh", "-c", line);
  const { stdout } = await docker("inspect", "--format", "{{json .Config.Cmd}} {{.Config.User}}", image);
  const [, command = "", user = ""] = /^(.*) (\S+)$/.exec(stdout.trim()) ?? [];
  await docker("commit", "--change", `CMD ${command}`, "--change", `USER ${user}`, container, name);
  return name;
}

/** An engine that is a machine of a swarm. */
export const nodeImage = () => fixture("swarm-node", "node");

/** A database as RDS is: TLS only. It has what load-db.sh needs, too. */
export const postgresImage = () => fixture("postgres", "postgres");

async function fixture(name: string, folder: string): Promise<string> {
  await debian("trixie");
  return built(`slipway-e2e-${name}`, join(__dirname, "images", folder));
}

async function built(image: string, folder: string, args: readonly string[] = []): Promise<string> {
  // Unchanged steps come from the engine's own cache.
  const build = run(findTool("docker")!, ["build", "--quiet", ...args, "--tag", image, folder], {
    cwd: folder,
    env: { ...process.env, DOCKER_BUILDKIT: "0" },
  });
  await succeeded(build);
  return image;
}
