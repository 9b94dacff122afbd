import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CleanUp, docker, eventually, tryDocker, uniqueName } from "../machine/harness/engine";
import { debian } from "../machine/harness/images";
import { type Finished, run, succeeded } from "../support/process";
import { findTool } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";
import type { Archive } from "./node-base";

const root = join(__dirname, "../..");
/** What the network of the Vagrantfile is called on the engine, by Vagrant. */
const range = "192.168.30.0/24";
const network = `vagrant_network_${range}`;

/** What systemd and a Docker daemon in a container need. Not `--privileged`: that is more, and not everywhere allowed. */
const rights = [
  ...[
    "--cgroupns",
    "private",
    "--tmpfs",
    "/run",
    "--tmpfs",
    "/run/lock",
    "--tmpfs",
    "/tmp:exec",
    "-v",
    "/var/lib/docker",
  ],
  ...["--cap-add", "SYS_ADMIN", "--cap-add", "NET_ADMIN", "--cap-add", "SYS_BOOT", "--device-cgroup-rule", "a *:* rwm"],
  ...["seccomp", "apparmor", "systempaths"].flatMap((one) => ["--security-opt", `${one}=unconfined`]),
  // A reboot ends the container: it comes back as a machine does.
  ...["--restart", "always", "--stop-signal", "SIGRTMIN+3"],
];

/**
 * The machine of the project's Vagrantfile, which Vagrant itself brings up and provisions. Only the provider is another one:
 * a container with systemd, where no virtual machine can be had. The Vagrantfile is not told; the settings of the user that
 * Vagrant reads before it are.
 */
export class Box {
  private constructor(
    readonly name: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async describe(cleanUp: CleanUp, env: NodeJS.ProcessEnv = {}): Promise<Box> {
    const home = temporaryFolder("vagrant");
    const name = uniqueName("box");
    await succeeded(
      run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(home, "key")], { cwd: home, env: process.env }),
    );
    const keys = ["-v", `${join(home, "key.pub")}:/etc/ssh/authorized_keys.d/vagrant:ro`];
    const settings = [
      'Vagrant.configure("2") do |config|',
      `  config.ssh.private_key_path = ${JSON.stringify(join(home, "key"))}`,
      "  config.ssh.insert_key = false",
      '  config.vm.provider "docker" do |docker, override|',
      "    override.vm.box = nil",
      `    docker.image = ${JSON.stringify(await boxImage())}`,
      `    docker.name = ${JSON.stringify(name)}`,
      "    docker.has_ssh = true",
      `    docker.create_args = ${JSON.stringify([...rights, ...keys])}`,
      "  end",
      "end",
    ];
    writeFileSync(join(home, "Vagrantfile"), `${settings.join("\n")}\n`);
    const box = new Box(name, {
      ...{ ...process.env, ...env, VAGRANT_HOME: home, VAGRANT_DOTFILE_PATH: join(home, "state") },
      ...{ VAGRANT_CHECKPOINT_DISABLE: "1", VAGRANT_NO_COLOR: "1", VAGRANT_DEFAULT_PROVIDER: "docker" },
    });
    cleanUp.add(() => tryDocker("network", "rm", network));
    await reserveRange();
    cleanUp.container(name);
    cleanUp.add(() => box.tryVagrant("destroy", "--force"));
    return box;
  }

  /** Runs Vagrant in the project; it must succeed. What it printed. */
  async vagrant(...args: string[]): Promise<string> {
    return (await succeeded(this.tryVagrant(...args))).output;
  }

  tryVagrant(...args: string[]): Promise<Finished> {
    return run("vagrant", args, { cwd: root, env: this.env, seconds: 600 });
  }

  /** Gives an image to the engine in the box, by another name there. */
  async load({ file, image }: Archive, name: string): Promise<void> {
    const script = 'docker exec -i "$1" docker load --quiet < "$2"';
    const env = { ...process.env, PATH: `${join(findTool("docker")!, "..")}:${process.env.PATH}` };
    await succeeded(run("sh", ["-c", script, "sh", this.name, file], { cwd: root, env }));
    await this.run("docker", "tag", image, name);
  }

  /** Runs a command in the box as root; it must succeed. */
  async run(...command: string[]): Promise<string> {
    return (await docker("exec", this.name, ...command)).stdout.trim();
  }

  /** When the box started last. */
  async started(): Promise<string> {
    return (await docker("inspect", "--format", "{{.State.StartedAt}}", this.name)).stdout.trim();
  }

  /** A page of the guestbook, as a browser on the desktop asks for it. */
  page(path = "/", request: RequestInit = {}): Promise<string> {
    return eventually(`http://192.168.30.30${path}`, 60, async () => {
      const answer = await fetch(`http://192.168.30.30${path}`, { ...request, signal: AbortSignal.timeout(5000) });
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.text();
    });
  }
}

async function boxImage(): Promise<string> {
  await debian("trixie");
  const image = "slipway-e2e-box";
  const env = { ...process.env, DOCKER_BUILDKIT: "0" };
  await succeeded(
    run(findTool("docker")!, ["build", "--quiet", "--tag", image, join(__dirname, "images/box")], { cwd: root, env }),
  );
  return image;
}

/** Vagrant would take any network that has the address, such as one of another suite to which the engine has given its range. */
async function reserveRange(): Promise<void> {
  await eventually(`the range ${range}`, 600, async () => {
    const { code, output } = await tryDocker("network", "create", "--subnet", range, network);
    if (code !== 0 && !output.includes("already exists")) throw new Error(output);
  });
}
