import { execFile } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const program = join(__dirname, "attach-volume");
const volume = "vol-0123456789abcdef0";
const [me, other] = ["i-0aaaaaaaaaaaaaaa0", "i-0bbbbbbbbbbbbbbb0"];

/** An EC2 that knows one volume. Each look at the volume moves time on by one step of its story. */
const ec2 = `#!/usr/bin/env python3
import json, os, sys
home = os.environ["STUB"]
with open(home + "/calls", "a") as calls: calls.write(" ".join(sys.argv[1:]) + "\\n")
with open(home + "/cloud.json") as file: cloud = json.load(file)
what, given = sys.argv[2], dict(zip(sys.argv[3::2], sys.argv[4::2]))
answer = {}
if what == "describe-volumes":
    if cloud["story"]: cloud.update(cloud["story"].pop(0))
    with open(home + "/cloud.json", "w") as file: json.dump(cloud, file)
    if cloud.get("refusal"): sys.exit(cloud["refusal"])
    held = [dict(zip(("InstanceId", "State"), cloud["held"]))] if cloud["held"] else []
    answer = {"Volumes": [{"State": "in-use" if held else "available", "Attachments": held}]}
if what == "describe-instances":
    state = cloud["machines"].get(given["--instance-ids"])
    if state is None: sys.exit("An error occurred (InvalidInstanceID.NotFound)")
    answer = {"Reservations": [{"Instances": [{"State": {"Name": state}}]}]}
if what == "attach-volume":
    if cloud["held"]: sys.exit("An error occurred (VolumeInUse)")
    cloud["held"] = [given["--instance-id"], "attached"]
    os.symlink(home + "/disk", home + "/by-id/nvme-Amazon_Elastic_Block_Store_vol0123456789abcdef0")
if what == "detach-volume": cloud["held"] = None
with open(home + "/cloud.json", "w") as file: json.dump(cloud, file)
print(json.dumps(answer))
`;

interface Cloud {
  readonly held?: readonly [machine: string, state: string] | null;
  readonly machines?: Readonly<Record<string, string>>;
  readonly refusal?: string;
  readonly story?: readonly Cloud[];
}

let home: string;
let service: Server;
let tokens: string[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "slipway-volume-"));
  for (const folder of ["bin", "by-id", "data"]) mkdirSync(join(home, folder));
  writeFileSync(join(home, "fstab"), "# the machine's own\nPARTUUID=1 / ext4 rw 0 1\n");
  command("aws", ec2);
  // What only root may do on a real machine: that of the test is left alone.
  command("mount", '#!/bin/sh\necho "$@" >> "$STUB/mounts"\n');
  command("mountpoint", '#!/bin/sh\ngrep -qx "$2" "$STUB/mounts" 2>/dev/null\n');
  blank();
  cloud({});
  tokens = [];
  service = createServer((request, response) => {
    if (request.method === "PUT") return response.end("the-token");
    tokens.push(`${request.headers["x-aws-ec2-metadata-token"]}`);
    response.end(JSON.stringify({ instanceId: me, region: "eu-west-1" }));
  });
  await new Promise<void>((listening) => service.listen(0, "127.0.0.1", listening));
});

afterEach(() => {
  service.close();
  rmSync(home, { recursive: true });
});

const read = (name: string) => (existsSync(join(home, name)) ? readFileSync(join(home, name), "utf8") : "");
const calls = () =>
  read("calls")
    .split("\n")
    .filter(Boolean)
    .map((call) => call.split(" ")[1]);
const cloud = (state: Cloud) =>
  writeFileSync(join(home, "cloud.json"), JSON.stringify({ held: null, machines: {}, story: [], ...state }));
const link = () =>
  symlinkSync(join(home, "disk"), join(home, "by-id/nvme-Amazon_Elastic_Block_Store_vol0123456789abcdef0"));

function command(name: string, text: string): void {
  writeFileSync(join(home, "bin", name), text);
  chmodSync(join(home, "bin", name), 0o755);
}

function blank(): void {
  writeFileSync(join(home, "disk"), "");
  truncateSync(join(home, "disk"), 16 * 1024 * 1024);
}

interface Finished {
  readonly code: number;
  readonly output: string;
}

function start(...more: string[]): Promise<Finished> {
  const { port } = service.address() as AddressInfo;
  const path = join(home, "data");
  const places = ["--devices", join(home, "by-id"), "--fstab", join(home, "fstab")];
  const given = ["--volume", volume, "--label", "puppet", "--path", path, "--pause", "0.05", "--patience", "5"];
  const env = {
    PATH: `${join(home, "bin")}:/usr/sbin:/sbin:${process.env.PATH}`,
    STUB: home,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port}`,
  };
  return new Promise((finished) => {
    execFile(program, [...given, ...places, ...more], { env }, (error, stdout, stderr) =>
      finished({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

function labelOf(disk: string): Promise<string> {
  return new Promise((finished) => {
    const probe = ["-p", "-o", "value", "-s", "LABEL", disk];
    execFile("/usr/sbin/blkid", probe, (_, stdout) => finished(stdout.trim()));
  });
}

function sizeOf(disk: string): Promise<number> {
  return new Promise((finished) => {
    execFile("/usr/sbin/dumpe2fs", ["-h", disk], (_, stdout) => {
      const number = (of: string) => Number(new RegExp(`^${of}: +(\\d+)`, "m").exec(stdout)?.[1]);
      finished(number("Block count") * number("Block size"));
    });
  });
}

describe("the volume of a machine", () => {
  it("is attached, formatted and mounted by a machine that boots for the first time (S0-42)", async () => {
    expect(await start()).toEqual({ code: 0, output: expect.stringContaining("is blank, gets a file system") });
    expect(calls()).toEqual(["describe-volumes", "attach-volume", "describe-volumes"]);
    expect(read("calls")).toContain(
      `attach-volume --volume-id ${volume} --instance-id ${me} --device /dev/sdf --region eu-west-1 --output json`,
    );
    expect(await labelOf(join(home, "disk"))).toBe("puppet");
    expect(read("mounts")).toBe(`${join(home, "data")}\n`);
  });

  it("belongs to a machine that proves who it is by a token of the metadata service", async () => {
    await start();
    expect(tokens).toEqual(["the-token"]);
  });

  it("is mounted by its label at later boots, and holds none of them up", async () => {
    await start();
    expect(read("fstab")).toBe(
      `# the machine's own\nPARTUUID=1 / ext4 rw 0 1\nLABEL=puppet ${join(home, "data")} ext4 noatime,nodev,nosuid,nofail,x-systemd.device-timeout=10s 0 2\n`,
    );
  });

  it("keeps its data, and gets nothing twice, however often this runs", async () => {
    // On a file system that is mounted, as it is not here, nothing to do is nothing written.
    command("resize2fs", "#!/bin/sh\necho 'Nothing to do!' >&2\n");
    await start();
    const [disk, fstab] = [readFileSync(join(home, "disk")), read("fstab")];
    expect(await start()).toEqual({ code: 0, output: "" });
    expect(calls().slice(3)).toEqual(["describe-volumes"]);
    expect(readFileSync(join(home, "disk")).equals(disk)).toBe(true);
    expect(read("fstab")).toBe(fstab);
    expect(read("mounts").split("\n")).toHaveLength(2);
  });

  it("has all of its size for the file system at the next boot after it has grown, with its data", async () => {
    await start();
    truncateSync(join(home, "disk"), 48 * 1024 * 1024);
    expect(await start()).toEqual({ code: 0, output: "" });
    expect(await sizeOf(join(home, "disk"))).toBe(48 * 1024 * 1024);
    expect(await labelOf(join(home, "disk"))).toBe("puppet");
    expect(await start()).toEqual({ code: 0, output: "" });
  });

  it("is at work all the same where its file system cannot grow", async () => {
    command("resize2fs", "#!/bin/sh\necho 'resize2fs: Permission denied' >&2\nexit 1\n");
    const { code, output } = await start();
    expect([code, read("mounts")]).toEqual([0, `${join(home, "data")}\n`]);
    expect(output).toContain("keeps its size: resize2fs: Permission denied");
  });

  it("gets one entry for its path, in place of an older one", async () => {
    writeFileSync(join(home, "fstab"), `LABEL=old ${join(home, "data")} ext4 defaults 0 2\n`);
    await start();
    expect(read("fstab")).toMatch(/^LABEL=puppet .*\n$/);
  });
});

describe("a volume that another machine has", () => {
  it("is waited for while that machine runs, and never taken from it", async () => {
    cloud({ held: [other, "attached"], machines: { [other]: "running" } });
    const { code, output } = await start("--patience", "1");
    expect(code).not.toBe(0);
    expect(output).toContain(`${volume} belongs to ${other}, which is running; it is not taken away from there`);
    expect(output).toContain("gave up waiting");
    expect(calls()).not.toContain("detach-volume");
    expect(calls()).not.toContain("attach-volume");
    expect(calls().length).toBeGreaterThan(2);
  });

  it.each(["pending", "stopping", "shutting-down"])("is not taken from a machine that is %s either", async (state) => {
    cloud({ held: [other, "attached"], machines: { [other]: state } });
    expect((await start("--patience", "0")).output).toContain(`which is ${state}`);
    expect(calls()).toEqual(["describe-volumes", "describe-instances"]);
  });

  it("is attached as soon as that machine has ended", async () => {
    const shuttingDown: Cloud = { held: [other, "attached"], machines: { [other]: "shutting-down" } };
    cloud({ story: [shuttingDown, { held: [other, "detaching"] }, { held: null }] });
    const { code, output } = await start();
    expect(code).toBe(0);
    expect(output).toContain(`is leaving ${other}`);
    expect(calls()).not.toContain("detach-volume");
    expect(calls().slice(-2)).toEqual(["attach-volume", "describe-volumes"]);
  });

  it.each([
    ["stopped", { [other]: "stopped" }],
    ["forgotten", {}],
  ])("is taken from one that is %s", async (_, machines) => {
    cloud({ held: [other, "attached"], machines });
    expect((await start()).code).toBe(0);
    expect(read("calls")).toContain(`detach-volume --volume-id ${volume} --instance-id ${other} `);
    expect(calls()).toContain("attach-volume");
  });
});

describe("a call that AWS refuses", () => {
  it("is made again: the rights of a young machine take their time", async () => {
    cloud({ story: [{ refusal: "UnauthorizedOperation: not yet" }, { refusal: "" }] });
    const { code, output } = await start();
    expect(code).toBe(0);
    expect(output).toContain("is not to be had: UnauthorizedOperation: not yet");
  });

  it("ends the program when it stays refused, with AWS's own words", async () => {
    cloud({ refusal: "InvalidVolume.NotFound" });
    const { code, output } = await start("--patience", "1");
    expect(code).toBe(1);
    expect(output).toContain("is not to be had: InvalidVolume.NotFound; gave up waiting");
  });
});

describe("what is on a volume", () => {
  beforeEach(() => {
    cloud({ held: [me, "attached"] });
    link();
  });

  it.each<[string, number]>([
    ["at its start", 0],
    ["at the end of its first MiB", 1024 * 1024 - 1],
  ])("is never formatted away: a byte %s stops everything", async (_, at) => {
    const disk = readFileSync(join(home, "disk"));
    disk[at] = 1;
    writeFileSync(join(home, "disk"), disk);
    const { code, output } = await start();
    expect(code).toBe(1);
    expect(output).toContain("is neither blank nor an ext4 file system labelled puppet; not touched");
    expect(readFileSync(join(home, "disk")).equals(disk)).toBe(true);
    expect(read("mounts")).toBe("");
  });

  it("may be a file system under another label: then it is not touched", async () => {
    await start("--label", "registry");
    rmSync(join(home, "mounts"));
    const { code, output } = await start();
    expect(code).toBe(1);
    expect(output).toContain("not touched");
    expect(await labelOf(join(home, "disk"))).toBe("registry");
  });

  it("hides no file that lies at the path", async () => {
    writeFileSync(join(home, "data", "precious"), "1");
    const { code, output } = await start();
    expect(code).toBe(1);
    expect(output).toContain("has files that the volume would hide");
    expect(read("mounts")).toBe("");
  });
});

describe("attach-volume says what is wrong", () => {
  it("with a machine type that has no NVMe disks", async () => {
    cloud({ held: [me, "attached"] });
    const { code, output } = await start("--patience", "0");
    expect(code).toBe(1);
    expect(output).toContain("does not appear; use a machine type with NVMe disks");
  });

  it("outside of EC2", async () => {
    service.removeAllListeners("request").on("request", (_, response) => response.writeHead(404).end());
    expect((await start()).output).toContain("the metadata service does not say which machine this is");
  });

  it.each([
    ["--volume", "vol-${x}", "want the id of an EBS volume"],
    ["--label", "a-label-that-is-too-long", "want 1 to 16 letters"],
    ["--path", "data", "want an absolute path"],
    ["--path", "/da ta", "want an absolute path"],
  ])("about %s %s", async (option, value, message) => {
    const { code, output } = await start(option, value);
    expect(code).toBe(2);
    expect(output).toContain(message);
    expect(calls()).toEqual([]);
  });
});
