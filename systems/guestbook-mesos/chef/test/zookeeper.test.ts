import { expect, it } from "vitest";
import { describeWith } from "../../../../e2e/support/requirements";
import { converge, nodeSettings, ruby } from "./converge";

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
    expect(unit(member(1))).toContain("\nAssertPathIsMountPoint=/var/lib/zookeeper\n");
    expect(unit(member(1))).toMatch(/^Restart=always$/m);
    expect(unit(member(1))).toMatch(/^StartLimitIntervalSec=0$/m);
    expect(unit({ ...member(1), dataMount: undefined as never })).not.toContain("AssertPath");
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
