import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { converge, nodeSettings } from "../../systems/guestbook-mesos/chef/test/converge";
import { type CleanUp, docker, eventually, uniqueName } from "../machine/harness/engine";
import { root } from "../machine/harness/packer";
import { run, succeeded } from "../support/process";
import { temporaryFolder } from "../support/temporary";

export interface FrontEndProps {
  readonly name: "fe-1" | "fe-2";
  readonly id: string;
  readonly address: string;
  readonly network: string;
  readonly image: string;
  /** What the cluster says of its front ends. */
  readonly frontend: object;
  /** Where AWS is: host and port. */
  readonly cloud: string;
  /** Address of a member of Consul. */
  readonly consul: string;
  /** Where this host has the program of Consul. */
  readonly consulProgram: string;
  /** How it finds the visitors: `<subnet> via <address>`. */
  readonly route: string;
}

/** A front end: a container with systemd that holds exactly what the converge of its role wrote. */
export class FrontEnd {
  private constructor(
    readonly container: string,
    readonly props: FrontEndProps,
  ) {}

  static async start(props: FrontEndProps, cleanUp: CleanUp): Promise<FrontEnd> {
    const { name, id, address, network, image, frontend, consulProgram } = props;
    const machine = new FrontEnd(uniqueName(name), props);
    cleanUp.container(machine.container);
    await docker(
      ...["create", "--name", machine.container, "--hostname", name, "--network", network, "--ip", address],
      ...["NET_ADMIN", "NET_RAW", "NET_BROADCAST"].flatMap((capability) => ["--cap-add", capability]),
      ...["--tmpfs", "/run", "--tmpfs", "/run/lock", "--tmpfs", "/tmp:exec", "--stop-signal", "SIGRTMIN+3"],
      ...["-v", "/sys/fs/cgroup:/sys/fs/cgroup:ro", "-v", `${consulProgram}:/usr/local/bin/consul:ro`],
      ...[image, "/sbin/init"],
    );
    const folder = temporaryFolder(name);
    // Without Consul's client, whose cookbook finds the servers by AWS's tags: see `surroundings`.
    const runList = ["role[base]", "recipe[guestbook_frontend]"];
    const settings = nodeSettings("frontend", { frontend }, { hostname: name, runList });
    const converged = converge(settings, { root: folder, id, address });
    // Docker has its own.
    for (const file of ["etc/hosts", "etc/hostname"]) rmSync(join(folder, file));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    // What user data and the image bring.
    write("etc/slipway/node.json", JSON.stringify(settings));
    cpSync(join(root, "systems/common/machine/slipway_boot.py"), join(folder, "usr/local/lib/slipway/slipway_boot.py"));
    for (const [path, text] of Object.entries(surroundings(props))) write(path, text);
    const units = Object.entries(converged.runs[1]!.units).filter(([unit, { enabled }]) => enabled && ours.test(unit));
    for (const unit of ["surroundings.service", "consul.service", ...units.map(([unit]) => unit)])
      await enable(folder, unit);
    await succeeded(
      run("sh", ["-c", 'tar -C "$1" -c . | docker cp - "$2:/"', "sh", folder, machine.container], {
        cwd: folder,
        env: process.env,
      }),
    );
    await docker("start", machine.container);
    return machine;
  }

  async run(...command: string[]): Promise<string> {
    return (await docker("exec", this.container, ...command)).stdout.trim();
  }

  /** Power off, without a word to anybody. */
  async kill(): Promise<void> {
    await docker("kill", this.container);
  }

  /** Power on: everything starts by itself. */
  async powerOn(): Promise<void> {
    await docker("start", this.container);
    await this.serves();
  }

  /** Waits until nginx runs. */
  async serves(): Promise<void> {
    await eventually(`nginx on ${this.props.name}`, 90, () => this.run("curl", "-sSf", "http://127.0.0.1/healthz"));
  }

  /** What its journal says, for a test that failed. */
  async journal(): Promise<string> {
    return this.run("journalctl", "--no-pager", "--lines", "80", "--output", "short-precise");
  }
}

/** Units of the role. Those of every machine have nothing to do here. */
const ours = /^(nginx|consul-template|heartbeat|keepalived|front-end-watch)\.service$/;

/** As `systemctl enable` does for a machine that does not run. */
async function enable(folder: string, unit: string): Promise<void> {
  const wants = join(folder, "etc/systemd/system/multi-user.target.wants");
  mkdirSync(wants, { recursive: true });
  const own = ["nginx", "heartbeat", "keepalived"].some((name) => unit === `${name}.service`);
  const target = `${own ? "/lib" : "/etc"}/systemd/system/${unit}`;
  await succeeded(run("ln", ["-s", target, join(wants, unit)], { cwd: folder, env: process.env }));
}

/** What stands for AWS around the machine, and the Consul that its image and another cookbook bring. */
function surroundings({ name, address, cloud, consul, route }: FrontEndProps): Record<string, string> {
  const unit = (service: string) => `[Service]\n${service}\n[Install]\nWantedBy=multi-user.target\n`;
  const agent = `consul agent -data-dir /var/lib/consul -bind ${address} -retry-join ${consul} -retry-interval 1s`;
  return {
    "etc/stand-in": cloud,
    "etc/systemd/system.conf.d/cloud.conf": `[Manager]\nDefaultEnvironment=AWS_EC2_METADATA_SERVICE_ENDPOINT=http://${cloud}/${name}\n`,
    "etc/systemd/system/surroundings.service": unit(`Type=oneshot\nExecStart=/sbin/ip route replace ${route}`),
    "etc/systemd/system/consul.service": unit(`ExecStart=/usr/local/bin/${agent}\nRestart=always\nRestartSec=1`),
  };
}
