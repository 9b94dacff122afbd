import { join } from "node:path";
import { cloudConfig } from "../../src/core/cloud-config";
import type { Emulator } from "../machine/harness/emulator";
import { type CleanUp, docker, eventually, tryDocker, uniqueName } from "../machine/harness/engine";
import { built, debianAmi } from "../machine/harness/images";
import { Machine } from "../machine/harness/machine";
import { root } from "../machine/harness/packer";
import { withEndpoint } from "../machine/harness/user-data";

const name = "dashboard-e2e";
/** Where the networks of containers lie: not in Docker's own range, which may be a VPC's. */
export const overlayRange = "192.168.128.0/17";
/** Without the deployment, which has a suite of its own. */
const install = "rm /machine/poll-updates.* && sh /machine/install.sh";

/** Machines with an engine of their own, and the account that they are in. */
export class Cluster {
  private readonly machines: Machine[] = [];
  /** As the account knows them. */
  private readonly ids = new Map<Machine, string>();

  private constructor(
    private readonly image: string,
    private readonly network: string,
    private readonly emulator: Emulator,
    private readonly joinSecretArn: string,
    private readonly cleanUp: CleanUp,
  ) {}

  static async make(network: string, emulator: Emulator, cleanUp: CleanUp): Promise<Cluster> {
    const image = uniqueName("dashboard-machine");
    await debianAmi("trixie");
    const base = await built("dashboard-machine", { folder: join(__dirname, "images") });
    cleanUp.container(image);
    await docker("create", "--name", image, base, "sh", "-c", install);
    await docker("cp", join(root, "systems/dashboard/machine"), `${image}:/machine`);
    await docker("start", "--attach", image);
    await docker("commit", "--change", 'CMD ["/sbin/init"]', image, image);
    cleanUp.add(() => tryDocker("rmi", "--force", image));
    // Secrets Manager makes no secret without a value here; what is no record is as good as none.
    const joinSecretArn = await emulator.putSecret("dashboard-swarm", "nobody yet");
    return new Cluster(image, network, emulator, joinSecretArn, cleanUp);
  }

  /** Starts a machine, as Auto Scaling does. */
  async start(): Promise<Machine> {
    const { emulator } = this;
    const { region } = emulator;
    const settings = {
      region,
      mode: "cluster",
      cluster: name,
      joinSecretArn: this.joinSecretArn,
      tickSeconds: 1,
      overlayRange,
    };
    const userData = withEndpoint(
      cloudConfig([{ path: "/etc/slipway/dashboard.json", json: settings }]),
      emulator.urlInside,
    );
    const machine = await Machine.start(
      { image: this.image, network: this.network, region, userData, engine: true },
      this.cleanUp,
    );
    const id = await emulator.runInstance({
      address: await machine.address(this.network),
      tags: { "slipway:swarm": name },
    });
    machine.metadata({ "meta-data/instance-id": id });
    this.ids.set(machine, id);
    this.machines.push(machine);
    return machine;
  }

  /** It is gone, without a word. */
  async lose(machine: Machine): Promise<void> {
    await machine.stop();
    await this.emulator.terminate(this.idOf(machine));
    this.machines.splice(this.machines.indexOf(machine), 1);
  }

  idOf(machine: Machine): string {
    return this.ids.get(machine)!;
  }

  /** The nodes as a manager sees them: `<state> <role>`, sorted. */
  async nodes(): Promise<string[]> {
    for (const machine of this.machines) {
      const format = "{{.Status}} {{.Availability}} {{if .ManagerStatus}}manager{{else}}worker{{end}}";
      const { code, stdout } = await tryDocker("exec", machine.name, "docker", "node", "ls", "--format", format);
      if (code === 0) return stdout.trim().split("\n").sort();
    }
    return [];
  }

  /** The machine that leads. */
  async leader(): Promise<Machine> {
    for (const machine of this.machines) {
      const leads = ["docker", "node", "inspect", "self", "--format", "{{.ManagerStatus.Leader}}"];
      const { stdout } = await tryDocker("exec", machine.name, ...leads);
      if (stdout.trim() === "true") return machine;
    }
    throw new Error("nobody leads");
  }

  async until(wanted: readonly string[], seconds = 120): Promise<void> {
    await eventually(`nodes ${wanted.join(", ")}`, seconds, async () => {
      const nodes = await this.nodes();
      if (nodes.join() !== wanted.join()) throw new Error(`${nodes.join(", ")}\n${await this.journals()}`);
    });
  }

  /** What the machines say about it. */
  async journals(): Promise<string> {
    const all = this.machines.map(async (machine) => {
      const units = ["-u", "slipway-swarm-join", "-u", "slipway-swarm-keep"];
      const { output } = await tryDocker(
        "exec",
        machine.name,
        "journalctl",
        "--no-pager",
        "-n",
        "15",
        "-o",
        "cat",
        ...units,
      );
      return `${this.idOf(machine)}:\n${output}`;
    });
    return (await Promise.all(all)).join("\n");
  }
}
