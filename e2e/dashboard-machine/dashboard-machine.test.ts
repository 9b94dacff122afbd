import { afterAll, beforeAll, expect, it } from "vitest";
import { Emulator } from "../machine/harness/emulator";
import { CleanUp, docker, eventually, tryDocker, uniqueName } from "../machine/harness/engine";
import { makesImages } from "../machine/harness/images";
import type { Machine } from "../machine/harness/machine";
import { describeWith } from "../support/requirements";
import { Cluster } from "./cluster";

describeWith("machines of the dashboard in one cluster", await makesImages(), () => {
  const cleanUp = new CleanUp();
  let cluster: Cluster;
  let emulator: Emulator;
  const three = ["Ready Active manager", "Ready Active manager", "Ready Active manager"];

  beforeAll(async () => {
    const network = uniqueName("net");
    await docker("network", "create", network);
    cleanUp.add(() => tryDocker("network", "rm", network));
    emulator = await Emulator.start(network, "eu-west-3", cleanUp);
    cluster = await Cluster.make(network, emulator, cleanUp);
  });
  afterAll(() => cleanUp.run());

  it("boot at the same time and become three managers of one swarm (S4-D07, S4-D09)", async () => {
    const machines: Machine[] = [];
    for (let number = 0; number < 3; number++) machines.push(await cluster.start());
    await cluster.until(three, 180);
    await Promise.all(machines.map((machine) => machine.booted()));
    const record = JSON.parse(await emulator.secret("dashboard-swarm"));
    expect(record).toMatchObject({ generation: 1, founder: expect.stringMatching(/^i-/) });
    expect(machines.map((machine) => cluster.idOf(machine))).toContain(record.founder);
    const subnet = await machines[0]!.run(
      "docker",
      "network",
      "inspect",
      "ingress",
      "--format",
      "{{(index .IPAM.Config 0).Subnet}}",
    );
    expect(subnet).toMatch(/^192\.168\.(12[89]|1[3-9]\d|2\d\d)\.0\/24$/);
    // It makes workers only, and is nowhere but in its secret.
    for (const machine of machines) {
      expect(await machine.run("sh", "-c", 'journalctl --no-pager | grep -cF "$1" || true', "sh", record.token)).toBe(
        "0",
      );
    }
  });

  it("go on without the leader, and replace it by a machine that boots", async () => {
    await cluster.lose(await cluster.leader());
    await eventually("another leader", 60, () => cluster.leader());
    await cluster.start();
    await cluster.until(three, 180);
  });

  it("let one go that Auto Scaling ends, after it has handed over", async () => {
    const leaving = await cluster.leader();
    leaving.metadata({ "meta-data/autoscaling/target-lifecycle-state": "Terminated" });
    await eventually("it has left", 120, async () => {
      const state = await leaving.run("docker", "info", "--format", "{{.Swarm.LocalNodeState}}");
      if (state !== "inactive") throw new Error(`${state}\n${await cluster.journals()}`);
    });
    expect(await leaving.run("journalctl", "--no-pager", "-o", "cat", "-u", "slipway-swarm-keep")).toContain(
      "leaves: Auto Scaling ends this machine",
    );
    await cluster.lose(leaving);
    await cluster.until(three.slice(1), 120);
  });

  it("are in the same swarm after a reboot", async () => {
    const back = await cluster.start();
    await cluster.until(three, 180);
    await back.reboot();
    await back.booted();
    await cluster.until(three, 120);
  });
});
