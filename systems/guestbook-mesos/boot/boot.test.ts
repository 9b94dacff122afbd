import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeWith, type Requirement } from "../../../e2e/support/requirements";
import { findProgram, firstBoot, nodeSettings } from "../chef/test/converge";

const python: Requirement = findProgram("python3", "python3");
const shared = join(__dirname, "../../common/machine");
const fetchSecret = join(__dirname, "../chef/cookbooks/guestbook_base/files/fetch-secret");
const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:validator";
const trusted = { validator: "a private key", certificate: "a certificate" };
const inServerMode = {
  mode: "server",
  url: "https://management.guestbook-mesos-dev.internal/organizations/guestbook",
  organization: "guestbook",
  validatorSecretArn: arn,
  bucket: "cookbooks",
};

let home: string;
const at = (path: string) => join(home, path);
const text = (path: string) => readFileSync(at(path), "utf8");
const calls = () => (existsSync(at("calls")) ? text("calls").trim().split("\n") : []);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "slipway-boot-"));
  for (const folder of ["bin", "run", "cinc"]) mkdirSync(at(folder));
  command("attach-volume", "", ".");
  command("hostname", "");
});
afterEach(() => rmSync(home, { recursive: true }));

/** A stand-in for a command, which notes how it was called. */
function command(name: string, script: string, folder = "bin"): void {
  const path = join(home, folder, name);
  writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> "$STUB/calls"\n${script}\n`);
  chmodSync(path, 0o755);
}

/** What Secrets Manager answers; nothing is what it says of a secret without a value. */
function secret(value?: unknown): void {
  const answer = JSON.stringify({ SecretString: typeof value === "string" ? value : JSON.stringify(value) });
  writeFileSync(at("secret"), answer);
  command("aws", value === undefined ? "echo ResourceNotFoundException >&2; exit 254" : 'cat "$STUB/secret"');
}

/** Runs a program with its places below the folder of the test. */
function program(path: string, args: string[], places: string) {
  const script = `
import importlib.machinery, importlib.util, os, sys
sys.path.insert(0, ${JSON.stringify(shared)})
import slipway_boot as boot
home = os.environ["STUB"]
boot.PROGRAMS, boot.VOLATILE = home, home + "/run"
loader = importlib.machinery.SourceFileLoader("program", ${JSON.stringify(path)})
program = importlib.util.module_from_spec(importlib.util.spec_from_loader("program", loader))
loader.exec_module(program)
program.SETTINGS = home + "/node.json"
${places}
sys.argv[1:] = ${JSON.stringify(args)}
program.main()`;
  const env = { PATH: `${home}/bin:/usr/bin:/bin`, STUB: home, PYTHONDONTWRITEBYTECODE: "1" };
  const { status, stdout, stderr } = spawnSync("python3", ["-c", script], { env, encoding: "utf8" });
  return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

const settings = (more: Record<string, unknown> = {}) => ({
  ...nodeSettings("zookeeper", { zookeeper: { id: 1 } }),
  chef: inServerMode,
  // A machine that has its name already.
  hostname: hostname(),
  ...more,
});

function converge(more: Record<string, unknown> = {}, args: string[] = []) {
  writeFileSync(at("node.json"), JSON.stringify(settings(more)));
  return program(
    join(__dirname, "node-converge"),
    args,
    'program.HOME, program.REPOSITORY = home + "/cinc", home + "/chef"\nprogram.instance = lambda: ("i-1", "10.220.64.11")',
  );
}

/** Cinc Client that registers where it has the validator's key, and notes what it was given. */
const cinc = (code = 0) =>
  command(
    "cinc-client",
    `cp "$STUB/cinc/validation.pem" "$STUB/seen" 2>/dev/null && stat -c %a "$STUB/cinc/validation.pem" >> "$STUB/seen" && touch "$STUB/cinc/client.pem"
cp "$STUB/cinc/client.rb" "$STUB/client.rb"; exit ${code}`,
  );

describeWith("the first converge of a machine", [python], () => {
  it("asks the machine for its zone where the settings have none: one that comes and goes is in any", () => {
    cinc();
    secret(trusted);
    const asked =
      "def metadata(path, token=None): return {'token': 't', 'meta-data/placement/availability-zone': 'eu-west-1c'}[path]";
    writeFileSync(at("attach-volume"), `${asked}\n`);
    for (const [zone, found] of [
      ["", "eu-west-1c"],
      ["eu-west-1b", "eu-west-1b"],
    ]) {
      expect(converge({ zone })).toMatchObject({ status: 0, stderr: "" });
      expect(JSON.parse(text("cinc/first-boot.json")).guestbook_mesos.node.zone).toBe(found);
    }
  });

  it("gives the machine its name before its recipes run, and again until that has succeeded", () => {
    cinc();
    secret(trusted);
    command("hostname", "exit 1");
    const refused = converge({ hostname: "fe-1" });
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("hostname") });
    expect(calls().some((call) => call.startsWith("cinc-client"))).toBe(false);
    command("hostname", "");
    expect(converge({ hostname: "fe-1" })).toMatchObject({ status: 0, stderr: "" });
    expect(calls().filter((call) => call === "hostname fe-1")).toHaveLength(2);
  });

  it("leaves the name of a machine that has it", () => {
    cinc();
    secret(trusted);
    expect(converge({ hostname: hostname() })).toMatchObject({ status: 0 });
    expect(calls().some((call) => call.startsWith("hostname"))).toBe(false);
  });

  it("says that the image must have the client, as nothing is installed at boot (S1-05, S1-26)", () => {
    expect(converge()).toMatchObject({ status: 1, stderr: expect.stringContaining("this image has no cinc-client") });
  });

  it("waits for the Chef server, and does not bother the client before (S1-28)", () => {
    cinc();
    secret();
    expect(converge()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("the Chef server is not there yet"),
    });
    secret({ validator: "a private key" });
    expect(converge()).toMatchObject({ status: 1, stderr: expect.stringMatching(/is not complete yet$/) });
    expect(calls().filter((call) => call.startsWith("cinc"))).toEqual([]);
  });

  it("trusts the server, and has its validator's key only until it is registered (S1-28)", () => {
    cinc();
    secret(trusted);
    expect(converge()).toMatchObject({ status: 0, stderr: "" });
    expect(text("seen")).toBe("a private key600\n");
    expect(text("cinc/trusted_certs/chef-server.crt")).toBe("a certificate");
    expect(existsSync(at("cinc/validation.pem"))).toBe(false);
    rmSync(at("seen"));
    expect(converge()).toMatchObject({ status: 0 });
    expect(existsSync(at("seen"))).toBe(false);
  });

  it("keeps no validator's key either when the client fails, and tells systemd to try again", () => {
    cinc(3);
    secret(trusted);
    expect(converge()).toMatchObject({ status: 1, stderr: "cinc-client ended with 3; tried again in a while" });
    expect(existsSync(at("cinc/validation.pem"))).toBe(false);
    const unit = readFileSync(join(__dirname, "slipway-node.service"), "utf8");
    expect(unit).toMatch(/^Restart=on-failure$/m);
    expect(unit).toMatch(/^StartLimitIntervalSec=0$/m);
  });

  it("tells the client its server, name, environment and whom to trust (S1-27)", () => {
    cinc();
    secret(trusted);
    converge();
    expect(text("client.rb").split("\n")).toEqual([
      "# Written at every converge.",
      "node_name 'i-1'",
      "environment 'dev'",
      "log_location STDOUT",
      `chef_server_url '${inServerMode.url}'`,
      "validation_client_name 'guestbook-validator'",
      `validation_key '${home}/cinc/validation.pem'`,
      `client_key '${home}/cinc/client.pem'`,
      `trusted_certs_dir '${home}/cinc/trusted_certs'`,
      "ssl_verify_mode :verify_peer",
      "",
    ]);
    expect(calls().at(-1)).toBe(
      `cinc-client --config ${home}/cinc/client.rb --json-attributes ${home}/cinc/first-boot.json`,
    );
  });

  it("gives the client the run list and the attributes, with what the machine knows of itself (S1-50)", () => {
    cinc();
    secret(trusted);
    const more = { hostname: "zk-1", dataVolume: "vol-1", dataMount: "/var/lib/zookeeper" };
    expect(converge(more)).toMatchObject({ status: 0 });
    expect(JSON.parse(text("cinc/first-boot.json"))).toEqual(firstBoot(settings(more), "i-1", "10.220.64.11"));
    expect(statSync(at("cinc/first-boot.json")).mode & 0o777).toBe(0o600);
  });

  it("comes after the machine's volume is in its place", () => {
    cinc();
    secret(trusted);
    converge({ dataVolume: "vol-1", dataMount: "/var/lib/zookeeper" });
    expect(calls()[0]).toBe("attach-volume --volume vol-1 --label zookeeper --path /var/lib/zookeeper");
    rmSync(at("calls"));
    command("attach-volume", "exit 1", ".");
    expect(converge({ dataVolume: "vol-1", dataMount: "/var/lib/zookeeper" })).toMatchObject({ status: 1 });
    expect(calls()).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["a mode that is none", { chef: { ...inServerMode, mode: "solo" } }, "chef.mode is server or local, not 'solo'"],
    [
      "a run list that is none",
      { runList: ["zookeeper"] },
      "want role[NAME] or recipe[COOKBOOK::RECIPE], got 'zookeeper'",
    ],
    ["settings without a part", { environment: undefined }, "lacks environment; user data must write it"],
  ])("refuses %s", (_, more, message) => {
    cinc();
    secret(trusted);
    expect(converge(more)).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
  });
});

describeWith("a machine without a Chef server", [python], () => {
  const local = { chef: { mode: "local", bucket: "cookbooks" } };
  const bucket = () => command("aws", 'mkdir -p "$STUB/chef/cookbooks"');

  it("converges from the bucket, and so does the Chef server itself (S1-47)", () => {
    for (const more of [local, { runList: ["role[base]", "role[chef_server]"] }]) {
      cinc();
      bucket();
      rmSync(at("calls"), { force: true });
      expect(converge(more)).toMatchObject({ status: 0, stderr: "" });
      const [sync, client] = calls();
      expect(sync).toMatch(/^aws s3 sync s3:\/\/cookbooks\/ .*\/chef --delete --exact-timestamps --only-show-errors/);
      expect(client).toMatch(/ --local-mode$/);
      expect(text("client.rb")).toContain(`chef_repo_path '${home}/chef'\n`);
    }
  });

  it("waits for the first cookbooks", () => {
    cinc();
    command("aws", "");
    expect(converge(local)).toMatchObject({ status: 1, stderr: expect.stringContaining("has no cookbooks/ yet") });
  });

  it("goes on with the cookbooks it has while the bucket is out of reach, but not at first", () => {
    cinc();
    command("aws", "exit 1");
    mkdirSync(at("chef/cookbooks"), { recursive: true });
    expect(converge(local)).toMatchObject({ status: 1 });
    expect(converge(local, ["--again"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("goes on with the cookbooks of before"),
    });
  });
});

describeWith("a converge later on (S1-55)", [python], () => {
  it("goes on with the certificate it has while Secrets Manager is out of reach", () => {
    cinc();
    writeFileSync(at("cinc/client.pem"), "a key");
    secret();
    expect(converge({}, ["--again"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("goes on with the certificate of before"),
    });
  });

  it("takes a new certificate of the server from where the first one came", () => {
    cinc();
    writeFileSync(at("cinc/client.pem"), "a key");
    secret({ ...trusted, certificate: "a new certificate" });
    expect(converge({}, ["--again"])).toMatchObject({ status: 0 });
    expect(text("cinc/trusted_certs/chef-server.crt")).toBe("a new certificate");
  });
});

describeWith("a secret of a service", [python], () => {
  const fetched = (...args: string[]) => {
    writeFileSync(at("node.json"), JSON.stringify(settings()));
    return program(fetchSecret, ["--arn", arn, "--patience", "0", ...args], "");
  };

  it.each([
    ["text", "k=="],
    ["json:encrypt", '{"encrypt": "k=="}\n'],
    ["env:KEY", "KEY='k=='\n"],
  ])("is put into memory as %s, for one account", (shape, content) => {
    secret({ key: "k==" });
    const done = fetched("--member", "key", "--as", shape, "--owner", "nobody", "--to", at("run/consul/gossip"));
    expect(done).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(text("run/consul/gossip")).toBe(content);
    expect(statSync(at("run/consul/gossip"))).toMatchObject({ uid: 65534 });
    expect(statSync(at("run/consul/gossip")).mode & 0o777).toBe(0o600);
  });

  it("never gets to a disk", () => {
    secret("k");
    expect(fetched("--to", at("run/../disk"))).toMatchObject({ status: 2 });
    expect(existsSync(at("disk"))).toBe(false);
  });

  it("is not quoted where it cannot be written as it is", () => {
    secret("it's secret");
    const done = fetched("--as", "env:KEY", "--to", at("run/key"));
    expect(done.status).toBe(1);
    expect(done.stderr).not.toContain("secret's");
    expect(done.stderr).not.toContain("it's");
  });

  it("that nobody made yet is told as such", () => {
    secret();
    expect(fetched("--to", at("run/key"))).toMatchObject({ status: 1, stderr: expect.stringContaining("NotFound") });
  });
});

describe("the boot plan", () => {
  it("starts the program that reads the settings", () => {
    const { node } = JSON.parse(readFileSync(join(__dirname, "files.json"), "utf8"));
    expect(readFileSync(join(__dirname, "node-converge"), "utf8")).toContain(`SETTINGS = "${node.settings}"`);
  });
});
