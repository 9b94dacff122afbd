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
  AWS_SESSION_TOKEN: "session-secret-4713",
  AWS_DB_PASS: "@w3s0m3 p'ss\"word $HOME",
  DOCKERHUB_PASS: "hub-secret-4712",
};
const given = {
  ...secrets,
  ...{ AWS_ACCESS_KEY_ID: "AKID", AWS_DEFAULT_REGION: "us-east-1", DOCKERHUB_USER: "someone" },
};

/** Who may reach the build machine: without that nothing is baked. */
const reach = ["-var", 'ssh_source_cidrs=["203.0.113.7/32"]'];
const origin = "https://example.org/dashboard.git";

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
    const { AWS_SESSION_TOKEN: _, ...exported } = given;
    const expected = Object.entries(exported).map(([variable, value]) => `${variable}=${value}`);
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
  const note =
    `replace-packer-ami.sh: now apply, in every environment that uses ${name}: npx cdktf deploy dashboard-<environment>.` +
    " Until then none of its machines can be replaced\n";
  /** AWS with these images of the name; what each is made of, and which launch templates name any. */
  function account(images: Readonly<Record<string, readonly string[]>>, templates = "echo None"): void {
    const snapshots = Object.entries(images).map(([id, held]) => `*"image-ids ${id} "*) echo "${held.join("\t")}" ;;`);
    const all = Object.keys(images).join("\t") || "";
    const users = `*launch-template-versions*) ${templates} ;;`;
    standIn("aws", `case "$* " in ${users} *Name=name,Values=${name}*) echo "${all}" ;; ${snapshots.join(" ")} esac`);
    standIn("packer");
    standIn("git", `case $* in *get-url*) echo ${origin} ;; *rev-parse*) echo 0123456789abcdef ;; esac`);
  }
  const packer = [
    `-var region=us-east-1 -var repository_url=${origin} -var commit=0123456789abcdef`,
    `${reach.join(" ")} packer/webworker-dashboard`,
  ].join(" ");
  /** Nothing that changes the account. */
  const expectNothingWithdrawn = () => expect(lines("aws").join("\n")).not.toMatch(/deregister|delete/);

  it("withdraws the image of the name, with its snapshots, and bakes the next one (S4-30 to S4-34)", () => {
    account({ "ami-0c026a148af4ecb35": ["snap-1", "snap-2"] });
    const { status, stdout, stderr } = run(script, reach);
    expect([status, stderr, stdout]).toEqual([
      ...[0, note],
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
      "ec2 describe-launch-template-versions --versions $Latest",
      "ec2 describe-images --image-ids ami-0c026a148af4ecb35",
      "ec2 deregister-image --image-id ami-0c026a148af4ecb35",
      "ec2 delete-snapshot --snapshot-id snap-1",
      "ec2 delete-snapshot --snapshot-id snap-2",
    ]);
    for (const line of lines("aws")) expect(line).toMatch(/ --region us-east-1$/);
    expect(lines("packer")).toEqual([
      ...["packer init -help", "packer init packer/plugins"],
      ...[`packer validate ${packer}`, `packer build ${packer}`],
    ]);
  });

  it("does without packer init where Packer has none", () => {
    account({});
    standIn("packer", '[ "$1" != init ]');
    expect(run(script, reach).status).toBe(0);
    expect(lines("packer").map((line) => line.split(" ")[1])).toEqual(["init", "validate", "build"]);
  });

  it("says which launch templates name the image, where it may ask, and what to do when it is baked", () => {
    account({ "ami-1": ["snap-1"] }, 'printf "dashboard-dev\\tdashboard-dev\\tdashboard-production\\n"');
    expect(run(script, reach).stderr).toBe(
      "replace-packer-ami.sh: these launch templates name ami-1, and start no machine until they are applied again: " +
        `dashboard-dev dashboard-production\n${note}`,
    );
    account({ "ami-1": ["snap-1"] }, "echo not allowed >&2; exit 254");
    expect(run(script, reach)).toMatchObject({ status: 0, stderr: note });
  });

  it("says that nothing can start when the image was withdrawn and not baked", () => {
    account({ "ami-1": ["snap-1"] });
    standIn("packer", '[ "$1" != build ]');
    const { status, stderr } = run(script, reach);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^replace-packer-ami\.sh: no image was baked: no machine of any environment .*\n$/),
    ]);
  });

  it.each([
    ["nothing", []],
    ["another variable", ["-var", "repository_branch=main"]],
    ["an empty profile", ["-var", "session_manager_profile="]],
    ["a file that says something else", ["-var-file", "FILE"]],
  ])("given %s, lets nobody in to bake, so withdraws nothing", (_, args) => {
    account({ "ami-1": ["snap-1"] });
    const file = join(folder, "vars.pkrvars.hcl");
    writeFileSync(file, 'repository_branch = "main"\n');
    const { status, stderr } = run(
      script,
      args.map((word) => word.replace("FILE", file)),
    );
    expect([status, stderr]).toEqual([
      1,
      "replace-packer-ami.sh: nobody may reach the build machine, Packer would wait in vain; nothing was withdrawn. " +
        `Give -var 'ssh_source_cidrs=["<your address>/32"]', or -var session_manager_profile=<instance profile>\n`,
    ]);
    expectNothingWithdrawn();
    expect(lines("packer")).toEqual([]);
  });

  it.each([
    ["-var", ["-var", "session_manager_profile=builder"], {}, ""],
    ["-var=", ["-var=session_manager_profile=builder"], {}, ""],
    ["--var", ["--var", "session_manager_profile=builder"], {}, ""],
    ["-var-file", ["-var-file", "FILE"], {}, 'ssh_source_cidrs = ["203.0.113.7/32"]\n'],
    ["-var-file=, in JSON", ["-var-file=FILE"], {}, '{ "session_manager_profile": "builder" }\n'],
    ["the environment", [], { PKR_VAR_session_manager_profile: "builder" }, ""],
  ])("takes who may reach the build machine from %s", (_, args, more, text) => {
    account({});
    const file = join(folder, "vars.pkrvars.hcl");
    writeFileSync(file, text);
    const words = args.map((word) => word.replace("FILE", file));
    expect(run(script, words, { ...given, ...more })).toMatchObject({ status: 0, stderr: note });
    expect(lines("packer").at(-1)).toContain(words.join(" "));
  });

  it("takes the repository from a file of variables too, and says when there is no such file", () => {
    account({});
    const file = join(folder, "vars.pkrvars.hcl");
    writeFileSync(file, 'repository_url = "https://example.org/fork.git"\nrepository_branch = "main"\n');
    expect(run(script, [...reach, "-var-file", file]).status).toBe(0);
    expect(lines("packer").at(-1)).not.toContain(origin);
    expect(lines("git")).toContain("git ls-remote --exit-code https://example.org/fork.git refs/heads/main");
    const { status, stderr } = run(script, [...reach, "-var-file", "/nowhere"]);
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("cannot read /nowhere; a -var-file is looked for in"),
    ]);
  });

  it.each([
    [[], "master"],
    [["-var", "repository_branch=main"], "main"],
  ])("withdraws nothing when the repository has no such branch: %j", (args, branch) => {
    account({ "ami-1": ["snap-1"] });
    standIn("git", `case $* in *get-url*) echo ${origin} ;; *ls-remote*) exit 2 ;; esac`);
    const { status, stderr } = run(script, [...reach, ...args]);
    expect([status, stderr]).toEqual([
      1,
      `replace-packer-ami.sh: there is no branch ${branch} in ${origin}, or it cannot be reached from here; nothing was withdrawn\n`,
    ]);
    expect(lines("git").at(-1)).toBe(`git ls-remote --exit-code ${origin} refs/heads/${branch}`);
    expectNothingWithdrawn();
  });

  it("does not withdraw in one region to bake in another", () => {
    account({ "ami-1": ["snap-1"] });
    const { status, stderr } = run(script, [...reach, "-var", "region=eu-west-3"]);
    expect([status, stderr]).toEqual([
      1,
      "replace-packer-ami.sh: AWS_DEFAULT_REGION is us-east-1, but the image would be baked in eu-west-3; nothing was withdrawn\n",
    ]);
    expectNothingWithdrawn();
  });

  it("bakes the first one where there is none", () => {
    account({});
    const { status, stdout } = run(script, reach);
    expect([status, stdout]).toEqual([
      0,
      `De-registering AMI with name ${name}, if one exists\nNo image has that name\n`,
    ]);
    expect(lines("packer").at(-1)).toBe(`packer build ${packer}`);
  });

  it("withdraws all of them where somebody has made several", () => {
    account({ "ami-1": ["snap-1"], "ami-2": ["None"] });
    const { stdout } = run(script, reach);
    expect(stdout.match(/Image deregistered/g)).toHaveLength(2);
    expect(stdout).not.toContain("Snapshot None");
  });

  it("hands arguments to Packer, and withdraws nothing that Packer would not bake again", () => {
    account({ "ami-1": ["snap-1"] });
    run(script, [...reach, "-var", "repository_url=https://example.org/fork.git", "-var", "repository_branch=main"]);
    expect(lines("packer").at(-1)).toContain(
      "-var repository_url=https://example.org/fork.git -var repository_branch=main",
    );
    expect(lines("packer").at(-1)).not.toContain("dashboard.git");
    standIn("packer", '[ "$1" != validate ]');
    const before = lines("aws").length;
    const { status, stderr } = run(script, reach);
    expect([status, stderr]).toEqual([
      1,
      "replace-packer-ami.sh: packer refuses these arguments; nothing was withdrawn\n",
    ]);
    expect(lines("aws")).toHaveLength(before);
  });

  it("stops where AWS refuses, before it bakes", () => {
    account({ "ami-1": ["snap-1"] });
    standIn("aws", 'case $* in *deregister*) echo "not allowed" >&2; exit 254 ;; *describe*) echo ami-1 ;; esac');
    expect(run(script, reach).status).toBe(254);
    expect(lines("packer").at(-1)).toMatch(/^packer validate /);
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
    const { status, output } = trace(script, reach);
    expect(status).toBe(0);
    for (const secret of [secrets.AWS_DB_PASS, secrets.DOCKERHUB_PASS]) expect(output).not.toContain(secret);
    expectSecretsKept({
      ...{ AWS_SECRET_ACCESS_KEY: /^(aws|packer)$/, AWS_SESSION_TOKEN: /^(aws|packer)$/ },
      DOCKERHUB_PASS: /^packer$/,
    });
    const build = calls().find(({ line }) => line.startsWith("packer build"))!;
    const { AWS_DB_PASS: _, ...needed } = secrets;
    for (const secret of Object.values(needed)) expect(build.environment).toContain(secret);
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
    inRegion("us-east-1");
    script = join(copy, "run.sh");
    standIn("packer");
    standIn("npm");
    standIn("git", "case $* in *get-url*) echo https://example.org/dashboard.git ;; *rev-parse*) exit 1 ;; esac");
    standIn("terraform", "case $* in *output*) echo arn:secret ;; esac");
    held('{"username":"dashboard_app","password":"generated"}');
  });
  const inRegion = (region: string) =>
    writeFileSync(
      join(folder, "project/cdktf.out/stacks/dashboard-dev/cdk.tf.json"),
      JSON.stringify({ provider: { aws: [{ region }] } }),
    );
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

  it("synthesizes, bakes, and lets Terraform ask (S4-07, S4-08, S4-44)", () => {
    const { status, stderr } = run(script, reach);
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^replace-packer-ami\.sh: now apply, .*\n$/)]);
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
      ...["npm run", "packer init", "packer init", "packer validate", "packer build"],
      ...["terraform init", "terraform apply", "terraform output"],
    ]);
    expect(lines().join("\n")).not.toContain("auto-approve");
    const stack = join(folder, "project/cdktf.out/stacks/dashboard-dev");
    expect(lines("terraform")[1]).toBe(`terraform -chdir=${stack} apply`);
  });

  it("bakes and applies nothing in a region that is not the stack's", () => {
    inRegion("eu-west-3");
    const { status, stderr } = run(script, reach);
    expect([status, stderr]).toEqual([
      1,
      "run.sh: the stack is for eu-west-3, but AWS_DEFAULT_REGION is us-east-1; nothing was baked or applied. " +
        "Correct one of them: the region in environments/dev.yaml, or export AWS_DEFAULT_REGION=eu-west-3\n",
    ]);
    expect(lines().filter((line) => !line.startsWith("npm "))).toEqual([]);
  });

  it("stores no password over one that it could not read", () => {
    standIn("aws", 'case $* in *get-secret-value*) echo "no such secret" >&2; exit 254 ;; esac');
    const { status, stderr } = run(script, ["--keep-image"]);
    expect([status, stderr]).toEqual([
      1,
      "no such secret\nrun.sh: cannot read the secret arn:secret; AWS_DB_PASS was stored nowhere. " +
        "Run again with --keep-image when that is mended\n",
    ]);
    expect(lines("aws").join("\n")).not.toContain("put-secret-value");
  });

  it("makes AWS_DB_PASS the application's password, in a request that no argument list shows (S4-16, S4-25, S4-43)", () => {
    const { stdout } = run(script, ["--keep-image"]);
    expect(stdout).toContain("AWS_DB_PASS is the application's password in Secrets Manager now");
    const request = JSON.parse(readFileSync(join(folder, "put"), "utf8"));
    expect(request.SecretId).toBe("arn:secret");
    expect(JSON.parse(request.SecretString)).toEqual({ username: "dashboard_app", password: secrets.AWS_DB_PASS });
    expect(lines("packer")).toEqual([]);
    for (const line of lines("aws")) expect(line).toContain(" --region us-east-1 ");
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
    expect(run(script, reach).status).not.toBe(0);
    expect(lines("packer").at(-1)).toContain("packer build");
    expect(lines("terraform")).toEqual([]);
    standIn("terraform", "case $* in *apply*) exit 1 ;; esac");
    expect(run(script, ["--keep-image"]).status).toBe(1);
    expect(existsSync(join(folder, "put"))).toBe(false);
  });

  it("gives no program a secret that it does not need, and shows none even when traced (S4-26, S4-27)", () => {
    const { status, output } = trace(script, reach);
    expect(status).toBe(0);
    for (const secret of Object.values(secrets)) expect(output).not.toContain(secret);
    const toAws = /^(aws|terraform|packer)$/;
    expectSecretsKept({ AWS_SECRET_ACCESS_KEY: toAws, AWS_SESSION_TOKEN: toAws, DOCKERHUB_PASS: /^packer$/ });
    for (const { environment } of calls().filter((call) => toAws.test(call.program) && !/ init /.test(call.line))) {
      expect(environment).toContain(secrets.AWS_SESSION_TOKEN);
    }
  });
});
