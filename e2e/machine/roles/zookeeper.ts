import { Netmask } from "netmask";
import { expect } from "vitest";
import { nodeSettings } from "../../../systems/guestbook-mesos/chef/test/converge";
import { convergedAgain, giveEndpoint, uploadCookbooks, userDataOfNode } from "../../guestbook-mesos/node";
import { ThirdParty } from "../../guestbook-mesos/third-party";
import { eventually } from "../harness/engine";
import type { Machine } from "../harness/machine";
import { blankVolume } from "../harness/volume";
import type { RoleUnderTest } from "./role";

/** A member of the ZooKeeper ensemble: Debian's packages, and our recipes that run for real on it. */
export const zookeeper: RoleUnderTest = {
  role: "zookeeper",
  variables: async ({ network, cleanUp }) => (await ThirdParty.start(network, cleanUp)).variables("zookeeper"),
  prepare: giveEndpoint,
  units: ["amazon-ssm-agent.service", "systemd-resolved.service"],

  launch: async ({ emulator, cidr, cleanUp }) => {
    await uploadCookbooks(emulator);
    const id = await emulator.createVolume();
    const address = new Netmask(cidr).base.replace(/\d+$/, "211");
    const more = { hostname: "zk-1", dataVolume: id, dataMount: "/var/lib/zookeeper" };
    const settings = nodeSettings("zookeeper", { zookeeper: { members: { "1": address }, id: 1 } }, more);
    return {
      userData: userDataOfNode({ ...settings, region: emulator.region }),
      instanceId: await emulator.runInstance(),
      address,
      volume: { id, device: await blankVolume(512, cleanUp) },
    };
  },

  serves: async (machine) => {
    await leads(machine);
    // What one converge has done, the next one leaves alone.
    expect(await convergedAgain(machine)).toEqual([]);
    expect(await machine.run("findmnt", "-no", "FSTYPE,LABEL", "/var/lib/zookeeper")).toMatch(/^ext4\s+zookeeper$/);
    expect(await machine.run("cat", "/var/lib/zookeeper/myid")).toBe("1");
    expect(await machine.run("hostname")).toBe("zk-1");
  },

  stillServes: async (machine) => {
    await leads(machine);
    expect(await machine.run("hostname")).toBe("zk-1");
    expect(await machine.run("systemctl", "is-active", "cinc-client.timer")).toBe("active");
  },
};

/** The ensemble of one, which has a quorum by itself. */
const leads = (machine: Machine) =>
  eventually("ZooKeeper", 120, async () => {
    const said = await machine.run("/usr/local/lib/slipway/quorum-health", "zookeeper");
    if (!/^1 of 1 members serve/.test(said)) throw new Error(said);
  });
