import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Netmask } from "netmask";
import { type Converged, converge, nodeSettings } from "../../systems/guestbook-mesos/chef/test/converge";
import { type CleanUp, docker, eventually, tryDocker, uniqueName } from "../machine/harness/engine";
import { built, debian } from "../machine/harness/images";
import { networkWithRange } from "../machine/harness/network";
import { temporaryFolder } from "../support/temporary";

const data = "/var/lib/zookeeper";

/** A ZooKeeper ensemble of containers, each with what our recipes write for a machine of that number, and nothing else. */
export class Ensemble {
  private readonly containers = new Map<number, string>();

  private constructor(
    private readonly image: string,
    private readonly network: string,
    private readonly members: Readonly<Record<string, string>>,
    private readonly cleanUp: CleanUp,
  ) {}

  static async start(numbers: readonly number[], cleanUp: CleanUp): Promise<Ensemble> {
    await debian("bookworm");
    const image = await built("zookeeper", { folder: join(__dirname, "images") });
    const { network, cidr } = await networkWithRange(cleanUp);
    const address = (number: number) => new Netmask(cidr).base.replace(/\d+$/, `${210 + number}`);
    const members = Object.fromEntries(numbers.map((number) => [`${number}`, address(number)]));
    const ensemble = new Ensemble(image, network, members, cleanUp);
    await Promise.all(numbers.map((number) => ensemble.launch(number)));
    return ensemble;
  }

  address(number: number): string {
    return this.members[number]!;
  }

  /** A machine of that number that has nothing yet: its first converge, and what systemd then starts. */
  async launch(number: number): Promise<void> {
    const root = temporaryFolder("member");
    const settings = nodeSettings("zookeeper", { zookeeper: { members: this.members, id: number, heap_mib: 128 } });
    const done = converge(settings, { address: this.address(number), root, times: 1 });
    const name = uniqueName(`zk-${number}`);
    this.cleanUp.container(name);
    this.containers.set(number, name);
    const options = ["--name", name, "--network", this.network, "--ip", this.address(number)];
    await docker(
      "create",
      ...options,
      "--user",
      setting(done, "User"),
      this.image,
      ...setting(done, "ExecStart").split(" "),
    );
    const given = temporaryFolder("files");
    for (const path of ["/etc/zookeeper/guestbook", "/usr/local/lib/slipway", `${data}/myid`]) {
      mkdirSync(join(given, path, ".."), { recursive: true });
      cpSync(join(root, path), join(given, path), { recursive: true });
      await docker("cp", join(given, path), `${name}:${path.replace(/[^/]+$/, "")}`);
    }
    await docker("start", name);
  }

  /** Ends a machine at once; its disks are lost as well. */
  async lose(number: number): Promise<void> {
    await docker("rm", "--force", "--volumes", this.containers.get(number)!);
    this.containers.delete(number);
  }

  /** What `quorum-health` says on a machine. */
  async health(number: number): Promise<string> {
    const program = "/usr/local/lib/slipway/quorum-health";
    return (await tryDocker("exec", this.containers.get(number)!, program, "zookeeper")).output.trim();
  }

  /** Waits until a machine says that the ensemble is so. */
  async becomes(number: number, wanted: RegExp): Promise<string> {
    return eventually(`${wanted} of member ${number}`, 120, async () => {
      const said = await this.health(number);
      if (!wanted.test(said)) throw new Error(said);
      return said;
    });
  }

  /** The member that leads. */
  async leader(asked: number): Promise<number> {
    const [, address] = /(\S+) leads$/.exec(await this.becomes(asked, /leads$/))!;
    return Number(Object.entries(this.members).find(([, each]) => each === address)![0]);
  }

  /** Asks one member, by ZooKeeper's own client: `create /path value`, `get /path`. */
  async ask(number: number, ...command: string[]): Promise<{ readonly code: number; readonly output: string }> {
    const client = ["java", "-cp", "/usr/share/java/zookeeper.jar"];
    client.push("org.apache.zookeeper.ZooKeeperMain", "-timeout", "10000", "-server", `${this.address(number)}:2181`);
    return tryDocker("exec", this.containers.get(number)!, "timeout", "30", ...client, ...command);
  }
}

/** A setting of the unit that the recipe wrote. */
function setting(done: Converged, name: string): string {
  const unit = done.files["/etc/systemd/system/zookeeper.service"]!.text;
  return new RegExp(`^${name}=(.*)$`, "m").exec(unit)![1]!;
}
