import { copyFileSync, cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { debian, wordpressArchive } from "../machine/harness/images";
import { run, succeeded } from "../support/process";
import { findTool } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";

const source = join(__dirname, "images/official");

/** Official images of which there is a stand-in. */
export type Official = "mysql" | "postgres" | "redis" | "valkey" | "wordpress";

/**
 * A stand-in for an official image, made of Debian's packages: Docker Hub cannot be reached in every CI. What it takes from
 * the original is what a stack relies on: variables, folders, ports, how it starts and stops.
 */
export async function official(name: Official): Promise<string> {
  await debian("trixie");
  const context = temporaryFolder("official");
  cpSync(source, context, { recursive: true });
  if (name === "wordpress") {
    const { url } = await wordpressArchive();
    copyFileSync(fileURLToPath(url), join(context, "wordpress.tar.gz"));
  }
  const image = `slipway-e2e-official-${name}`;
  const build = run(findTool("docker")!, ["build", "--quiet", "--target", name, "--tag", image, context], {
    cwd: context,
    // Steps that are unchanged come from the engine's own cache.
    env: { ...process.env, DOCKER_BUILDKIT: "0" },
    seconds: 280,
  });
  await succeeded(build);
  return image;
}
