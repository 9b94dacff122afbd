import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const unit = (name: string) => readFileSync(join(__dirname, name), "utf8");

describe.skipIf(process.platform !== "linux")("what install.sh puts on a machine", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-install-"));
  const root = join(folder, "root");
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(() => {
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/systemctl"), `#!/bin/sh\necho "$*" >>'${join(folder, "calls")}'\n`);
    chmodSync(join(folder, "bin/systemctl"), 0o755);
    const env = { ...process.env, PATH: [join(folder, "bin"), process.env.PATH].join(delimiter) };
    execFileSync("sh", [join(__dirname, "install.sh"), root], { env });
  });

  it("is every program that a unit starts", () => {
    const units = readdirSync(join(root, "etc/systemd/system"));
    const started = units.flatMap((name) => /^ExecStart=(\S+)/m.exec(unit(name))?.[1] ?? []);
    expect(started.sort()).toEqual([
      "/usr/local/bin/poll-updates.sh",
      "/usr/local/lib/slipway/prune-images",
      "/usr/local/lib/slipway/swarm-join",
      "/usr/local/lib/slipway/swarm-keep",
    ]);
    for (const program of started) expect(existsSync(join(root, program)), program).toBe(true);
  });

  it("starts with the machine: joining, keeping, and both timers", () => {
    const calls = readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
    expect(calls.map((call) => call.replace(`--root=${root} enable `, "")).sort()).toEqual([
      "poll-updates.timer",
      "slipway-prune-images.timer",
      "slipway-swarm-join.service",
      "slipway-swarm-keep.service",
    ]);
  });
});

describe("the units of a machine of the dashboard", () => {
  it.each([
    ["slipway-swarm-join.service", "docker.service"],
    ["slipway-swarm-keep.service", "slipway-swarm-join.service"],
  ])("go on without what they come after: %s", (name, other) => {
    expect(unit(name)).not.toMatch(/^(Requires|Requisite|BindsTo|PartOf)=/m);
    for (const key of ["After", "Wants"]) expect(unit(name)).toMatch(new RegExp(`^${key}=.*\\b${other}\\b`, "m"));
  });

  it("look for old images once a week", () => {
    expect(unit("slipway-prune-images.timer")).toMatch(/^OnCalendar=Sun /m);
  });
});
