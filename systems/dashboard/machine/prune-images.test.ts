import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const python = process.platform === "linux" && existsSync("/usr/bin/python3");
const days = (ago: number) => `${new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 19)}.123456789Z`;

/** What the engine has: each image with the days since it was built, and whether a container uses it. */
const images = [
  { line: "hub.example/team/dash-front 1.0.0 <none> sha256:1", ago: 30 },
  { line: "hub.example/team/dash-back <none> sha256:dd sha256:2", ago: 30 },
  { line: "hub.example/team/dash-front 1.1.0 <none> sha256:3", ago: 30, used: true },
  { line: "hub.example/team/dash-front 1.2.0 <none> sha256:4", ago: 3 },
  { line: "hub.example/team/other 1.0.0 <none> sha256:5", ago: 30 },
  { line: "hub.example/teammate/dash-front 1.0.0 <none> sha256:6", ago: 30 },
  { line: "localhost/dash-front 1.0.0 <none> sha256:7", ago: 30 },
  { line: "localhost/dash-back 1.1.2 <none> sha256:8", ago: 30 },
  { line: "<none> <none> <none> sha256:9", ago: 30 },
  { line: "team/dash-front 1.0.0 <none> sha256:10", ago: 30 },
];

let folder: string;
const at = (name: string) => join(folder, name);

/** An engine that refuses to remove the images whose references are given. */
function engine(...refused: readonly string[]): void {
  const id = (line: string) => line.split(" ")[3]!;
  const built = images.map(({ line, ago }) => `*" ${id(line)}") echo ${days(ago)} ;;`);
  const uses = images.filter(({ used }) => used).map(({ line }) => `*"=${id(line)}") echo container ;;`);
  const body = [
    "#!/bin/sh",
    `case "$*" in`,
    `"image ls "*) cat '${at("images")}' ;;`,
    `"image inspect "*) case "$*" in ${built.join(" ")} esac ;;`,
    `"container ls "*) case "$*" in ${uses.join(" ")} esac ;;`,
    ...refused.map((reference) => `"image rm ${reference}") echo "conflict: in use" >&2; exit 1 ;;`),
    `"image rm "*) echo "$3" >>'${at("removed")}' ;;`,
    '*) echo "unknown: $*" >&2; exit 1 ;;',
    "esac",
  ];
  writeFileSync(at("images"), images.map(({ line }) => `${line}\n`).join(""));
  writeFileSync(at("bin/docker"), `${body.join("\n")}\n`);
  chmodSync(at("bin/docker"), 0o755);
}

function prune(namespace: string | undefined, ...options: string[]) {
  writeFileSync(at("settings.json"), JSON.stringify({ region: "us-east-1", mode: "single", namespace }));
  const env = { ...process.env, PATH: [at("bin"), process.env.PATH].join(delimiter), PYTHONDONTWRITEBYTECODE: "1" };
  const argv = [...options, at("settings.json")];
  const { status, stdout, stderr } = spawnSync(join(__dirname, "prune-images"), argv, { env, encoding: "utf8" });
  const removed = existsSync(at("removed")) ? readFileSync(at("removed"), "utf8").trim().split("\n") : [];
  return { code: status, output: stdout + stderr, removed };
}

describe.skipIf(!python)("the images of a machine of the dashboard", () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-prune-"));
    mkdirSync(at("bin"));
    engine();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const old = ["hub.example/team/dash-front:1.0.0", "hub.example/team/dash-back@sha256:dd"];

  it("are removed when they are of the namespace, older than a week, and of no container", () => {
    const { code, removed, output } = prune("hub.example/team");
    expect([code, removed]).toEqual([0, old]);
    expect(output).toBe(old.map((reference) => `removed ${reference}\n`).join(""));
  });

  it("are removed sooner when an operator says so", () => {
    expect(prune("hub.example/team", "--older-than", "2").removed).toContain("hub.example/team/dash-front:1.2.0");
  });

  it("are known by the names that the engine shows for its default registry", () => {
    expect(prune("docker.io/team").removed).toEqual(["team/dash-front:1.0.0"]);
  });

  it.each([undefined, "localhost"])("stay where they lie nowhere else: namespace %s", (namespace) => {
    expect(prune(namespace, "--older-than", "0")).toEqual({ code: 0, output: "", removed: [] });
  });

  it("stay when the engine does not give them up, and keep no other one", () => {
    engine(old[0]!);
    const { code, output, removed } = prune("hub.example/team");
    expect([code, removed]).toEqual([0, old.slice(1)]);
    expect(output).toContain(`kept ${old[0]}: docker image rm: conflict: in use`);
  });
});
