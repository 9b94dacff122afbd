import { Netmask } from "netmask";
import { expect } from "vitest";
import { nodeSettings } from "../../../systems/guestbook-mesos/chef/test/converge";
import { convergedAgain, giveEndpoint, uploadCookbooks, userDataOfNode } from "../../guestbook-mesos/node";
import { ThirdParty } from "../../guestbook-mesos/third-party";
import { eventually } from "../harness/engine";
import type { Machine } from "../harness/machine";
import { blankVolume } from "../harness/volume";
import type { RoleUnderTest, World } from "./role";

let allocation: string;
const keys = { gossip: "gossip-key-of-the-cluster", membership: "membership-of-the-front-ends" };

/** A front end whose peer is away: nginx, and Heartbeat that takes the Elastic IP. Our recipes run for real on it. */
export const frontend: RoleUnderTest = {
  role: "frontend",
  variables: async ({ network, cleanUp }) => (await ThirdParty.start(network, cleanUp)).variables("frontend"),
  prepare: giveEndpoint,
  units: ["amazon-ssm-agent.service", "systemd-resolved.service"],
  secrets: Object.values(keys),

  launch: async ({ emulator, cidr, cleanUp }) => {
    await uploadCookbooks(emulator);
    allocation = await emulator.allocateAddress();
    const host = (last: number) => new Netmask(cidr).base.replace(/\d+$/, `${last}`);
    const attributes = {
      consul: {
        datacenter: emulator.region,
        servers: 3,
        join: { tag_key: "ConsulCluster", tag_value: "guestbook-mesos-dev" },
        gossip_secret_arn: await emulator.putSecret("gossip", { password: keys.gossip }),
      },
      frontend: {
        peers: { "fe-1": host(212), "fe-2": host(213) },
        allocation_id: allocation,
        ha: "heartbeat",
        interface: "eth0",
        heartbeat: { initdead: 15 },
        membership_secret_arn: await emulator.putSecret("membership", keys.membership),
      },
    };
    const settings = nodeSettings("frontend", attributes, { hostname: "fe-1" });
    return {
      userData: userDataOfNode({ ...settings, region: emulator.region }),
      instanceId: await emulator.runInstance(),
      address: host(212),
      // It has none. But a container may give itself a name only with the right to mount volumes.
      volume: { id: "vol-0f0f0f0f0f0f0f0f0", device: await blankVolume(16, cleanUp) },
    };
  },

  serves: async (machine, world) => {
    await takesTheAddress(machine, world);
    expect(await convergedAgain(machine)).toEqual([]);
    expect(await machine.run("cat", "/run/slipway/consul/gossip.json")).toBe(`{"encrypt": "${keys.gossip}"}`);
    expect(await machine.run("uname", "-n")).toBe("fe-1");
  },

  stillServes: takesTheAddress,
};

/** It answers for itself, says that nothing serves behind it, and has the Elastic IP. */
async function takesTheAddress(machine: Machine, { emulator }: World): Promise<void> {
  const port = await machine.port(80);
  const status = async (path: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(5000) })).status;
  await eventually("nginx", 180, async () => expect(await status("/healthz")).toBe(200));
  expect(await status("/")).toBe(502);
  await eventually("the Elastic IP", 180, async () => expect(await emulator.holderOf(allocation)).toBe(machine.id));
}
