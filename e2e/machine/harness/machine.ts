import type { Finished } from "../../support/process";
import { type CleanUp, docker, eventually, published, tryDocker, uniqueName } from "./engine";
import { Metadata } from "./metadata";
import { copyVolume, engineVolume, ownCgroups, rightsOfAnEngine, volumeOf } from "./nested-engine";

export interface MachineProps {
  /** Image of the container: the stand-in for Debian's AMI, or what was baked from it. */
  readonly image: string;
  readonly network: string;
  readonly region: string;
  /** @default - none */
  readonly userData?: string;
  /** Public key that cloud-init gives to the user `admin`. @default - none */
  readonly publicKey?: string;
  /** TCP ports to publish on 127.0.0.1. @default - none */
  readonly ports?: readonly number[];
  /** Its second volume: the id that AWS would give it, and the block device of this host that it is. @default - none */
  readonly volume?: { readonly id: string; readonly device: string };
  /** Its id, where the emulator knows a machine that it plays. @default - one made of its name */
  readonly instanceId?: string;
  /** Its address on the network. @default - one that is free */
  readonly address?: string;
  /** Further names on its network, as a DNS zone would give it. @default - none */
  readonly aliases?: readonly string[];
  /** Whether it runs containers itself; `from`: the baked image whose containers' images it starts with. @default false */
  readonly engine?: boolean | { readonly from: string };
}

/**
 * A container that plays a machine: systemd as its first process, and cloud-init that reads the metadata service.
 */
export class Machine {
  private constructor(
    /** Name of its container, by which the others on its network find it. */
    readonly name: string,
    /** Its id, as the metadata service tells it. */
    readonly id: string,
    private readonly volume: MachineProps["volume"],
    private readonly service: Metadata,
    private readonly hasEngine: boolean,
  ) {}

  static async start(props: MachineProps, cleanUp: CleanUp): Promise<Machine> {
    const { image, network, ports = [], volume, address, aliases = [], engine = false } = props;
    const name = uniqueName("machine");
    const content = metadataOf(props, name);
    const metadata = await Metadata.start(name, image, content, cleanUp);
    if (engine) await engineVolume(name, engine === true ? undefined : engine.from, cleanUp);
    cleanUp.container(name);
    await docker(
      ...["create", "--name", name, "--network", network, ...ports.flatMap((port) => ["-p", `127.0.0.1::${port}`])],
      ...(address ? ["--ip", address] : []),
      ...aliases.flatMap((alias) => ["--network-alias", alias]),
      ...["--tmpfs", "/run", "--tmpfs", "/run/lock", "--tmpfs", "/tmp:exec"],
      ...(engine ? rightsOfAnEngine(name) : ["-v", "/sys/fs/cgroup:/sys/fs/cgroup:ro"]),
      // What systemd takes as the request to shut down.
      ...["--stop-signal", "SIGRTMIN+3"],
      // To mount a volume; nothing else of this host is in reach.
      ...(volume ? ["--cap-add", "SYS_ADMIN", "--device", volume.device] : []),
      ...[image, ...(engine ? ["sh", "-c", ownCgroups] : [])],
    );
    await docker("network", "connect", "--link-local-ip", "169.254.10.10", metadata.network, name);
    await docker("start", name);
    const machine = new Machine(name, content["meta-data/instance-id"]!, volume, metadata, engine !== false);
    metadata.change({ "meta-data/local-ipv4": await machine.address(network) });
    await machine.attach();
    return machine;
  }

  /** Port on 127.0.0.1 under which this host reaches one of its ports. */
  port(port: number): Promise<number> {
    return published(this.name, port);
  }

  /** Its address on a network that it is on. */
  async address(network: string): Promise<string> {
    const { stdout } = await docker(
      "inspect",
      "--format",
      `{{(index .NetworkSettings.Networks "${network}").IPAddress}}`,
      this.name,
    );
    return stdout.trim();
  }

  /** Changes what its metadata service answers, by path. */
  metadata(changes: Readonly<Record<string, string>>): void {
    this.service.change(changes);
  }

  /** Runs a command in it as root; it must succeed. */
  async run(...command: string[]): Promise<string> {
    return (await docker("exec", this.name, ...command)).stdout.trim();
  }

  /** Waits until everything that starts at boot has started, but for `except`; says what failed otherwise. */
  async booted(seconds = 90, except: readonly string[] = []): Promise<void> {
    const state = await eventually("boot", seconds, async () => {
      const { stdout } = await tryDocker("exec", this.name, "systemctl", "is-system-running");
      if (stdout.trim() === "starting" && (await this.startsOnly(except))) return "running";
      if (!["running", "degraded"].includes(stdout.trim())) throw new Error(stdout);
      return stdout.trim();
    }).catch((error) => String(error));
    if (state !== "running") throw new Error(`${state}\n${(await this.log()).output}`);
  }

  /** Whether these units are all that still starts, and nothing has failed. */
  private async startsOnly(units: readonly string[]): Promise<boolean> {
    if (units.length === 0) return false;
    const list = async (...args: string[]) =>
      (await this.run("systemctl", "--no-legend", "--plain", ...args)).split("\n");
    const jobs = (await list("list-jobs")).filter(Boolean).map((line) => line.trim().split(/\s+/)[1]!);
    const failed = (await list("--failed")).filter(Boolean);
    return failed.length === 0 && jobs.length > 0 && jobs.every((unit) => units.includes(unit));
  }

  /** Stops and starts it: memory is lost, disks and identity stay. */
  async reboot(): Promise<void> {
    await docker("restart", "--time", "60", this.name);
    await this.attach();
  }

  async stop(): Promise<void> {
    await tryDocker("rm", "--force", "--volumes", this.name);
  }

  /** Its root volume as an image that machines can be started from, as CreateImage does. */
  async bake(image: string, cleanUp: CleanUp): Promise<void> {
    await docker("stop", "--time", "60", this.name);
    await docker("commit", this.name, image);
    cleanUp.add(() => tryDocker("rmi", "--force", image));
    if (!this.hasEngine) return;
    await copyVolume(this.name, volumeOf(image), cleanUp);
  }

  /** udev would make this link; it does not run in a container. */
  private async attach(): Promise<void> {
    if (!this.volume) return;
    const name = `nvme-Amazon_Elastic_Block_Store_${this.volume.id.replace("-", "")}`;
    const script = `mkdir -p /dev/disk/by-id && ln -s "$1" "/dev/disk/by-id/$2"`;
    await this.run("sh", "-c", script, "sh", this.volume.device, name);
  }

  /** Adds to a failure what the machine has to say about it. */
  async explain<T>(attempt: Promise<T>): Promise<T> {
    return attempt.catch(async (error) => {
      throw new Error(`${error}\n${(await this.log()).output}`, { cause: error });
    });
  }

  private log(): Promise<Finished> {
    const script = [
      "systemctl --failed --no-legend --plain",
      "cloud-init status --long",
      "grep -E 'WARNING|ERROR|Traceback|Error' /var/log/cloud-init.log | tail -20",
      "journalctl --no-pager | grep -v 'cgroup ID' | tail -60",
    ].join("; ");
    return tryDocker("exec", this.name, "sh", "-c", script);
  }
}

/** What the metadata service answers, by path. */
function metadataOf(props: MachineProps, name: string): Record<string, string> {
  const { region, userData, publicKey, instanceId: id = `i-${Buffer.from(name).toString("hex").slice(-17)}` } = props;
  const role = "meta-data/iam/security-credentials/slipway-e2e";
  return {
    "meta-data/ami-id": "ami-00000000000000000",
    "meta-data/instance-id": id,
    "meta-data/instance-type": "t3.small",
    "meta-data/local-hostname": "machine",
    "meta-data/placement/availability-zone": `${region}a`,
    "meta-data/placement/region": region,
    [role]: JSON.stringify({
      Code: "Success",
      Type: "AWS-HMAC",
      AccessKeyId: "role-of-the-machine",
      SecretAccessKey: "test",
      Token: "test",
      LastUpdated: "2026-01-01T00:00:00Z",
      Expiration: "2099-01-01T00:00:00Z",
    }),
    "dynamic/instance-identity/document": JSON.stringify({ instanceId: id, region, accountId: "123456789012" }),
    ...(publicKey && { "meta-data/public-keys/": "0=packer", "meta-data/public-keys/0/openssh-key": publicKey }),
    ...(userData && { "user-data": userData }),
  };
}
