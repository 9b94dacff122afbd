import { copyFileSync, cpSync } from "node:fs";
import { join } from "node:path";
import { consul as consulProgram } from "../guestbook-mesos/consul-program";
import { frontEndImage } from "../guestbook-mesos/front-end-images";
import { root } from "../machine/harness/packer";
import { run, succeeded } from "../support/process";
import { findTool } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";

const standIns = join(__dirname, "images/mesos");
const system = join(root, "systems/guestbook-mesos");

/** The images of the guestbook on Mesos, by role: ours from their own Dockerfiles, on stand-ins for official ones. */
export async function guestbookMesosImages(version: string): Promise<Readonly<Record<string, string>>> {
  const programs = `PROGRAMS=${await frontEndImage()}`;
  const context = temporaryFolder("mesos");
  cpSync(standIns, context, { recursive: true });
  copyFileSync((await consulProgram()).program, join(context, "consul"));
  const standIn = (name: string) => build(`local-${name}`, context, ["--target", name, "--build-arg", programs]);
  const [consul, template, nginx] = [await standIn("consul"), await standIn("consul-template"), await standIn("nginx")];
  const base = ["--build-arg", `BASE=${nginx}`];
  return {
    consul,
    "guestbook-mesos": await build("local-mesos", join(system, "app"), [...base, "--build-arg", `VERSION=${version}`]),
    "guestbook-mesos-front": await build("local-mesos-front", join(system, "local/front"), [
      ...base,
      ...["--build-arg", `CONSUL_TEMPLATE=${template}`],
    ]),
  };
}

async function build(name: string, context: string, args: readonly string[]): Promise<string> {
  const image = `slipway-e2e-${name}`;
  await succeeded(
    run(findTool("docker")!, ["build", "--quiet", ...args, "--tag", image, context], {
      cwd: context,
      // Steps that are unchanged come from the engine's own cache.
      env: { ...process.env, DOCKER_BUILDKIT: "0" },
      seconds: 280,
    }),
  );
  return image;
}
