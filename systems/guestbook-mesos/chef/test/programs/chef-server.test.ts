import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeWith, type Requirement } from "../../../../../e2e/support/requirements";
import { ruby } from "../converge";
import { python, Stage } from "./stage";

const own = "i-0123456789abcdef0";
const openssl: Requirement = existsSync("/usr/bin/openssl")
  ? { name: "OpenSSL" }
  : { name: "OpenSSL", missing: "install openssl" };
const repository = join(__dirname, "../..");
let stage: Stage;
let env: Record<string, string>;

beforeEach(async () => {
  stage = await Stage.make();
  const data = stage.path("data");
  for (const name of ["keys", "backup", "bundle"]) mkdirSync(join(data, name), { recursive: true });
  stage.node(
    { backup: { bucket: "backups", prefix: "management/" } },
    { chef: { validatorSecretArn: "arn:validator", bucket: "cookbooks" } },
  );
  const fqdn = "management.guestbook-mesos-dev.internal";
  stage.write("certificates/management.guestbook-mesos-dev.internal.crt", "CERTIFICATE\n");
  const status = await stage.serve(({ path }) =>
    path === "/_status" ? { body: { status: "pong" } } : { status: 404 },
  );
  env = {
    CHEF_SERVER_SETTINGS: stage.write("chef-server.json", { fqdn, organization: "guestbook", data }),
    CHEF_SERVER_CONFIGURATION: stage.write("cinc-server.rb", "api_fqdn 'x'\n"),
    CHEF_SERVER_MANIFEST: stage.write("version-manifest.txt", "cinc-server 15.10.91\n"),
    ...{ CHEF_SERVER_CERTIFICATES: stage.path("certificates"), CHEF_SERVER_CONFIGURED: stage.path("configured") },
    ...{
      CHEF_SERVER_STATUS: `http://127.0.0.1:${status}/_status`,
      CHEF_SERVER_SECONDS: "20",
      KNIFE_CONFIGURATION: "/k.rb",
    },
  };
});
afterEach(() => stage.close());

const run = (job: string) => stage.run(`guestbook_chef_server/chef-server-${job}`, { env });

/** `cinc-server-ctl` as far as it is called: what was made is in files, and made twice is an error, as it is there. */
function server(): void {
  stage.command(
    "cinc-server-ctl",
    `
state=$STAGE/server
mkdir -p "$state"
once() { [ ! -e "$state/$1" ] || { echo "ERROR: $1 exists already" >&2; exit 1; }; echo "$2" >"$state/$1"; }
case "$1" in
  fails) exit 1 ;;
  reconfigure) ;;
  user-list) ls "$state" | sed -n 's/^user-//p' ;;
  user-create) once "user-$2" "$6" ;;
  list-user-keys) sed -n 's/^/name: /p' "$state/key-$2" 2>/dev/null || true ;;
  add-user-key) [ -s "$4" ] && echo "$6" >>"$state/key-$2" ;;
  org-list) ls "$state" | sed -n 's/^org-//p' ;;
  org-create) once "org-$2" x; [ ! -e "$STAGE/interrupt" ] || exit 1 ;;
  org-user-add) ;;
  list-client-keys) sed -n 's/^/name: /p' "$state/client-$3" 2>/dev/null || true ;;
  add-client-key) [ -s "$5" ] && echo "$7" >>"$state/client-$3" ;;
  backup) [ -e "$STAGE/no-backup" ] || echo archive >"$STAGE/data/backup/chef-backup-$(wc -l <"$STAGE/calls").tgz" ;;
  *) echo "unknown: $*" >&2; exit 2 ;;
esac`,
  );
}

/** Secrets Manager, which keeps what it is given. */
function secrets(): void {
  stage.command(
    "aws",
    `case "$*" in
  *put-secret-value*) for word; do case $word in file://*) cat "\${word#file://}" >"$STAGE/secret" ;; esac; done ;;
  *get-secret-value*) [ -e "$STAGE/secret" ] || { echo "ResourceNotFoundException: no value" >&2; exit 254; }
    jq -Rs '{SecretString: .}' <"$STAGE/secret" 2>/dev/null || python3 -c 'import json,sys; print(json.dumps({"SecretString": sys.stdin.read()}))' <"$STAGE/secret" ;;
  *) exit 255 ;;
esac`,
  );
}

const jobs = () => stage.calls("cinc-server-ctl").map((call) => call.split(" ").slice(1, 3).join(" "));

describeWith("the first boot of the Chef server", [python, openssl], () => {
  beforeEach(() => {
    server();
    secrets();
  });

  it("configures it, makes the organization, and gives machines what they register with (S1-47)", async () => {
    const { code, stderr } = await run("setup");
    expect([code, stderr]).toEqual([0, ""]);
    expect(jobs()).toEqual([
      ...["reconfigure", "user-list", "user-create slipway", "list-user-keys slipway", "add-user-key slipway"],
      ...["org-list", "org-create guestbook", "org-user-add guestbook", "list-client-keys guestbook"],
      "add-client-key guestbook",
    ]);
    const { validator, certificate } = JSON.parse(stage.read("secret"));
    expect(validator).toBe(stage.read("data/keys/validator.pem"));
    expect(validator).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
    expect(certificate).toBe("CERTIFICATE\n");
    expect(stage.read("data/keys/trusted_certs/management.guestbook-mesos-dev.internal.crt")).toBe("CERTIFICATE\n");
  });

  it("does nothing the second time, and tells nobody a secret", async () => {
    await run("setup");
    stage.forget();
    const { code, stdout } = await run("setup");
    expect([code, stdout]).toEqual([0, ""]);
    const lists = ["user-list", "list-user-keys slipway", "org-list", "list-client-keys guestbook"];
    expect(jobs()).toEqual(lists);
    expect(stage.calls("aws").some((call) => call.includes("put-secret-value"))).toBe(false);
    for (const name of ["validator.pem", "slipway.pem"]) {
      expect(statSync(stage.path(`data/keys/${name}`)).mode & 0o777).toBe(0o600);
    }
    expect(readdirSync(stage.path("run"))).toEqual([]);
  });

  it("goes on where it was interrupted: nothing is made twice, and no key is lost", async () => {
    stage.write("interrupt", "");
    expect(await run("setup")).toMatchObject({ code: 1, stderr: expect.stringContaining("org-create") });
    const key = stage.read("data/keys/slipway.pem");
    rmSync(stage.path("interrupt"));
    stage.forget();
    expect(await run("setup")).toMatchObject({ code: 0, stderr: "" });
    expect(stage.read("data/keys/slipway.pem")).toBe(key);
    expect(jobs().filter((job) => /create/.test(job))).toEqual([]);
    expect(jobs()).toContain("org-user-add guestbook");
    expect(stage.has("secret")).toBe(true);
  });

  it("configures the server again on a machine that replaces another one, and keeps all that the volume has", async () => {
    await run("setup");
    const secret = stage.read("secret");
    rmSync(stage.path("configured"));
    stage.forget();
    await run("setup");
    expect(jobs()[0]).toBe("reconfigure");
    expect(stage.read("secret")).toBe(secret);
  });

  it("configures it again when its configuration or its version is another one", async () => {
    await run("setup");
    for (const file of ["cinc-server.rb", "version-manifest.txt"]) {
      stage.write(file, "another\n");
      stage.forget();
      await run("setup");
      expect(jobs()[0]).toBe("reconfigure");
    }
  });

  it("tells the machines a certificate that has changed", async () => {
    await run("setup");
    stage.write("certificates/management.guestbook-mesos-dev.internal.crt", "ANOTHER\n");
    expect((await run("setup")).stdout).toContain("machines can register");
    expect(JSON.parse(stage.read("secret")).certificate).toBe("ANOTHER\n");
  });

  it("shows no password when a command fails", async () => {
    stage.command("cinc-server-ctl", 'case "$1" in user-create) exit 3 ;; user-list|reconfigure) ;; *) exit 1 ;; esac');
    const { code, stderr } = await run("setup");
    expect(code).toBe(1);
    const [, password = ""] = /user-create slipway Slipway Machine \S+ (\S{40,}) /.exec(stage.calls().join("\n"))!;
    expect(stderr).toContain("user-create slipway Slipway Machine slipway@localhost.localdomain --filename");
    expect(stderr).not.toContain(password);
  });

  it("waits for an answer, and says so when there is none", async () => {
    env.CHEF_SERVER_STATUS = `http://127.0.0.1:${await stage.nobody()}/_status`;
    env.CHEF_SERVER_SECONDS = "1";
    expect(await run("setup")).toMatchObject({ code: 1, stderr: expect.stringContaining("not after 1 s") });
    expect(stage.has("secret")).toBe(false);
  });
});

describeWith("the upload of cookbooks", [python, ruby], () => {
  /** The bucket is a folder. */
  const bucket = () => stage.path("bucket");
  const knife = () => stage.calls("knife").map((call) => call.replaceAll(stage.folder, ""));

  beforeEach(() => {
    for (const part of ["cookbooks", "roles", "environments"]) {
      cpSync(join(repository, part), join(bucket(), part), { recursive: true });
    }
    stage.write("data/ready", "");
    stage.command("knife");
    stage.command(
      "aws",
      `case "$*" in
  *list-objects-v2*) cd "$STAGE/bucket" && /usr/bin/python3 -c '
import glob, hashlib, json, os
paths = [p for p in glob.glob("**/*", recursive=True) if os.path.isfile(p)]
print(json.dumps({"Contents": [{"Key": p, "ETag": hashlib.md5(open(p, "rb").read()).hexdigest()} for p in paths]}))' ;;
  *"s3 sync"*) rm -rf "$STAGE/data/bundle/incoming" && cp -r "$STAGE/bucket" "$STAGE/data/bundle/incoming" ;;
  *) exit 255 ;;
esac`,
    );
  });

  it("brings the repository as it is, the pins of the environments last (S1-50, S1-53)", async () => {
    expect(await run("upload")).toMatchObject({ code: 0, stderr: "" });
    const names = (part: string) =>
      readdirSync(join(repository, part))
        .sort()
        .map((name) => `/data/bundle/incoming/${part}/${name}`)
        .join(" ");
    expect(knife()).toEqual([
      "knife cookbook upload --all --cookbook-path /data/bundle/incoming/cookbooks --config /k.rb",
      `knife role from file ${names("roles")} --config /k.rb`,
      `knife environment from file ${names("environments")} --config /k.rb`,
    ]);
  });

  it("does nothing while the bucket is the same, without a download", async () => {
    await run("upload");
    stage.forget();
    expect(await run("upload")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(stage.calls().map((call) => call.split(" ").slice(0, 3).join(" "))).toEqual(["aws s3api list-objects-v2"]);
  });

  it("waits for a server that is not set up yet", async () => {
    rmSync(stage.path("data/ready"));
    expect(await run("upload")).toMatchObject({ code: 0, stdout: "the Chef server is not set up yet\n" });
    expect(stage.calls()).toEqual([]);
  });

  it("is tried again when knife fails", async () => {
    stage.command("knife", "exit 1");
    expect((await run("upload")).code).toBe(1);
    stage.command("knife");
    expect((await run("upload")).stdout).toMatch(/^uploaded \d+ cookbooks\n$/);
  });

  it.each([
    [
      "Ruby",
      "cookbooks/guestbook_marathon/recipes/default.rb",
      "service 'marathon' do\n",
      /recipes\/default\.rb: .*syntax error/,
    ],
    [
      "a template",
      "cookbooks/guestbook_marathon/templates/environment.erb",
      "<% if true %>",
      /environment\.erb: .*syntax error/,
    ],
    ["JSON", "roles/marathon.json", "{", /roles\/marathon\.json: /],
    [
      "a program",
      "cookbooks/guestbook_marathon/files/marathon-credential",
      "#!/usr/bin/python3\ndef (:\n",
      /marathon-credential: invalid syntax/,
    ],
    [
      "a role of a cookbook that is nowhere",
      "roles/marathon.json",
      '{ "run_list": ["recipe[nowhere::x]"] }',
      /roles\/marathon\.json: there is no cookbook nowhere/,
    ],
    [
      "a pin of a version that is nowhere",
      "environments/dev.json",
      '{ "cookbook_versions": { "guestbook_marathon": "= 9.0.0" } }',
      /environments\/dev\.json: there is no guestbook_marathon = 9\.0\.0/,
    ],
  ])("refuses %s that is broken, and the server keeps what it has (S1-54)", async (_, path, text, said) => {
    await run("upload");
    stage.forget();
    stage.write(`bucket/${path}`, text);
    const { code, stderr } = await run("upload");
    expect([code, stderr]).toEqual([1, expect.stringMatching(said)]);
    expect(stderr).toMatch(/^refused, the server keeps what it has:\n/);
    expect(knife()).toEqual([]);
  });

  it("refuses another content under a version that the server has, until the version is raised (S1-53)", async () => {
    await run("upload");
    stage.forget();
    const home = "bucket/cookbooks/guestbook_marathon";
    stage.write(`${home}/attributes/default.rb`, `${stage.read(`${home}/attributes/default.rb`)}# changed\n`);
    expect((await run("upload")).stderr).toContain(
      "cookbooks/guestbook_marathon: is not the 1.0.0 that the server has; raise its version, and the pins",
    );
    expect(knife()).toEqual([]);
    stage.write(`${home}/metadata.rb`, stage.read(`${home}/metadata.rb`).replace("'1.0.0'", "'1.1.0'"));
    // The pin still names the version before, which the server has.
    expect((await run("upload")).code).toBe(0);
  });

  it("keeps what the server has when the bucket is empty", async () => {
    rmSync(bucket(), { recursive: true });
    mkdirSync(bucket());
    expect(await run("upload")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("s3://cookbooks: holds no cookbooks/"),
    });
  });
});

describeWith("machines that are gone", [python], () => {
  const [alive, gone, stopped] = ["i-0aaaaaaaaaaaaaaaa", "i-0bbbbbbbbbbbbbbbb", "i-0cccccccccccccccc"];
  const reservations = (...states: [string, string][]) => ({
    Reservations: states.map(([id, name]) => ({ Instances: [{ InstanceId: id, State: { Name: name } }] })),
  });

  beforeEach(() => {
    stage.write("data/ready", "");
    stage.answers("knife", {
      "node list": `${alive}\n${gone}\n${stopped}\nlaptop\n`,
      "client list": `${alive}\n${gone}\nguestbook-validator\n`,
      delete: "",
    });
  });

  it("are forgotten as nodes and as clients, and nothing else is (S1-58)", async () => {
    stage.answers("aws", {
      "describe-instances": reservations(
        [own, "running"],
        [alive!, "running"],
        [stopped!, "stopped"],
        [gone!, "terminated"],
      ),
    });
    const { code, stdout } = await run("prune");
    expect([code, stdout]).toEqual([0, `deleted node ${gone}\ndeleted client ${gone}\n`]);
    expect(stage.calls("knife").filter((call) => call.includes("delete"))).toEqual([
      `knife node delete ${gone} --yes --config /k.rb`,
      `knife client delete ${gone} --yes --config /k.rb`,
    ]);
    expect(stage.calls("aws")[0]).toContain(`--filters Name=instance-id,Values=${own},${alive},${gone},${stopped}`);
  });

  it("are none when EC2 does not know the machine that asks: it is asked in the wrong place", async () => {
    stage.answers("aws", { "describe-instances": reservations() });
    expect(await run("prune")).toMatchObject({ code: 1, stderr: expect.stringContaining("nothing is deleted") });
    expect(stage.calls("knife").filter((call) => call.includes("delete"))).toEqual([]);
  });

  it("are none when EC2 does not answer", async () => {
    stage.answers("aws", { "describe-instances": { fails: "RequestLimitExceeded" } });
    expect((await run("prune")).code).toBe(1);
    expect(stage.calls("knife").filter((call) => call.includes("delete"))).toEqual([]);
  });
});

describeWith("the backup of the Chef server", [python], () => {
  beforeEach(() => {
    server();
    stage.answers("aws", { "s3 cp": "" });
    stage.write("data/ready", "");
  });

  it("goes to the bucket, and two of them stay", async () => {
    for (let night = 0; night < 3; night++) {
      expect(await run("backup")).toMatchObject({ code: 0, stderr: "" });
    }
    expect(readdirSync(stage.path("data/backup"))).toHaveLength(2);
    expect(stage.calls("aws")).toHaveLength(3);
    expect(stage.calls("aws")[0]).toMatch(/s3 cp \S+\/(chef-backup-\d+\.tgz) s3:\/\/backups\/management\/chef\/\1 /);
  });

  it("is no backup when there is no archive", async () => {
    stage.write("no-backup", "");
    expect(await run("backup")).toMatchObject({ code: 1, stderr: expect.stringContaining("left no archive") });
  });

  it("is missed by nobody before the server is set up", async () => {
    rmSync(stage.path("data/ready"));
    expect((await run("backup")).code).toBe(0);
    expect(stage.calls()).toEqual([]);
  });
});
