import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const server = join(__dirname, "../puppet/site-modules/profile/files/server");

/** Loads a program as a module: what it does when it is called stays undone. */
const preamble = `
import importlib.machinery, importlib.util, io, os, sys
sys.path.insert(0, ${JSON.stringify(join(__dirname, "../../common/machine"))})
import slipway_boot as boot
boot.VOLATILE = boot.PROGRAMS = home = os.environ["STUB"]
def load(path):
    loader = importlib.machinery.SourceFileLoader("program", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("program", loader))
    loader.exec_module(module)
    return module
`;

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "slipway-boot-"));
  mkdirSync(join(home, "bin"));
});
afterEach(() => rmSync(home, { recursive: true }));

function command(name: string, script: string, folder = "bin"): void {
  const path = join(home, folder, name);
  writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> "$STUB/calls"\n${script}\n`);
  chmodSync(path, 0o755);
}

function python(script: string) {
  const env = { PATH: `${home}/bin:/usr/bin:/bin`, STUB: home, PYTHONDONTWRITEBYTECODE: "1" };
  const { status, stdout, stderr } = spawnSync("python3", ["-c", preamble + script], { env, encoding: "utf8" });
  return { status, stdout: stdout.trim(), stderr };
}

function calls(): string[] {
  const path = join(home, "calls");
  return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
}

describe("packages", () => {
  it("mends what an interrupted run left half configured before it installs", () => {
    command("dpkg-query", "printf 'installed half-configured '");
    command("dpkg", "exit 2");
    command("apt-get", "");
    expect(python(`boot.install("one", "two")`).status).toBe(0);
    const [, mended, updated, installed] = calls();
    expect(mended).toMatch(/^dpkg .*--configure -a$/);
    expect(updated).toMatch(/^apt-get .* update$/);
    expect(installed).toMatch(/^apt-get .* install --no-install-recommends one two$/);
  });

  it("leaves a machine alone that has them", () => {
    command("dpkg-query", "printf 'installed installed '");
    command("dpkg", "");
    command("apt-get", "");
    expect(python(`boot.install("one", "two")`).status).toBe(0);
    expect(calls()).toHaveLength(1);
  });

  it.each([
    ["installed", "exit 0"],
    ["refused", "exit 100"],
  ])("keeps no file of the Session Manager's agent when that is %s", (_, apt) => {
    command("dpkg", "echo amd64");
    command("apt-get", `test "$(cat "$STUB/amazon-ssm-agent.deb")" = package || exit 1; ${apt}`);
    const fetched = `boot.urllib.request.urlopen = lambda url, timeout: io.BytesIO(b"package\\n")\n`;
    expect(python(`${fetched}boot.session_manager("eu-west-3")`).status).toBe(0);
    expect(calls().at(-1)).toMatch(/^apt-get .* install .*amazon-ssm-agent\.deb$/);
    expect(existsSync(join(home, "amazon-ssm-agent.deb"))).toBe(false);
  });
});

it("a Git host that falls silent is given up", () => {
  const { stdout } = python(`
with boot.git_access({"url": "x"}) as environment:
    print(environment["GIT_SSH_COMMAND"], environment["GIT_HTTP_LOW_SPEED_LIMIT"], environment["GIT_HTTP_LOW_SPEED_TIME"])`);
  expect(stdout).toMatch(/-o ConnectTimeout=20 -o ServerAliveInterval=20 -o ServerAliveCountMax=3 1000 60$/);
});

describe("a source of news that is out of reach", () => {
  const programs = `
program = load(${JSON.stringify(join(__dirname, "puppet-server"))})
program.CHECKOUT, program.DEPLOYED = f"{home}/checkout", f"{home}/deployed"
print(program.programs({"bucket": "control"}))`;
  const sync = `
program = load(${JSON.stringify(join(server, "configure-server"))})
program.HOME = home
program.bring_up_to_date()`;

  it("stops a first server, which has nothing to serve", () => {
    command("aws", "exit 1");
    command("control-sync", "exit 1", ".");
    expect(python(programs)).toMatchObject({ status: 1, stderr: expect.stringContaining("aws s3 cp s3://control/") });
    expect(python(sync)).toMatchObject({ status: 1, stderr: expect.stringContaining("control-sync: ended with 1") });
  });

  it("does not stop a server that is replaced", () => {
    command("aws", "exit 1");
    command("control-sync", "exit 1", ".");
    mkdirSync(join(home, "code/environments/production/manifests"), { recursive: true });
    const deployed = join(home, "deployed/site-modules/profile/files/server");
    mkdirSync(deployed, { recursive: true });
    writeFileSync(join(deployed, "configure-server"), "");
    const { status, stdout } = python(programs);
    expect(status).toBe(0);
    expect(stdout.split("\n").at(-1)).toBe(deployed);
    expect(python(sync)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("serves what was deployed before"),
    });
  });

  it("is one that hangs as well", () => {
    command("control-sync", "exec sleep 60", ".");
    mkdirSync(join(home, "code/environments/production/manifests"), { recursive: true });
    const { status, stdout } = python(sync.replace("program.bring", "program.SYNC_SECONDS = 1\nprogram.bring"));
    expect(status).toBe(0);
    expect(stdout).toContain("ended with 124");
  });

  it("is no matter when it is in reach", () => {
    command("aws", "");
    command("control-sync", "", ".");
    expect(python(programs).stdout).toBe(`${home}/checkout/site-modules/profile/files/server`);
    expect(python(sync)).toMatchObject({ status: 0, stdout: "" });
  });
});
