import { Netmask } from "netmask";
import { expect } from "vitest";
import { nodeSettings } from "../../../systems/guestbook-mesos/chef/test/converge";
import { uploadCookbooks, userDataOfNode } from "../../guestbook-mesos/node";
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
    await eventually("ZooKeeper", 120, async () => {
      const said = await srvr(machine);
      if (!/Mode: (leader|standalone)/.test(said)) throw new Error(said);
    });
    expect(await machine.run("findmnt", "-no", "FSTYPE,LABEL", "/var/lib/zookeeper")).toMatch(/^ext4\s+zookeeper$/);
    expect(await machine.run("cat", "/var/lib/zookeeper/myid")).toBe("1");
    expect(await machine.run("hostname")).toBe("zk-1");
  },

  stillServes: async () => {},
};

/** Debian 12's `aws` does not know AWS_ENDPOINT_URL, by which later ones find the emulator. */
async function giveEndpoint(builder: Machine): Promise<void> {
  const script = `printf '#!/bin/sh\\nexec /usr/bin/aws \${AWS_ENDPOINT_URL:+--endpoint-url "$AWS_ENDPOINT_URL"} "$@"\\n' >/usr/local/bin/aws && chmod 755 /usr/local/bin/aws`;
  await builder.run("sh", "-c", script);
}

const srvr = (machine: Machine) =>
  machine.run(
    "python3",
    "-c",
    "import socket\ns = socket.create_connection(('127.0.0.1', 2181), 5)\ns.sendall(b'srvr')\nprint(s.makefile().read())",
  );
