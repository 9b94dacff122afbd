import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, succeeded } from "../../support/process";
import { temporaryFolder } from "../../support/temporary";
import type { CleanUp } from "./engine";

/** A blank volume, as EBS makes them: a block device of this host over a sparse file. */
export async function blankVolume(mib: number, cleanUp: CleanUp): Promise<string> {
  const file = join(temporaryFolder("volume"), "volume.img");
  writeFileSync(file, "");
  truncateSync(file, mib * 1024 * 1024);
  const { stdout } = await succeeded(losetup("--find", "--show", file));
  const device = stdout.trim();
  cleanUp.add(() => losetup("--detach", device));
  return device;
}

const losetup = (...args: string[]) => run("losetup", args, { cwd: __dirname, env: process.env });
