import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CleanUp, docker, eventually, published, tryDocker, uniqueName } from "../machine/harness/engine";
import type { Finished } from "../support/process";
import { temporaryFolder } from "../support/temporary";
import { nodeImage } from "./images";

const machine = join(__dirname, "../../systems/dashboard/machine");

/** Whom the registry of the machines lets in, and nobody else. */
export const account = { username: "reader", password: "of images: $ '" };

/** One machine: an engine in a container. Its port 5000 is published as a load balancer would reach it. */
export class Node {
  constructor(readonly name: string) {}

  /** Runs a command in it; what it printed to its standard output. It must succeed. */
  async run(...command: string[]): Promise<string> {
    return (await docker("exec", this.name, ...command)).stdout.trim();
  }

  /** Runs a program of the machine, with the environment that systemd would give it. */
  program(environment: Readonly<Record<string, string>>, ...command: string[]): Promise<Finished> {
    const variables = Object.entries(environment).flatMap(([key, value]) => ["-e", `${key}=${value}`]);
    return tryDocker("exec", ...variables, this.name, ...command);
  }

  async write(path: string, content: string): Promise<void> {
    const encoded = Buffer.from(content).toString("base64");
    const script = 'mkdir -p "$(dirname "$1")" && printf %s "$2" | base64 -d > "$1"';
    await this.run("sh", "-c", script, "sh", path, encoded);
  }

  async leads(): Promise<boolean> {
    const { stdout } = await tryDocker(
      "exec",
      this.name,
      "docker",
      "node",
      "inspect",
      "self",
      "--format",
      "{{.ManagerStatus.Leader}}",
    );
    return stdout.trim() === "true";
  }

  /** URL under which this host reaches the published port of the stack. */
  async url(): Promise<string> {
    return `http://127.0.0.1:${await published(this.name, 5000)}`;
  }
}

/** Machines of one cluster, each of them a manager. */
export class Swarm {
  private constructor(
    readonly nodes: readonly Node[],
    /** The registry of the machines: by which name they know it, where this host pushes to, and the folder of its login. */
    readonly registry: { readonly inside: string; readonly outside: string; readonly login: string },
  ) {}

  static async start(network: string, repository: string, size: number, cleanUp: CleanUp): Promise<Swarm> {
    const image = await nodeImage();
    const registry = uniqueName("registry");
    cleanUp.container(registry);
    const folder = "/etc/docker/registry";
    const settings = JSON.stringify({
      version: 0.1,
      http: { addr: ":5000" },
      storage: { filesystem: { rootdirectory: "/srv" } },
      auth: { htpasswd: { realm: "machines", path: `${folder}/htpasswd` } },
    });
    // The only kind of digest that the registry reads.
    const digest = `perl -e 'print "$ARGV[0]:", crypt($ARGV[1], q($2y$05$saltsaltsaltsaltsalts.)), "\\n"' "$2" "$3"`;
    const serve = `cd ${folder} && ${digest} > htpasswd && printf %s "$1" > config.yml && exec docker-registry serve config.yml`;
    const place = ["--network", network, "-p", "127.0.0.1::5000"];
    await docker(
      "run",
      "-d",
      "--name",
      registry,
      ...place,
      image,
      "sh",
      "-c",
      serve,
      "sh",
      settings,
      account.username,
      account.password,
    );
    const nodes: Node[] = [];
    for (let number = 1; number <= size; number++) {
      const name = uniqueName(`node${number}`);
      cleanUp.container(name);
      await docker(
        ...["run", "-d", "--name", name, "--hostname", `node${number}`, ...place, ...engineInContainer()],
        ...["-v", `${machine}:/machine:ro`, "-v", `${repository}:/srv/repository.git:ro`],
        ...[image, "dockerd", "--insecure-registry", `${registry}:5000`],
      );
      nodes.push(new Node(name));
    }
    for (const node of nodes) await eventually(`the engine of ${node.name}`, 60, () => node.run("docker", "version"));
    const address = (await nodes[0]!.run("hostname", "-i")).split(" ")[0]!;
    await nodes[0]!.run("docker", "swarm", "init", "--advertise-addr", address);
    const token = await nodes[0]!.run("docker", "swarm", "join-token", "--quiet", "manager");
    for (const node of nodes.slice(1)) await node.run("docker", "swarm", "join", "--token", token, `${address}:2377`);
    const outside = `127.0.0.1:${await published(registry, 5000)}`;
    const login = temporaryFolder("registry-login");
    const auth = Buffer.from(`${account.username}:${account.password}`).toString("base64");
    writeFileSync(join(login, "config.json"), JSON.stringify({ auths: { [outside]: { auth } } }));
    return new Swarm(nodes, { inside: `${registry}:5000`, outside, login });
  }

  /** The node that leads, among those that are asked. */
  async leader(among: readonly Node[] = this.nodes, seconds = 60): Promise<Node> {
    return eventually("a leader of the swarm", seconds, async () => {
      for (const node of among) if (await node.leads()) return node;
      throw new Error("nobody leads");
    });
  }

  /** Puts an image into the registry of the machines. */
  async push(image: string, name: string): Promise<void> {
    const target = `${this.registry.outside}/${name}`;
    await docker("tag", image, target);
    try {
      await eventually("a push", 30, () => docker("--config", this.registry.login, "push", "--quiet", target));
    } finally {
      await tryDocker("rmi", target);
    }
  }
}

/**
 * What an engine in a container needs: every capability that this host can give, as --privileged asks for some that a
 * confined host lacks and then starts nothing.
 */
function engineInContainer(): string[] {
  return [
    ...capabilities().map((name) => `--cap-add=${name}`),
    ...["seccomp=unconfined", "apparmor=unconfined", "systempaths=unconfined"].map((each) => `--security-opt=${each}`),
    ...["--device-cgroup-rule=a *:* rwm", "-v", "/sys/fs/cgroup:/sys/fs/cgroup:rw"],
    // No overlay upon an overlay; and no process id of a former life in /run.
    ...["-v", "/var/lib/docker", "--tmpfs", "/run"],
  ];
}

/** In the order of their numbers, as far as Docker 20.10 knows them. */
const names = (
  "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE " +
  "NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN " +
  "SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE " +
  "MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ"
).split(" ");

function capabilities(): string[] {
  const mask = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))![1]}`);
  return names.filter((_, bit) => (mask >> BigInt(bit)) & 1n);
}

/** Whether the kernel can give a service one address and one port on every machine; if not, Swarm only says that it does. */
export const hasIpvs = () => existsSync("/proc/sys/net/ipv4/vs");
