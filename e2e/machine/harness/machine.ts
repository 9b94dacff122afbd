import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finished } from "../../support/process";
import { temporaryFolder } from "../../support/temporary";
import { type CleanUp, docker, eventually, published, tryDocker, uniqueName } from "./engine";
import { debianAmi } from "./images";

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
}

/**
 * A container that plays a machine: systemd as its first process, and cloud-init that reads the metadata service.
 */
export class Machine {
  private constructor(
    /** Name of its container, by which the others on its network find it. */
    readonly name: string,
    private readonly volume: MachineProps["volume"],
  ) {}

  static async start(props: MachineProps, cleanUp: CleanUp): Promise<Machine> {
    const { image, network, ports = [], volume } = props;
    const name = uniqueName("machine");
    const metadata = await metadataService(name, metadataOf(props, name), cleanUp);
    cleanUp.container(name);
    await docker(
      ...["create", "--name", name, "--network", network, ...ports.flatMap((port) => ["-p", `127.0.0.1::${port}`])],
      ...["--tmpfs", "/run", "--tmpfs", "/run/lock", "--tmpfs", "/tmp:exec", "-v", "/sys/fs/cgroup:/sys/fs/cgroup:ro"],
      // What systemd takes as the request to shut down.
      ...["--stop-signal", "SIGRTMIN+3"],
      // To mount a volume; nothing else of this host is in reach.
      ...(volume ? ["--cap-add", "SYS_ADMIN", "--device", volume.device] : []),
      image,
    );
    await docker("network", "connect", "--link-local-ip", "169.254.10.10", metadata, name);
    await docker("start", name);
    const machine = new Machine(name, volume);
    await machine.attach();
    return machine;
  }

  /** Port on 127.0.0.1 under which this host reaches one of its ports. */
  port(port: number): Promise<number> {
    return published(this.name, port);
  }

  /** Runs a command in it as root; it must succeed. */
  async run(...command: string[]): Promise<string> {
    return (await docker("exec", this.name, ...command)).stdout.trim();
  }

  /** Waits until everything that starts at boot has started; says what failed otherwise. */
  async booted(seconds = 90): Promise<void> {
    const state = await eventually("boot", seconds, async () => {
      const { stdout } = await tryDocker("exec", this.name, "systemctl", "is-system-running");
      if (!["running", "degraded"].includes(stdout.trim())) throw new Error(stdout);
      return stdout.trim();
    }).catch((error) => String(error));
    if (state !== "running") throw new Error(`${state}\n${(await this.log()).output}`);
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

/**
 * A metadata service for one machine, on a network of its own: the address exists there, and nowhere on the host, which may
 * have a metadata service itself. The name of that network.
 */
async function metadataService(machine: string, content: Record<string, string>, cleanUp: CleanUp): Promise<string> {
  const name = `${machine}-imds`;
  const file = join(temporaryFolder("imds"), "content.json");
  writeFileSync(file, JSON.stringify(content));
  await docker("network", "create", name);
  cleanUp.add(() => tryDocker("network", "rm", name));
  cleanUp.container(name);
  await docker(
    ...["run", "-d", "--name", name, "--network", name, "--link-local-ip", "169.254.169.254"],
    ...["-v", `${join(__dirname, "../images/imds.py")}:/imds.py:ro`, "-v", `${file}:/content.json:ro`],
    ...[await debianAmi(), "python3", "/imds.py", "/content.json"],
  );
  return name;
}

/** What the metadata service answers, by path. */
function metadataOf({ region, userData, publicKey }: MachineProps, name: string): Record<string, string> {
  const id = `i-${Buffer.from(name).toString("hex").slice(-17)}`;
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
