import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/**
 * The scripts run in a copy of the project in which every program that they call is a stub: it notes its name, its arguments
 * and the credentials in its environment, and does what `answers` says for a call that contains a given text.
 */
let folder: string;

const stub = (name: string, answers: Record<string, string>) => {
  const cases = Object.entries(answers).map(([text, action]) => `  *${JSON.stringify(text)}*) ${action} ;;`);
  const file = join(folder, "bin", name);
  writeFileSync(
    file,
    [
      "#!/bin/sh",
      `echo "${name} $*" >>"${folder}/calls"`,
      `echo "${name} $AWS_ACCESS_KEY_ID/$AWS_SECRET_ACCESS_KEY/$AWS_PROFILE" >>"${folder}/credentials"`,
      `case "${name} $*" in`,
      ...cases,
      "esac",
    ].join("\n"),
  );
  chmodSync(file, 0o755);
};

const outputs = {
  "output -raw registry_url": "echo 123456789012.dkr.ecr.eu-west-1.amazonaws.com/wordpress-dev/wordpress",
  "output -raw image_version": "echo 6.8.3-1",
  "output -raw alb_dns": "echo wordpress.example.org",
  "state list": "echo aws_vpc.network",
};
const imageIsMissing = { "ecr describe-images": "exit 254" };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-scripts-"));
  cpSync(__dirname, join(folder, "scripts"), { recursive: true });
  for (const path of ["bin", "environments"]) mkdirSync(join(folder, path));
  writeFileSync(join(folder, "environments/dev.yaml"), "");
  for (const name of ["npm", "packer", "ansible-playbook", "docker"]) stub(name, {});
  stub("git", { "rev-parse HEAD": "echo 0123456789abcdef" });
  stub("terraform", outputs);
  stub("aws", imageIsMissing);
});

afterEach(() => rmSync(folder, { recursive: true }));

function run(script: string, args: string[] = [], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync("bash", [join(folder, "scripts", script), ...args], {
    encoding: "utf8",
    env: { PATH: `${join(folder, "bin")}:/usr/bin:/bin`, ...env },
  });
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "");
  const calls = read("calls").replaceAll(`${folder}/`, "").trimEnd().split("\n");
  rmSync(join(folder, "calls"), { force: true });
  return { status, stdout, stderr, calls, credentials: read("credentials") };
}

const keys = ["-a", "AKIDEXAMPLE", "-s", "topsecret"];
const platform = "terraform -chdir=cdktf.out/stacks/wordpress-platform-dev";
const service = "terraform -chdir=cdktf.out/stacks/wordpress-service-dev";
const findImage =
  "aws ecr describe-images --region eu-west-1 --repository-name wordpress-dev/wordpress --image-ids imageTag=6.8.3-1";

describe("automation-stack.sh", () => {
  it("creates the infrastructure, then the image, then the service (S2-31, S2-R13)", () => {
    const { status, calls, stdout } = run("automation-stack.sh", keys);
    expect(status).toBe(0);
    expect(calls).toEqual([
      "npm run --silent synth",
      `${platform} init -input=false`,
      `${platform} apply -auto-approve -input=false`,
      `${platform} output -raw registry_url`,
      `${platform} output -raw image_version`,
      findImage,
      "git rev-parse HEAD",
      "packer build -only=*.docker.* -var commit=0123456789abcdef " +
        "-var registry=123456789012.dkr.ecr.eu-west-1.amazonaws.com/wordpress-dev/wordpress packer/wordpress",
      `${service} init -input=false`,
      `${service} apply -auto-approve -input=false`,
      `${platform} output -raw alb_dns`,
    ]);
    expect(stdout).toContain("WordPress answers at http://wordpress.example.org/");
  });

  it("passes the keys on in the environment only, never as an argument (S2-34)", () => {
    const { calls, credentials } = run("automation-stack.sh", keys);
    expect(calls.join("\n")).not.toMatch(/AKIDEXAMPLE|topsecret/);
    expect(credentials).toContain("terraform AKIDEXAMPLE/topsecret/");
    expect(credentials).toContain("packer AKIDEXAMPLE/topsecret/");
  });

  it("takes an existing profile instead of keys", () => {
    const { status, credentials } = run("automation-stack.sh", ["-p", "work"]);
    expect(status).toBe(0);
    expect(credentials).toContain("terraform //work");
  });

  it("can be run again: an image that is in the registry is not built a second time (S2-D04)", () => {
    run("automation-stack.sh", keys);
    stub("aws", {});
    const { status, calls } = run("automation-stack.sh", keys);
    expect(status).toBe(0);
    expect(calls.filter((call) => call.startsWith("packer"))).toEqual([]);
    expect(calls).toContain(`${service} apply -auto-approve -input=false`);
  });

  it("prints how to call it, and does nothing, without arguments and with -h (S2-R13, S2-34)", () => {
    for (const args of [[], ["-h"]]) {
      const { status, stdout, calls } = run("automation-stack.sh", args);
      expect([status, calls]).toEqual([0, [""]]);
      expect(stdout).toContain("Usage: automation-stack.sh -a ACCESS_KEY -s SECRET_KEY");
    }
  });

  it.each([
    [["-a", "AKIDEXAMPLE"], "an access key without its secret key: give -s too"],
    [["-s", "topsecret"], "no credentials: give -a and -s, or -p with a profile of the AWS CLI"],
    [["-a"], "-a needs a value"],
    [["-x"], "there is no option -x"],
    [[...keys, "now"], "unexpected argument 'now'"],
    [[...keys, "-e", "moon"], "there is no environments/moon.yaml"],
  ])("refuses %j before it calls anything", (args, message) => {
    const { status, stderr, calls } = run("automation-stack.sh", args);
    expect([status, calls]).toEqual([2, [""]]);
    expect(stderr).toContain(`automation-stack.sh: ${message}`);
    expect(stderr).not.toContain("topsecret");
  });

  it("names every program that is missing, and where its install script is", () => {
    for (const name of ["packer", "ansible-playbook"]) rmSync(join(folder, "bin", name));
    for (const name of ["bash", "cat", "dirname"]) symlinkSync(`/bin/${name}`, join(folder, "bin", name));
    const { status, stderr } = run("automation-stack.sh", keys, { PATH: join(folder, "bin") });
    expect(status).toBe(2);
    expect(stderr).toContain("not installed: packer ansible-playbook (scripts/install has a script for each)");
  });

  it.each([
    ["the infrastructure", "terraform", { ...outputs, "platform-dev apply": "exit 1" }, `${platform} apply`],
    ["the image", "packer", { build: "exit 1" }, "packer build"],
  ])("stops when %s fails, and starts nothing after it", (_, program, answers, last) => {
    stub(program, answers);
    const { status, calls } = run("automation-stack.sh", keys);
    expect(status).not.toBe(0);
    expect(calls.at(-1)).toContain(last);
  });
});

describe("delete-automation-stack.sh", () => {
  it("destroys the service first, then the infrastructure (S2-R14)", () => {
    const { status, calls } = run("delete-automation-stack.sh", keys);
    expect(status).toBe(0);
    expect(calls).toEqual([
      "npm run --silent synth",
      `${service} init -input=false`,
      `${service} state list`,
      `${service} destroy -auto-approve -input=false`,
      `${platform} init -input=false`,
      `${platform} state list`,
      `${platform} destroy -auto-approve -input=false`,
    ]);
  });

  it.each([
    ["is empty", { "state list": "true" }],
    ["was never made", { "state list": "exit 1", "state pull": "true" }],
  ])("can be run again when everything is gone, and the state %s (S2-D04)", (_, answers) => {
    stub("terraform", answers);
    const { status, calls, stdout } = run("delete-automation-stack.sh", keys);
    expect(status).toBe(0);
    expect(calls.filter((call) => call.includes("destroy"))).toEqual([]);
    expect(stdout).toContain("wordpress-platform-dev is gone");
  });

  it.each([
    ["cannot be fetched", { "state list": "exit 1", "state pull": "echo AccessDenied >&2; exit 1" }, "AccessDenied"],
    ["cannot be read", { "state list": "echo Unsupported >&2; exit 1", "state pull": "echo '{}'" }, "Unsupported"],
  ])("does not take for gone what has a state that %s", (_, answers, reason) => {
    stub("terraform", answers);
    const { status, stderr, stdout, calls } = run("delete-automation-stack.sh", keys);
    expect(status).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr).toContain("the state of wordpress-service-dev cannot be read: nothing of it was destroyed");
    expect(stdout).not.toContain("is gone");
    expect(calls.filter((call) => call.includes("destroy"))).toEqual([]);
  });
});

describe("an install script", () => {
  const asRoot = (release: string) => {
    stub("id", { "": "echo 0" });
    stub("apt-get", {});
    stub("curl", { "": `while [ $# -gt 1 ]; do shift; done; echo key >"$1"` });
    stub("gpg", { "--show-keys": "echo fpr:::::::::$FINGERPRINT:" });
    for (const name of ["terraform", "packer", "docker", "ansible", "aws", "unzip"]) stub(name, {});
    writeFileSync(join(folder, "os-release"), release);
    return { OS_RELEASE: join(folder, "os-release"), APT_ROOT: folder };
  };
  const debian = "ID=debian\nVERSION_CODENAME=bookworm\n";
  const ubuntu = "ID=ubuntu\nVERSION_CODENAME=noble\n";
  const hashicorp = "798AEC654E5C15428C8E42EEAA16FCBCA621E701";
  const dockers = "9DC858229FC7DD38854AE2D88D81803C0EBFCD88";

  it.each([
    ["terraform", hashicorp, debian, "apt.releases.hashicorp.com", "terraform=1.14.8-1"],
    ["packer", hashicorp, ubuntu, "apt.releases.hashicorp.com", "packer=1.14.2-1"],
    ["docker", dockers, ubuntu, "download.docker.com/linux/ubuntu", "docker-ce"],
  ])("of %s trusts only the expected key, for its own repository (S2-36, S2-37, S2-38)", (name, FINGERPRINT, release, uri, packageName) => {
    const env = { ...asRoot(release), FINGERPRINT };
    const { status, calls } = run(`install/${name}.sh`, [], env);
    expect(status).toBe(0);
    expect(calls.some((call) => call.startsWith("apt-get install") && call.includes(packageName))).toBe(true);
    const list = name === "docker" ? "docker" : "hashicorp";
    const source = readFileSync(join(folder, "etc/apt/sources.list.d", `${list}.sources`), "utf8");
    expect(source).toContain(uri);
    expect(source).toContain(`Signed-By: ${folder}/etc/apt/keyrings/${list}.gpg`);
    expect(source).toContain(release.includes("noble") ? "Suites: noble" : "Suites: bookworm");
    expect(run(`install/${name}.sh`, [], env).status).toBe(0);
  });

  it("changes nothing when the key is not the expected one", () => {
    const { status, stderr } = run("install/terraform.sh", [], { ...asRoot(debian), FINGERPRINT: "0".repeat(40) });
    expect(status).toBe(2);
    expect(stderr).toContain(`is not ${hashicorp}; nothing was changed`);
    expect(existsSync(join(folder, "etc/apt/sources.list.d"))).toBe(false);
  });

  it("of Ansible takes the distribution's package, from no other source (S2-35)", () => {
    const { calls } = run("install/ansible.sh", [], asRoot(ubuntu));
    expect(calls.filter((call) => call.startsWith("apt-get"))).toEqual([
      "apt-get update",
      "apt-get install -y --no-install-recommends ansible",
    ]);
    expect(existsSync(join(folder, "etc"))).toBe(false);
  });

  it.each(["terraform", "packer", "docker", "ansible", "awscli"])("of %s refuses another distribution", (name) => {
    const { status, stderr, calls } = run(`install/${name}.sh`, [], asRoot("ID=fedora\nVERSION_CODENAME=x\n"));
    expect(status).toBe(2);
    expect(stderr).toContain("made for Debian and Ubuntu, this is 'fedora'");
    expect(calls.filter((call) => !call.startsWith("id"))).toEqual([]);
  });

  it("refuses to run as anybody but root", () => {
    const env = asRoot(debian);
    stub("id", { "": "echo 1000" });
    const { status, stderr } = run("install/docker.sh", [], env);
    expect([status, stderr]).toEqual([2, "docker.sh: run it as root, for example with sudo\n"]);
  });
});

describe("each script", () => {
  it.each([
    "automation-stack.sh",
    "delete-automation-stack.sh",
    ...["ansible", "awscli", "docker", "packer", "terraform"].map((name) => `install/${name}.sh`),
  ])("%s may be executed (S2-33)", (script) => {
    expect(spawnSync("test", ["-x", join(__dirname, script)]).status).toBe(0);
  });
});
