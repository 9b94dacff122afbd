import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, it } from "vitest";
import { describeWith } from "../../../../e2e/support/requirements";
import { converge, findProgram, nodeSettings, ruby } from "./converge";

const members = { "1": "10.220.64.11", "2": "10.220.80.11", "3": "10.220.96.11" };
const member = (id: number, all: Record<string, string> = members) => {
  const more = { hostname: `zk-${id}`, dataVolume: "vol-1", dataMount: "/var/lib/zookeeper" };
  return nodeSettings("zookeeper", { zookeeper: { members: all, id } }, more);
};

describeWith("a member of the ZooKeeper ensemble", [ruby], () => {
  it("knows all members by their addresses, and its own number (S1-09, S1-32)", () => {
    const { files, runs } = converge(member(2), { address: members["2"] });
    const text = (path: string) => files[path]?.text ?? "";
    expect(text("/var/lib/zookeeper/myid")).toBe("2\n");
    expect(
      text("/etc/zookeeper/guestbook/zoo.cfg")
        .split("\n")
        .filter((line) => /^[a-zA-Z0-9.]+=/.test(line)),
    ).toEqual([
      ...["tickTime=2000", "initLimit=10", "syncLimit=5", "dataDir=/var/lib/zookeeper", "clientPort=2181"],
      ...["standaloneEnabled=false", "admin.enableServer=false", "4lw.commands.whitelist=ruok,srvr,mntr"],
      ...["autopurge.snapRetainCount=3", "autopurge.purgeInterval=24"],
      ...["server.1=10.220.64.11:2888:3888", "server.2=10.220.80.11:2888:3888", "server.3=10.220.96.11:2888:3888"],
    ]);
    expect(files["/var/lib/zookeeper"]).toEqual({ owner: "zookeeper", group: "zookeeper", mode: "0750" });
    expect(runs[0]!.units["zookeeper.service"]).toMatchObject({ enabled: true, active: true });
    expect(runs[1]!.updated).toEqual([]);
  });

  it("comes back by itself, and never without its volume (S1-21)", () => {
    const unit = (settings: ReturnType<typeof member>) =>
      converge(settings, { address: members["1"] }).files["/etc/systemd/system/zookeeper.service"]!.text;
    expect(unit(member(1))).toContain(
      "\nRequiresMountsFor=/var/lib/zookeeper\nAssertPathIsMountPoint=/var/lib/zookeeper\n",
    );
    expect(unit(member(1))).toMatch(/^Restart=always$/m);
    expect(unit(member(1))).toMatch(/^StartLimitIntervalSec=0$/m);
    expect(unit({ ...member(1), dataMount: undefined as never })).not.toMatch(/AssertPath|MountsFor/);
  });

  it("owns what it finds on its volume, whatever number the account had in the image before (S1-21)", () => {
    const unit = converge(member(1), { address: members["1"] }).files["/etc/systemd/system/zookeeper.service"]!.text;
    expect(unit).toContain("\nExecStartPre=+/usr/bin/chown --recursive zookeeper:zookeeper /var/lib/zookeeper\n");
  });

  it.each<[string, ReturnType<typeof member>, string]>([
    [
      "an even number of members",
      member(1, { "1": "10.220.64.11", "2": "10.220.80.11" }),
      "want an odd number of members, got 2",
    ],
    ["a number that no member has", member(4), "4 is none of the members 1, 2, 3"],
    ["the number of another member", member(2), "member 2 is 10.220.80.11, and this machine is 10.220.64.11"],
  ])("refuses %s", (_, settings, message) => {
    expect(() => converge(settings, { address: members["1"] })).toThrow(message);
  });
});

describeWith("the health of the ensemble (S1-09)", [findProgram("python3", "python3")], () => {
  const program = join(__dirname, "../cookbooks/guestbook_base/files/quorum-health");
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** A member on an address of this machine that says `answer` to whatever it is asked. */
  const says = (address: string, port: number, answer: string) =>
    new Promise<number>((resolve, reject) => {
      const server = createServer((socket) => {
        socket.on("error", () => {});
        socket.once("data", () => socket.end(answer));
      });
      servers.push(server.on("error", reject));
      server.listen(port, address, () => resolve((server.address() as AddressInfo).port));
    });

  /** Asks an ensemble whose members, at 127.0.0.1 and so on, say this; undefined is a member that is not there. */
  async function health(...answers: (string | undefined)[]) {
    const folder = mkdtempSync(join(tmpdir(), "slipway-quorum-"));
    let port = 0;
    for (const [index, answer] of answers.entries()) {
      if (answer !== undefined) port = await says(`127.0.0.${index + 1}`, port, answer);
    }
    const lines = answers.map((_, index) => `server.${index + 1}=127.0.0.${index + 1}:2888:3888`);
    writeFileSync(join(folder, "zoo.cfg"), [`clientPort=${port}`, ...lines, ""].join("\n"));
    const load = `import sys
from importlib.machinery import SourceFileLoader
program = SourceFileLoader("program", ${JSON.stringify(program)}).load_module()
program.CONFIGURATION = ${JSON.stringify(join(folder, "zoo.cfg"))}
sys.argv[1:] = ["zookeeper"]
program.main()`;
    const env = { PATH: "/usr/bin:/bin", PYTHONDONTWRITEBYTECODE: "1", PYTHONWARNINGS: "ignore" };
    try {
      const { stdout, stderr } = await promisify(execFile)("python3", ["-c", load], { env });
      return { code: 0, said: `${stdout}${stderr}`.trim() };
    } catch (error) {
      const { code, stderr } = error as { code: number; stderr: string };
      return { code, said: stderr.trim() };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it("is good when every member serves and one leads", async () => {
    expect(await health("Mode: follower\n", "Mode: leader\n", "Mode: follower\n")).toEqual({
      code: 0,
      said: "3 of 3 members serve, 127.0.0.2 leads",
    });
  });

  it.each<[string, (string | undefined)[], string]>([
    ["a member is away", ["Mode: leader\n", "Mode: follower\n", undefined], "2 of 3 members serve; 127.0.0.3: "],
    [
      "a member has no quorum",
      ["This ZooKeeper instance is not currently serving requests\n", "Mode: leader\n", "Mode: follower\n"],
      "2 of 3 members serve; 127.0.0.1: This ZooKeeper instance is not currently serving requests",
    ],
    [
      "two members lead",
      ["Mode: leader\n", "Mode: leader\n", "Mode: follower\n"],
      "2 members lead: 127.0.0.1, 127.0.0.2",
    ],
  ])("is not good when %s", async (_, answers, said) => {
    expect(await health(...answers)).toEqual({ code: 1, said: expect.stringContaining(said) });
  });
});
