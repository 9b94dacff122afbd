import { execFile, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const files = join(__dirname, "../cookbooks/guestbook_frontend/files");
const allocation = "eipalloc-0123456789abcdef0";
const [me, other] = ["i-0aaaaaaaaaaaaaaa0", "i-0bbbbbbbbbbbbbbb0"];

/** An AWS that knows one address. `refusals` are said before anything is done, one per call. */
const stub = `#!/usr/bin/env -S python3 -SE
import json, os, sys
home = os.environ["STUB"]
with open(home + "/calls", "a") as calls: calls.write(" ".join(sys.argv[1:]) + "\\n")
with open(home + "/cloud.json") as file: cloud = json.load(file)
what, given = sys.argv[2], dict(zip(sys.argv[3::2], sys.argv[4::2]))
if what == "associate-address" and cloud["refusals"]:
    refusal = cloud["refusals"].pop(0)
    with open(home + "/cloud.json", "w") as file: json.dump(cloud, file)
    sys.exit(refusal)
if cloud["down"]: sys.exit("Could not connect to the endpoint URL")
answer = {}
if what == "describe-addresses":
    assert given["--allocation-ids"] == "${allocation}"
    held = {"InstanceId": cloud["holder"], "AssociationId": "eipassoc-" + str(cloud["number"])} if cloud["holder"] else {}
    answer = {"Addresses": [{"AllocationId": "${allocation}", **held}]}
    if cloud["overtaken"]: cloud.update(holder=cloud["overtaken"], number=cloud["number"] + 1, overtaken=None)
if what == "associate-address":
    assert given["--allocation-id"] == "${allocation}" and "--allow-reassociation" in sys.argv
    cloud.update(holder=given["--instance-id"], number=cloud["number"] + 1)
if what == "disassociate-address":
    if given["--association-id"] != "eipassoc-" + str(cloud["number"]): sys.exit("InvalidAssociationID.NotFound")
    cloud["holder"] = None
with open(home + "/cloud.json", "w") as file: json.dump(cloud, file)
print(json.dumps(answer))
`;

interface Cloud {
  readonly holder: string | null;
  /** Grows with each association. */
  readonly number: number;
  readonly refusals: readonly string[];
  readonly down: boolean;
  /** Who takes the address as soon as somebody has looked at it. */
  readonly overtaken: string | null;
}

let home: string;
let metadata: Server;
let tokens: (string | undefined)[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "slipway-front-end-"));
  for (const folder of ["bin", "run"]) mkdirSync(join(home, folder));
  command("aws", stub);
  cloud({});
  writeFileSync(
    join(home, "node.json"),
    JSON.stringify({
      region: "eu-west-1",
      attributes: { guestbook_mesos: { frontend: { allocation_id: allocation } } },
    }),
  );
  tokens = [];
  metadata = createServer(({ method, url, headers }, answer) => {
    if (method === "PUT" && url === "/latest/api/token") return answer.end("the-token");
    tokens.push(headers["x-aws-ec2-metadata-token"] as string | undefined);
    answer.writeHead(url === "/latest/meta-data/instance-id" ? 200 : 404).end(me);
  });
  await new Promise<void>((listening) => metadata.listen(0, "127.0.0.1", listening));
});

afterEach(() => {
  metadata.closeAllConnections();
  metadata.close();
  rmSync(home, { recursive: true });
});

const read = (name: string) => (existsSync(join(home, name)) ? readFileSync(join(home, name), "utf8") : "");
const state = (): Cloud => JSON.parse(read("cloud.json"));
const cloud = (given: Partial<Cloud>) =>
  writeFileSync(
    join(home, "cloud.json"),
    JSON.stringify({
      ...{ holder: null, number: 1, refusals: [], down: false, overtaken: null },
      ...given,
    }),
  );
const calls = () =>
  read("calls")
    .split("\n")
    .filter(Boolean)
    .map((call) => call.split(" ")[1]);

function command(name: string, text: string): void {
  writeFileSync(join(home, "bin", name), text);
  chmodSync(join(home, "bin", name), 0o755);
}

const environment = () => ({
  PATH: `${join(home, "bin")}:${process.env.PATH}`,
  STUB: home,
  SLIPWAY_NODE: join(home, "node.json"),
  SLIPWAY_RUN: join(home, "run"),
  SLIPWAY_NGINX: join(home, "nginx"),
  SLIPWAY_NGINX_KEPT: join(home, "kept/nginx.tar"),
  SLIPWAY_PROGRAMS: join(home, "bin"),
  SLIPWAY_PACE: "0.01",
  SLIPWAY_HEALTH_URL: `${url()}/healthz`,
  AWS_EC2_METADATA_SERVICE_ENDPOINT: url(),
  PYTHONDONTWRITEBYTECODE: "1",
});
const url = () => `http://127.0.0.1:${(metadata.address() as AddressInfo).port}`;

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, ...args: string[]): Promise<Finished> {
  return new Promise((finished) => {
    execFile(program, args, { env: environment() }, (error, stdout, stderr) =>
      finished({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
const eip = (...args: string[]) => run(join(files, "eip"), ...args);

describe("the Elastic IP (S1-45)", () => {
  it.each([
    ["by Heartbeat, which names it", [allocation, "start"]],
    ["by keepalived, which does not", ["start"]],
  ])("is taken from the other front end when started %s, and that is verified", async (_, words) => {
    cloud({ holder: other });
    expect(await eip(...words)).toMatchObject({ code: 0, stderr: `eip: ${allocation} is here\n` });
    expect(state().holder).toBe(me);
    expect(calls()).toEqual(["describe-addresses", "associate-address", "describe-addresses"]);
    expect(read("calls")).toMatch(/^(.* --region eu-west-1 --output json --cli-connect-timeout 2 .*\n)+$/);
    expect(tokens.every((token) => token === "the-token")).toBe(true);
  });

  it("is not taken twice", async () => {
    cloud({ holder: me });
    expect(await eip("start")).toMatchObject({ code: 0 });
    expect(calls()).toEqual(["describe-addresses"]);
  });

  it("lets others find their secrets in memory, also where it is the first program of a boot", async () => {
    rmSync(join(home, "run"), { recursive: true });
    cloud({ holder: me });
    expect(await eip("start")).toMatchObject({ code: 0 });
    expect(statSync(join(home, "run")).mode & 0o777).toBe(0o711);
  });

  it("can be started by a link of any name, as Heartbeat has one in resource.d", async () => {
    symlinkSync(join(files, "eip"), join(home, "bin/eip"));
    expect(await run(join(home, "bin/eip"), allocation, "start")).toMatchObject({ code: 0 });
  });

  it("is tried for again while AWS refuses, as a role just born may", async () => {
    cloud({ refusals: ["UnauthorizedOperation", "RequestLimitExceeded"] });
    const { code, stderr } = await eip("start");
    expect(code).toBe(0);
    expect(stderr).toContain(`${allocation} is not here yet: UnauthorizedOperation`);
    expect(state().holder).toBe(me);
  });

  it("is given up after ten tries, with what AWS said last", async () => {
    cloud({ down: true });
    const { code, stderr } = await eip("start");
    expect(code).toBe(1);
    expect(stderr.split("\n").filter((line) => line.includes("Could not connect"))).toHaveLength(10);
    expect(stderr).toContain("gave up after 10 tries");
  });

  it("is tried for no longer once the machine shall not have it", async () => {
    command("aws", '#!/bin/sh\nrm -f "$SLIPWAY_RUN/eip.wanted"\nexit 1\n');
    const { code, stderr } = await eip("start");
    expect({ code, last: stderr.trim().split("\n").pop() }).toEqual({ code: 1, last: "eip: stopped in the meantime" });
  });

  it("is given away by a stop of the machine that has it", async () => {
    cloud({ holder: me });
    expect(await eip(allocation, "stop")).toMatchObject({ code: 0 });
    expect(state().holder).toBeNull();
  });

  it("stays with the winner when the loser stops late", async () => {
    cloud({ holder: other });
    expect(await eip("stop")).toMatchObject({ code: 0 });
    expect(calls()).toEqual(["describe-addresses"]);
    expect(state().holder).toBe(other);
  });

  it("stays with the winner that takes it between the look and the release", async () => {
    cloud({ holder: me, overtaken: other });
    expect(await eip("stop")).toMatchObject({ code: 0 });
    expect(calls()).toEqual(["describe-addresses", "disassociate-address"]);
    expect(state().holder).toBe(other);
  });

  it("can be stopped without AWS: Heartbeat would reboot the machine over an error", async () => {
    cloud({ holder: me, down: true });
    expect(await eip("stop")).toMatchObject({ code: 0, stderr: expect.stringContaining("is left where it is") });
  });

  it.each([
    ["status", me, 0, "running\n"],
    ["status", other, 3, "stopped\n"],
    ["status", null, 3, "stopped\n"],
    ["monitor", me, 0, "running\n"],
    ["monitor", other, 7, "stopped\n"],
  ])("tells by %s when %s has it: %i", async (action, holder, code, stdout) => {
    cloud({ holder });
    expect(await eip(allocation, action)).toMatchObject({ code, stdout });
  });

  it("claims neither when AWS does not say", async () => {
    cloud({ holder: me, down: true });
    expect(await eip("status")).toMatchObject({ code: 1, stdout: "" });
  });

  it("comes back to who shall have it, but only when nobody has it", async () => {
    expect(await eip("keep")).toMatchObject({ code: 0 });
    expect(calls()).toEqual([]);
    await eip("start");
    cloud({ holder: other });
    await eip("keep");
    expect(state().holder).toBe(other);
    cloud({ holder: null });
    await eip("keep");
    expect(state().holder).toBe(me);
    await eip("stop");
    await eip("keep");
    expect(state().holder).toBeNull();
  });

  it.each([
    [["restart"], "want one of keep, monitor, start, status, stop, got restart"],
    [[], "got nothing"],
    [["vol-1", "start"], "want the id of an allocation such as eipalloc-0123456789abcdef0, got 'vol-1'"],
    [[allocation, "start", "now"], "got start now"],
  ])("refuses %j before anything is asked", async (words, complaint) => {
    const { code, stderr } = await eip(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(complaint);
    expect(calls()).toEqual([]);
  });

  it("says what is wrong with the settings of the machine", async () => {
    writeFileSync(join(home, "node.json"), "{}");
    const { code, stderr } = await eip("start");
    expect(code).toBe(1);
    expect(stderr).toContain("node.json: want region and attributes.guestbook_mesos.frontend");
    expect(stderr).not.toContain("Traceback");
  });
});

describe("the key of Heartbeat (S1-44)", () => {
  const key = () => run(join(files, "heartbeat-key"));
  const secret = (text: string) => writeFileSync(join(home, "run/heartbeat/secret"), text);

  beforeEach(() => mkdirSync(join(home, "run/heartbeat")));

  it("is in memory, for root alone, as Heartbeat wants it", async () => {
    secret("sixteen letters or more\n");
    expect(await key()).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect(read("run/heartbeat/authkeys")).toMatch(/^auth 1\n1 sha1 [0-9a-f]{64}\n$/);
    expect(statSync(join(home, "run/heartbeat/authkeys")).mode & 0o777).toBe(0o600);
  });

  it("is the same on both machines, and another for another secret", async () => {
    const keys: string[] = [];
    for (const text of ["sixteen letters or more", "sixteen letters or more\n", "another text of some length"]) {
      secret(text);
      await key();
      keys.push(read("run/heartbeat/authkeys"));
    }
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it("is not made of a short secret, which is not said either", async () => {
    secret("guest");
    expect(await key()).toEqual({
      ...{ code: 1, stdout: "" },
      stderr: `heartbeat-key: ${join(home, "run")}/heartbeat/secret: want 16 characters or more\n`,
    });
  });

  it("keeps Heartbeat from starting where there is no secret", async () => {
    expect(await key()).toMatchObject({ code: 1, stderr: expect.stringContaining("fetch-secret brings it") });
  });
});

describe("the certificate of the front door", () => {
  const fetch = () => run(join(files, "front-end-certificate"), "arn:certificate");
  const certificate = () => read("run/tls/certificate.pem");

  beforeEach(() => {
    mkdirSync(join(home, "run/tls"));
    command("fetch-secret", '#!/bin/sh\n[ "$1 $2 $3" = "--arn arn:certificate --to" ] && cp "$STUB/secret" "$4"\n');
    command(
      "nginx",
      '#!/bin/sh\n! grep -q bad "$SLIPWAY_RUN/tls/certificate.pem" || { echo "[emerg] bad" >&2; exit 1; }\n',
    );
    command("systemctl", '#!/bin/sh\necho "systemctl $*" >> "$STUB/calls"\n');
    writeFileSync(join(home, "secret"), "first");
  });

  it("is there before nginx starts, and loaded when it is another one", async () => {
    expect(await fetch()).toMatchObject({ code: 0 });
    expect({ certificate: certificate(), calls: read("calls") }).toEqual({ certificate: "first", calls: "" });
    await fetch();
    expect(read("calls")).toBe("");
    writeFileSync(join(home, "secret"), "second");
    await fetch();
    expect(certificate()).toBe("second");
    expect(read("calls")).toBe("systemctl --quiet is-active nginx\nsystemctl reload nginx\n");
  });

  it("stays the one before where nginx refuses the new one", async () => {
    await fetch();
    writeFileSync(join(home, "secret"), "bad");
    expect(await fetch()).toMatchObject({ code: 1, stderr: expect.stringContaining("[emerg] bad") });
    expect({ certificate: certificate(), calls: read("calls") }).toEqual({ certificate: "first", calls: "" });
  });
});

describe("the configuration of nginx (S1-40)", () => {
  const apply = (name = "conf.d/upstream-guestbook.conf") => run(join(files, "nginx-apply"), name);
  const target = () => read("nginx/conf.d/upstream-guestbook.conf");

  beforeEach(() => {
    for (const folder of ["nginx/conf.d", "run/nginx/conf.d"]) mkdirSync(join(home, folder), { recursive: true });
    writeFileSync(join(home, "nginx/conf.d/upstream-guestbook.conf"), "old");
    writeFileSync(join(home, "run/nginx/conf.d/upstream-guestbook.conf"), "new");
    // Refuses what says so.
    command(
      "nginx",
      '#!/bin/sh\necho "nginx $*" >> "$STUB/calls"\n! grep -q bad "$SLIPWAY_NGINX"/conf.d/*.conf || { echo "[emerg] bad" >&2; exit 1; }\n',
    );
    command(
      "systemctl",
      '#!/bin/sh\necho "systemctl $*" >> "$STUB/calls"\n[ ! -e "$STUB/down" ] || [ "$2" != is-active ]\n',
    );
  });

  it("is tested first, and then loaded", async () => {
    expect(await apply()).toMatchObject({ code: 0, stderr: "" });
    expect(target()).toBe("new");
    expect(read("calls")).toBe("nginx -t -q\nsystemctl --quiet is-active nginx\nsystemctl reload nginx\n");
    expect(existsSync(join(home, "nginx/conf.d/upstream-guestbook.conf.before"))).toBe(false);
  });

  it("stays as it was where nginx refuses the new one, and is not loaded", async () => {
    writeFileSync(join(home, "run/nginx/conf.d/upstream-guestbook.conf"), "bad");
    expect(await apply()).toMatchObject({ code: 1, stderr: expect.stringContaining("[emerg] bad") });
    expect(target()).toBe("old");
    expect(read("calls")).toBe("nginx -t -q\n");
  });

  it("has no file more where nginx refuses one that is new", async () => {
    writeFileSync(join(home, "run/nginx/conf.d/limits.conf"), "bad");
    expect(await apply("conf.d/limits.conf")).toMatchObject({ code: 1 });
    expect(existsSync(join(home, "nginx/conf.d/limits.conf"))).toBe(false);
  });

  it("is not touched where nothing is new, and not loaded where nginx does not run", async () => {
    writeFileSync(join(home, "down"), "");
    await apply();
    expect(read("calls")).not.toContain("reload");
    await apply();
    expect(read("calls")).toBe("nginx -t -q\nsystemctl --quiet is-active nginx\n");
  });

  it.each(["", "nginx.conf", "../x.conf"])("takes no file %j", async (name) => {
    expect(await apply(name)).toMatchObject({ code: 2 });
  });
});

describe("the configuration of nginx, when a converge has written it", () => {
  const accept = () => run(join(files, "nginx-accept"));
  const write = (name: string, text: string) => writeFileSync(join(home, "nginx", name), text);
  const written = () =>
    Object.fromEntries(
      readdirSync(join(home, "nginx"), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".conf"))
        .map((name) => [name, read(join("nginx", name))]),
    );
  const good = {
    "nginx.conf": "main",
    "conf.d/server-guestbook.conf": "one",
    "conf.d/upstream-guestbook.conf": "here",
  };

  beforeEach(() => {
    for (const folder of ["nginx/conf.d", "nginx/stream.d"]) mkdirSync(join(home, folder), { recursive: true });
    for (const [name, text] of Object.entries(good)) write(name, text);
    command("nginx", '#!/bin/sh\n! grep -rq bad "$SLIPWAY_NGINX" || { echo "[emerg] bad" >&2; exit 1; }\n');
  });

  it("stays where nginx takes it", async () => {
    expect(await accept()).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(written()).toEqual(good);
  });

  it("is put back where nginx refuses it, so that a restart finds the one before; consul-template's files stay", async () => {
    await accept();
    write("nginx.conf", "bad");
    write("conf.d/server-guestbook.conf", "two");
    write("stream.d/server-mail.conf", "new");
    write("conf.d/upstream-guestbook.conf", "there");
    const { code, stderr } = await accept();
    expect([code, stderr]).toEqual([1, expect.stringMatching(/puts back the one before it:\n\[emerg\] bad/)]);
    expect(written()).toEqual({ ...good, "conf.d/upstream-guestbook.conf": "there" });
    expect(await accept()).toMatchObject({ code: 0 });
  });

  it("is put back to the last one that nginx took, and not to the first", async () => {
    await accept();
    write("conf.d/server-guestbook.conf", "two");
    await accept();
    write("conf.d/server-guestbook.conf", "bad");
    expect(await accept()).toMatchObject({ code: 1 });
    expect(written()).toEqual({ ...good, "conf.d/server-guestbook.conf": "two" });
  });

  it("stays as it is, and fails the converge, where there was none before", async () => {
    write("nginx.conf", "bad");
    expect(await accept()).toMatchObject({ code: 1, stderr: expect.stringContaining("has none before it") });
    expect(written()).toEqual({ ...good, "nginx.conf": "bad" });
  });
});

describe("the watch over nginx (S1-44)", () => {
  let healthy: boolean;

  beforeEach(() => {
    healthy = true;
    metadata.removeAllListeners("request");
    metadata.on("request", (_, answer) => answer.writeHead(healthy ? 200 : 502).end());
    command("hb_standby", '#!/bin/sh\necho "hb_standby $*" >> "$STUB/calls"\n');
    writeFileSync(join(home, "run/eip.wanted"), "");
    cloud({ holder: me });
  });

  /** Runs until its words contain some text, or some checks are through. */
  async function watch(ha: string, until: (said: string) => boolean): Promise<string> {
    const child = spawn(join(files, "front-end-watch"), [ha], { env: environment() });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
    const ended = new Promise((resolve) => child.on("close", resolve));
    const end = Date.now() + 50_000;
    while (!until(said) && Date.now() < end) await new Promise((wake) => setTimeout(wake, 20));
    child.kill();
    await ended;
    expect(until(said), said).toBe(true);
    return said;
  }
  /** Counts the checks, of which the answer is `healthy`. */
  const checks = () => {
    let count = 0;
    metadata.on("request", () => {
      count += 1;
    });
    return () => count;
  };

  it("has Heartbeat hand over when nginx fails three checks in a row", async () => {
    healthy = false;
    const said = await watch("heartbeat", () => read("calls").includes("hb_standby"));
    expect(said).toContain("nginx has failed 3 checks in a row; the other front end shall have the address");
    expect(read("calls")).toMatch(/^hb_standby \n/);
  });

  it("does nothing where the other has the address", async () => {
    healthy = false;
    rmSync(join(home, "run/eip.wanted"));
    const count = checks();
    await watch("heartbeat", () => count() > 20);
    expect(read("calls")).toBe("");
  });

  it("counts from the beginning after each check that succeeds", async () => {
    let number = 0;
    metadata.removeAllListeners("request");
    metadata.on("request", (_, answer) => {
      number += 1;
      answer.writeHead(number % 3 === 0 ? 200 : 502).end();
    });
    await watch("heartbeat", () => number > 12);
    expect(read("calls")).not.toContain("hb_standby");
  });

  it("leaves the check to keepalived where that runs", async () => {
    healthy = false;
    const count = checks();
    await watch("keepalived", () => count() > 8);
    expect(read("calls")).not.toContain("hb_standby");
  });

  it("looks now and then whether an address that shall be here has been lost", async () => {
    await watch("keepalived", () => calls().length > 0);
    expect(calls()[0]).toBe("describe-addresses");
  });
});
