import { join } from "node:path";
import { built, debian, debianAmi } from "../machine/harness/images";

const folder = join(__dirname, "images");

/** Debian 13 as its publisher offers it, beside a mirror. */
export async function machineImage(): Promise<string> {
  await debianAmi("trixie");
  return built("puppet-machine", { folder });
}

/** Puppet's tools, and a Forge that offers what Debian packages. */
export async function forgeImage(): Promise<string> {
  await debian("trixie");
  return built("puppet-forge", { folder });
}

/** What stands in for the images that machines run: the registry, and the guestbook. */
export async function containerImages(): Promise<{ readonly registry: string; readonly guestbook: string }> {
  await debian("trixie");
  return {
    registry: await built("puppet-registry", { folder }),
    guestbook: await built("puppet-guestbook", { folder }),
  };
}
