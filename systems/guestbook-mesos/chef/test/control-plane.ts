import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Requirement } from "../../../../e2e/support/requirements";
import { type Machine, machines } from "./cluster";
import { type Converged, converge } from "./converge";

const done = new Map<string, Converged>();

/** What the recipes make of a machine of the test's cluster, converged twice. */
export function converged(name: keyof typeof machines): Converged {
  const found = done.get(name) ?? once(machines[name]);
  done.set(name, found);
  return found;
}

export const once = ({ node, address }: Machine) => converge(node, { address });

/** Text of a file of a machine. */
export function text(name: keyof typeof machines, path: string): string {
  const file = converged(name).files[path];
  if (!file) throw new Error(`${name} has no ${path}`);
  return file.text;
}

/** The text that a file ought to have: what a reader has compared with the program's own documentation. */
export const golden = (name: string) => readFileSync(join(__dirname, "golden", name), "utf8");

/**
 * The flags that the package's mesos-init-wrapper makes of /etc/mesos-<kind>: one per file, `?name` for one without a value;
 * attributes and resources from a folder of each.
 */
export function flags(name: keyof typeof machines, kind: "master" | "agent"): Record<string, string> {
  const home = `/etc/mesos-${kind}/`;
  const all: Record<string, string> = {};
  for (const [path, file] of Object.entries(converged(name).files)) {
    if (!path.startsWith(home) || typeof file.text !== "string") continue;
    const [first = "", second] = path.slice(home.length).split("/");
    const value = file.text.trim();
    if (second === undefined) all[first] = value;
    else all[first] = [...(all[first]?.split(";") ?? []), `${second}:${value}`].join(";");
  }
  return all;
}

export const systemd: Requirement = existsSync("/usr/bin/systemd-analyze")
  ? { name: "systemd-analyze" }
  : { name: "systemd-analyze", missing: "install it (Debian: apt-get install systemd)" };

/** What systemd says against the units of a machine; the packages' own ones are stood in for where a drop-in needs them. */
export function complaints(name: keyof typeof machines): string[] {
  const folder = mkdtempSync(join(tmpdir(), "slipway-units-"));
  const units: string[] = [];
  try {
    for (const [path, file] of Object.entries(converged(name).files)) {
      const relative = path.replace("/etc/systemd/system/", "");
      if (relative === path || typeof file.text !== "string" || !/\.(service|timer|mount|conf)$/.test(path)) continue;
      const target = join(folder, relative);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, file.text);
      const unit = relative.includes("/") ? basename(dirname(relative), ".d") : relative;
      if (unit !== relative) writeFileSync(join(folder, unit), "[Service]\nExecStart=/bin/true\n");
      units.push(join(folder, unit));
    }
    const args = ["verify", "--man=no", "--recursive-errors=no", ...new Set(units)];
    const { stdout, stderr } = spawnSync("/usr/bin/systemd-analyze", args, {
      encoding: "utf8",
      env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:`, LC_ALL: "C" },
    });
    const absent = /Command .* is not executable|Failed to (create|prepare) .*bus|^\s*$/;
    return `${stdout}\n${stderr}`.split("\n").filter((line) => !absent.test(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
