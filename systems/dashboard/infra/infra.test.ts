import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const infra = __dirname;
const project = join(infra, "../../..");
const name = "rescale-dashboard-ami-prod";
const secrets = {
  AWS_SECRET_ACCESS_KEY: "aws-secret-4711",
  AWS_DB_PASS: "@w3s0m3 p'ss\"word $HOME",
  DOCKERHUB_PASS: "hub-secret-4712",
};
const given = {
  ...secrets,
  ...{ AWS_ACCESS_KEY_ID: "AKID", AWS_DEFAULT_REGION: "us-east-1", DOCKERHUB_USER: "someone" },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-infra-"));
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "calls"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A stand-in for a program: notes its arguments and environment, then does what `script` says. */
function standIn(program: string, script = ""): void {
  const file = join(folder, "bin", program);
  const note = [
    `n=$(ls "${folder}/calls" | wc -l)`,
    `{ printf '%s\\n' "${program} $*"; env; } >"${folder}/calls/$(printf %03d "$n")-${program}"`,
  ];
  writeFileSync(file, ["#!/bin/sh", ...note, script, ""].join("\n"));
  chmodSync(file, 0o755);
}

interface Call {
  readonly program: string;
  readonly line: string;
  readonly environment: string;
}

function calls(): Call[] {
  return readdirSync(join(folder, "calls"))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, "calls", file), "utf8");
      const [line = "", ...environment] = text.split("\n");
      return { program: file.slice(4), line, environment: environment.join("\n") };
    });
}
const lines = (program?: string) =>
  calls()
    .filter((call) => !program || call.program === program)
    .map(({ line }) => line);

function run(script: string, args: readonly string[] = [], environment: Readonly<Record<string, string>> = given) {
  const path = [join(folder, "bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
  const env = { PATH: path, HOME: folder, ...environment };
  const { status, stdout, stderr } = spawnSync("bash", [script, ...args], {
    env,
    encoding: "utf8",
    cwd: folder,
  });
  return { status, stdout, stderr, output: stdout + stderr };
}
const trace = (script: string, args: readonly string[] = [], environment = given) => {
  const path = [join(folder, "bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
  const env = { PATH: path, HOME: folder, ...environment };
  const { status, stdout, stderr } = spawnSync("bash", ["-x", script, ...args], { env, encoding: "utf8", cwd: folder });
  return { status, output: stdout + stderr };
};

/** No secret in any argument list, and in the environment of only those programs that need it. */
function expectSecretsKept(need: Readonly<Record<string, RegExp>>): void {
  for (const { program, line, environment } of calls()) {
    for (const [variable, secret] of Object.entries(secrets)) {
      expect(line).not.toContain(secret);
      if (!need[variable]?.test(program)) expect(`${program}: ${environment}`).not.toContain(secret);
    }
  }
}

describe("get-creds.sh", () => {
  const script = join(infra, "scripts/get-creds.sh");
  const entries: Record<string, string> = {
    "aws/aws_access_key_id": given.AWS_ACCESS_KEY_ID,
    "aws/aws_secret_access_key": given.AWS_SECRET_ACCESS_KEY,
    "aws/aws_default_region": given.AWS_DEFAULT_REGION,
    "aws/vpc/aws_db_pass": given.AWS_DB_PASS,
    "dockerhub/dockerhub_user": given.DOCKERHUB_USER,
    "dockerhub/dockerhub_pass": given.DOCKERHUB_PASS,
  };
  /** `pass` with these entries; notes follow the first line of each. */
  function pass(known: Readonly<Record<string, string>>): void {
    mkdirSync(join(folder, "store"));
    for (const [entry, value] of Object.entries(known)) {
      writeFileSync(join(folder, "store", entry.replaceAll("/", "_")), `${value}\nlogin: a note\n`);
    }
    const file = `"${folder}/store/$(echo "$2" | tr / _)"`;
    standIn("pass", `[ -f ${file} ] || { echo "Error: $2 is not in the password store." >&2; exit 1; }; cat ${file}`);
  }
  const show = `env | grep -E '^(AWS_|DOCKERHUB_)' | sort`;
  const source = (shell: string, before = "", after = show) => {
    const path = [join(folder, "bin"), "/usr/bin", "/bin"].join(delimiter);
    const text = `${before}\n. ${script}\necho "status $?"\n${after}\n`;
    const { stdout, stderr } = spawnSync(shell, ["-c", text], { env: { PATH: path, HOME: folder }, encoding: "utf8" });
    return { stdout, stderr };
  };

  it.each([
    "sh",
    "bash",
  ])("sourced by %s, exports the six entries of pass (S4-16 to S4-21, S4-23, S4-24, S4-R05)", (shell) => {
    pass(entries);
    const { stdout, stderr } = source(shell);
    const expected = Object.entries(given).map(([variable, value]) => `${variable}=${value}`);
    expect(stderr).toBe("");
    expect(stdout.trim().split("\n")).toEqual(["status 0", ...expected.sort()]);
    expect(lines("pass").sort()).toEqual(
      Object.keys(entries)
        .map((entry) => `pass show ${entry}`)
        .sort(),
    );
  });

  it("does without an account of the registry: that is only to push (S4-22)", () => {
    const { "dockerhub/dockerhub_pass": _, ...rest } = entries;
    pass(rest);
    const { stdout } = source("sh");
    expect(stdout).toContain("status 0");
    expect(stdout).not.toContain("DOCKERHUB");
  });

  it("names what is missing, exports nothing, and does not end the shell", () => {
    const { "aws/vpc/aws_db_pass": _, "aws/aws_default_region": __, ...rest } = entries;
    pass(rest);
    const { stdout, stderr } = source("sh");
    expect(stdout).toBe("status 1\n");
    expect(stderr).toBe(
      "get-creds.sh: pass has nothing under: aws/aws_default_region aws/vpc/aws_db_pass; enter it with: pass insert NAME\n",
    );
  });

  it("says what to install where there is no pass", () => {
    const { stderr } = source("sh", `PATH=${join(folder, "bin")}; command() { return 1; }`, "");
    expect(stderr).toContain("get-creds.sh: install pass");
  });

  it.each(["sh", "bash"])("shows nothing to a shell %s that traces, and lets it trace on (S4-27)", (shell) => {
    pass(entries);
    const { stderr } = source(shell, "set -x", "echo still; set +x");
    for (const secret of Object.values(secrets)) expect(stderr).not.toContain(secret);
    expect(stderr).toMatch(/^\+ echo still$/m);
  });

  it("refuses to be run: that would help nobody", () => {
    pass(entries);
    const { status, stderr } = run(script);
    expect([status, calls()]).toEqual([2, []]);
    expect(stderr).toContain(`source it: . ${script}`);
  });
});

describe("replace-packer-ami.sh", () => {
  const script = join(infra, "scripts/replace-packer-ami.sh");
  /** AWS with these images of the name; and what each is made of. */
  function account(images: Readonly<Record<string, readonly string[]>>): void {
    const snapshots = Object.entries(images).map(([id, held]) => `*"image-ids ${id} "*) echo "${held.join("\t")}" ;;`);
    const all = Object.keys(images).join("\t") || "";
    standIn("aws", `case "$* " in *Name=name,Values=${name}*) echo "${all}" ;; ${snapshots.join(" ")} esac`);
    standIn("packer");
    standIn(
      "git",
      `case $* in *get-url*) echo https://example.org/dashboard.git ;; *rev-parse*) echo 0123456789abcdef ;; esac`,
    );
  }
  const packer = [
    "-var region=us-east-1 -var repository_url=https://example.org/dashboard.git -var commit=0123456789abcdef",
    "packer/webworker-dashboard",
  ].join(" ");

  it("withdraws the image of the name, with its snapshots, and bakes the next one (S4-30 to S4-34)", () => {
    account({ "ami-0c026a148af4ecb35": ["snap-1", "snap-2"] });
    const { status, stdout } = run(script);
    expect([status, stdout]).toEqual([
      0,
      [
        `De-registering AMI with name ${name}, if one exists`,
        `${name} id is ami-0c026a148af4ecb35`,
        "Image deregistered",
        "Snapshot snap-1 deleted",
        "Snapshot snap-2 deleted",
        "",
      ].join("\n"),
    ]);
    expect(lines("aws").map((line) => line.split(" ").slice(1, 5).join(" "))).toEqual([
      "ec2 describe-images --owners self",
      "ec2 describe-images --image-ids ami-0c026a148af4ecb35",
      "ec2 deregister-image --image-id ami-0c026a148af4ecb35",
      "ec2 delete-snapshot --snapshot-id snap-1",
      "ec2 delete-snapshot --snapshot-id snap-2",
    ]);
    expect(lines("packer")).toEqual([`packer validate ${packer}`, `packer build ${packer}`]);
  });

  it("bakes the first one where there is none", () => {
    account({});
    const { status, stdout } = run(script);
    expect([status, stdout]).toEqual([
      0,
      `De-registering AMI with name ${name}, if one exists\nNo image has that name\n`,
    ]);
    expect(lines("packer")).toHaveLength(2);
  });

  it("withdraws all of them where somebody has made several", () => {
    account({ "ami-1": ["snap-1"], "ami-2": ["None"] });
    const { stdout } = run(script);
    expect(stdout.match(/Image deregistered/g)).toHaveLength(2);
    expect(stdout).not.toContain("Snapshot None");
  });

  it("hands arguments to Packer, and withdraws nothing that Packer would not bake again", () => {
    account({ "ami-1": ["snap-1"] });
    run(script, ["-var", "repository_url=https://example.org/fork.git", "-var", "repository_branch=main"]);
    expect(lines("packer")[1]).toContain(
      "-var repository_url=https://example.org/fork.git -var repository_branch=main",
    );
    expect(lines("packer")[1]).not.toContain("dashboard.git");
    standIn("packer", '[ "$1" != validate ]');
    const before = lines("aws").length;
    const { status, stderr } = run(script);
    expect([status, stderr]).toEqual([
      1,
      "replace-packer-ami.sh: packer refuses these arguments; nothing was withdrawn\n",
    ]);
    expect(lines("aws")).toHaveLength(before);
  });

  it("stops where AWS refuses, before it bakes", () => {
    account({ "ami-1": ["snap-1"] });
    standIn("aws", 'case $* in *deregister*) echo "not allowed" >&2; exit 254 ;; *describe*) echo ami-1 ;; esac');
    expect(run(script).status).toBe(254);
    expect(lines("packer").map((line) => line.split(" ")[1])).toEqual(["validate"]);
  });

  it.each([
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_DEFAULT_REGION",
  ] as const)("needs %s (S4-17 to S4-19)", (variable) => {
    account({});
    const { status, stderr } = run(script, [], { ...given, [variable]: "" });
    expect([status, stderr]).toEqual([
      1,
      `replace-packer-ami.sh: ${variable} is not set; source scripts/get-creds.sh, or export it\n`,
    ]);
    expect(calls()).toEqual([]);
  });

  it("gives no program a secret that it does not need, and shows none even when traced (S4-26, S4-27)", () => {
    account({ "ami-1": ["snap-1"] });
    const { status, output } = trace(script);
    expect(status).toBe(0);
    for (const secret of [secrets.AWS_DB_PASS, secrets.DOCKERHUB_PASS]) expect(output).not.toContain(secret);
    expectSecretsKept({ AWS_SECRET_ACCESS_KEY: /./, DOCKERHUB_PASS: /^packer$/ });
    const build = calls().find(({ line }) => line.startsWith("packer build"))!;
    expect(build.environment).toContain(secrets.DOCKERHUB_PASS);
  });
});

describe("run.sh", () => {
  let script: string;
  /** A project with the script and what it calls, so that the real one stays as it is. */
  beforeEach(() => {
    const copy = join(folder, "project/systems/dashboard/infra");
    cpSync(infra, copy, { recursive: true });
    mkdirSync(join(folder, "project/packer"), { recursive: true });
    cpSync(join(project, "packer/images.json"), join(folder, "project/packer/images.json"));
    mkdirSync(join(folder, "project/cdktf.out/stacks/dashboard-dev"), { recursive: true });
    script = join(copy, "run.sh");
    standIn("packer");
    standIn("npm");
    standIn("git", "case $* in *get-url*) echo https://example.org/dashboard.git ;; *) exit 1 ;; esac");
    standIn("terraform", "case $* in *output*) echo arn:secret ;; esac");
    held('{"username":"dashboard_app","password":"generated"}');
  });
  /** What Secrets Manager holds; and where it notes what it is given. */
  const held = (secret: string) =>
    standIn(
      "aws",
      `case "$*" in
        *get-secret-value*) cat <<'END'\n${JSON.stringify({ SecretString: secret })}\nEND
        ;;
        *put-secret-value*) for word in "$@"; do case $word in file://*) cp "\${word#file://}" "${folder}/put" ;; esac; done ;;
      esac`,
    );

  it("bakes, synthesizes, and lets Terraform ask (S4-07, S4-08, S4-44)", () => {
    const { status, stderr } = run(script);
    expect([status, stderr]).toEqual([0, ""]);
    const order = lines()
      .filter((line) => !/^(git|aws)/.test(line))
      .map((line) =>
        line
          .split(" ")
          .filter((word) => !word.startsWith("-"))
          .slice(0, 2)
          .join(" "),
      );
    expect(order).toEqual([
      ...["packer init", "packer init", "packer validate", "packer build", "npm run"],
      ...["terraform init", "terraform apply", "terraform output"],
    ]);
    expect(lines().join("\n")).not.toContain("auto-approve");
    const stack = join(folder, "project/cdktf.out/stacks/dashboard-dev");
    expect(lines("terraform")[1]).toBe(`terraform -chdir=${stack} apply`);
  });

  it("does without packer init where Packer has none", () => {
    standIn("packer", '[ "$1" != init ]');
    expect(run(script).status).toBe(0);
    expect(lines("packer").filter((line) => line.startsWith("packer init"))).toEqual(["packer init -help"]);
  });

  it("makes AWS_DB_PASS the application's password, in a request that no argument list shows (S4-16, S4-25, S4-43)", () => {
    const { stdout } = run(script, ["--keep-image"]);
    expect(stdout).toContain("AWS_DB_PASS is the application's password in Secrets Manager now");
    const request = JSON.parse(readFileSync(join(folder, "put"), "utf8"));
    expect(request.SecretId).toBe("arn:secret");
    expect(JSON.parse(request.SecretString)).toEqual({ username: "dashboard_app", password: secrets.AWS_DB_PASS });
    expect(lines("packer")).toEqual([]);
    const file = lines("aws").at(-1)!.split("file://")[1]!;
    expect(existsSync(file)).toBe(false);
  });

  it("stores nothing a second time, and nothing where the password stays", () => {
    held(JSON.stringify({ username: "dashboard_app", password: secrets.AWS_DB_PASS }));
    expect(run(script, ["--keep-image"]).stdout).toContain("in Secrets Manager already");
    const { AWS_DB_PASS: _, ...rest } = given;
    expect(run(script, ["--keep-image", "--keep-password"], rest)).toMatchObject({ status: 0 });
    expect(existsSync(join(folder, "put"))).toBe(false);
  });

  it("says in one line what is not set, and starts nothing (S4-16 to S4-19)", () => {
    const { status, stderr } = run(script, [], {});
    expect([status, stderr]).toEqual([
      1,
      "run.sh: not set: AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_DEFAULT_REGION AWS_DB_PASS; source scripts/get-creds.sh, or export them\n",
    ]);
    expect(calls()).toEqual([]);
  });

  it("knows the environments that have a dashboard", () => {
    const { status, stderr } = run(script, ["--environment", "staging", "--keep-image"]);
    expect([status, stderr]).toEqual([
      1,
      "run.sh: environments/staging.yaml describes no dashboard: there is no cdktf.out/stacks/dashboard-staging\n",
    ]);
    expect(run(script, ["--environment", "../x"]).stderr).toContain("--environment wants a name");
  });

  it("stops when an image cannot be baked, or the answer is not yes", () => {
    standIn("packer", '[ "$1" != build ]');
    expect(run(script).status).not.toBe(0);
    expect(lines("terraform")).toEqual([]);
    standIn("terraform", "case $* in *apply*) exit 1 ;; esac");
    expect(run(script, ["--keep-image"]).status).toBe(1);
    expect(existsSync(join(folder, "put"))).toBe(false);
  });

  it("gives no program a secret that it does not need, and shows none even when traced (S4-26, S4-27)", () => {
    const { status, output } = trace(script);
    expect(status).toBe(0);
    for (const secret of Object.values(secrets)) expect(output).not.toContain(secret);
    // replace-packer-ami.sh calls git with what it has itself.
    expectSecretsKept({ AWS_SECRET_ACCESS_KEY: /^(aws|terraform|packer|git)$/, DOCKERHUB_PASS: /^packer$/ });
    for (const { program, environment } of calls().filter((call) => call.program === "npm")) {
      expect(`${program} ${environment}`).not.toContain(secrets.AWS_SECRET_ACCESS_KEY);
    }
  });
});
