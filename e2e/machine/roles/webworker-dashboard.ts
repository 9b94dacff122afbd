import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { cloudConfig } from "../../../src/core/cloud-config";
import { run, succeeded } from "../../support/process";
import { temporaryFolder } from "../../support/temporary";
import { docker, eventually } from "../harness/engine";
import { debian } from "../harness/images";
import type { Machine } from "../harness/machine";
import { root } from "../harness/packer";
import type { RoleUnderTest } from "./role";

const account = { username: "dashboard_app", password: `quote ' dollar $HOME back\\slash` };
const repository = "/srv/dashboard.git";
/** Where the stand-in for AWS's Session Manager agent lies on the build machine. */
const agent = "/srv/amazon-ssm-agent.deb";

/** A machine of the dashboard: Docker, the code, and the two images that are built from it (S4-09 to S4-12). */
export const webworkerDashboard: RoleUnderTest = {
  role: "webworker-dashboard",
  debian: 13,
  engine: true,
  port: 5000,
  variables: async () => ({ repository_url: `file://${repository}`, session_manager_agent_url: `file://${agent}` }),
  units: [
    "amazon-ssm-agent.service",
    "docker.service",
    "slipway-swarm-join.service",
    "slipway-swarm-keep.service",
    "poll-updates.timer",
  ],
  // The deployment, which waits until the stack is healthy.
  slowUnits: ["poll-updates.service"],
  secrets: [account.password],

  prepare: async (builder) => {
    await giveRepository(builder);
    await giveAgent(builder);
    // Where no registry can be reached, the base of the images has to be there. The engine is then there as well.
    await builder.run(
      "sh",
      "-c",
      "apt-get update -q && apt-get install -q -y --no-install-recommends docker.io docker-cli",
    );
    await giveImage(builder, await debian("trixie"), "debian:13-slim");
  },

  launch: async ({ emulator }) => ({
    userData: cloudConfig([
      {
        path: "/etc/slipway/dashboard.json",
        json: {
          ...{
            region: emulator.region,
            mode: "single",
            databaseSecretArn: await emulator.putSecret("dashboard-database", account),
          },
          ...{
            databaseHost: "database.invalid",
            databasePort: 5432,
            databaseName: "dashboard",
            tickSeconds: 1,
            overlayRange: "192.168.128.0/17",
          },
          repository: { url: `file://${repository}`, branch: "master" },
          stackFile: "systems/dashboard/docker-compose.yml",
        },
      },
    ]),
  }),

  serves: async (machine) => {
    // What the agent that ran while the image was baked has remembered about that machine is not here.
    expect(await machine.run("sh", "-c", "systemctl is-active amazon-ssm-agent; ls /var/lib/amazon/ssm")).toBe(
      "active",
    );
    expect(await machine.run("docker", "images", "--format", "{{.Repository}}")).toMatch(
      /localhost\/dash-(front|back)\nlocalhost\/dash-(front|back)/,
    );
    expect(await machine.run("docker", "info", "--format", "{{.LiveRestoreEnabled}} {{.LoggingDriver}}")).toBe(
      "false json-file",
    );
    expect(await machine.run("docker", "info", "--format", "{{.Swarm.LocalNodeState}} {{.Swarm.Managers}}")).toBe(
      "active 1",
    );
    const name = await eventually("a secret", 30, () => machine.run("/usr/local/lib/slipway/database-secret"));
    expect(name).toMatch(/^aws_db_[0-9a-f]{12}$/);
    await healthy(machine);
  },

  // Once more over what is there, with stand-ins for the programs that would change it: who gets to see a registry's account?
  refuses: async (machine) => {
    const bin = temporaryFolder("stand-ins");
    const standIn = [
      "#!/bin/sh",
      `{ echo "\${0##*/} $*"; env; } >>/root/calls`,
      `case "$*" in *login*) cat >/root/login ;; *info*) echo inactive ;; *"push -q"*) [ ! -e /root/refuse ] ;; *--status*) exit 1 ;; *architecture*) echo amd64 ;; esac`,
    ];
    for (const program of ["docker", "apt-get", "systemctl", "dpkg"]) {
      writeFileSync(join(bin, program), `${standIn.join("\n")}\n`, { mode: 0o755 });
    }
    await docker("cp", bin, `${machine.name}:/root/bin`);
    await docker(
      "cp",
      join(root, "packer/webworker-dashboard/app-server-config.sh"),
      `${machine.name}:/root/config.sh`,
    );
    const configure = (variables: string) =>
      machine.run(
        "sh",
        "-c",
        `: >/root/calls; PATH=/root/bin:$PATH ${variables} bash -x /root/config.sh 2>&1 || echo "ended $?"`,
      );
    const calls = () => machine.run("cat", "/root/calls");
    const source = `REPOSITORY_URL=file://${repository}`;
    const url = `${source} SESSION_MANAGER_AGENT=skip`;

    const hub = `${url} DOCKERHUB_USER=someone DOCKERHUB_PASS=hub-secret-4712`;
    expect(await configure(hub)).not.toContain("hub-secret");
    expect(await machine.run("cat", "/root/login")).toBe("hub-secret-4712");
    expect(await calls()).not.toContain("hub-secret");
    expect(await calls()).toMatch(/docker --config \S+ login --username someone --password-stdin\n/);
    expect(await calls()).toMatch(/docker --config \S+ push -q someone\/dash-front:1[.0-9]+\n/);
    expect(await calls()).toMatch(/docker --config \S+ logout\n/);
    expect(await configure(`${hub} NAMESPACE=team DOCKER_REGISTRY=registry.example.org`)).toContain(
      "app-server-config: done",
    );
    expect(await calls()).toMatch(/push -q registry\.example\.org\/team\/dash-back:1[.0-9]+\n/);
    await machine.run("touch", "/root/refuse");
    expect(await configure(hub)).toMatch(/app-server-config: could not push to someone\n(\+.*\n)*ended 1$/);
    expect(await calls()).toMatch(/docker --config \S+ logout\n/);

    expect(await configure(url)).toContain("no registry account given: the images stay on this machine");
    expect(await configure(`${url} DOCKERHUB_USER=someone`)).toContain("no registry account given");
    expect(await calls()).not.toMatch(/login|push/);

    expect(await configure(url)).toContain("no Session Manager agent, as you said");
    expect(await calls()).not.toContain("amazon-ssm-agent");
    expect(await calls()).toMatch(/apt-get -q -o DPkg::Lock::Timeout=600 -o Acquire::Retries=5 install -y /);
    expect(await configure(`${source} SESSION_MANAGER_AGENT_URL=file:///nowhere.deb`)).toMatch(
      /\napp-server-config: cannot get the Session Manager agent from file:\/\/\/nowhere\.deb; without it nobody gets into a machine\. If that is what you want, give Packer -var session_manager_agent=skip\n(\+.*\n)*ended 1$/,
    );
    expect(await calls()).not.toMatch(/docker build|install -y \S*amazon-ssm-agent/);
    expect(await configure(`${source} SESSION_MANAGER_AGENT_URL=file://${agent}`)).toContain("app-server-config: done");
    expect(await calls()).toMatch(/apt-get .* install -y \/\S+\/amazon-ssm-agent\.deb\n/);
    expect(await calls()).toMatch(/systemctl enable amazon-ssm-agent\.service\n/);
    // A name that is nowhere: the address is AWS's, with the machine's own architecture.
    expect(await configure(`${source} AWS_REGION=cn-invalid`)).toContain(
      "from https://s3.cn-invalid.amazonaws.com.cn/amazon-ssm-cn-invalid/latest/debian_amd64/amazon-ssm-agent.deb;",
    );
    expect(await configure(source)).toContain("AWS_REGION is empty");
    expect(await configure(`${source} SESSION_MANAGER_AGENT=no`)).toContain("must be required or skip");
    expect(await configure("REPOSITORY_URL=")).toContain(
      "REPOSITORY_URL is empty; give Packer -var repository_url=https://",
    );
    expect(await configure("REPOSITORY_URL=git@host:x")).toContain("REPOSITORY_URL must start with https://");
    await machine.run("sh", "-c", "rm -rf /root/bin /root/calls /root/login /root/refuse /root/config.sh");
  },

  stillServes: async (machine) => {
    expect(await machine.run("docker", "node", "ls", "--format", "{{.Status}} {{.ManagerStatus}}")).toBe(
      "Ready Leader",
    );
    await healthy(machine);
  },
};

/** The front's own health, over the port that the load balancer asks; the stack came from the repository by itself. */
async function healthy(machine: Machine): Promise<void> {
  const port = await machine.port(5000);
  await eventually("the front", 120, async () => {
    const { status } = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2000) });
    if (status !== 200) throw new Error(`${status}`);
  });
}

/** This checkout's system as a repository of its own, on the machine itself. */
async function giveRepository(machine: Machine): Promise<void> {
  const work = temporaryFolder("repository");
  cpSync(join(root, "systems/dashboard"), join(work, "systems/dashboard"), { recursive: true });
  const git = (...args: string[]) => {
    const author = ["-c", "user.name=e2e", "-c", "user.email=e2e@localhost"];
    return succeeded(run("git", [...author, ...args], { cwd: work, env: process.env }));
  };
  await git("init", "-q", "-b", "master");
  await git("add", ".");
  await git("commit", "-q", "-m", "As in the checkout");
  await docker("cp", join(work, ".git"), `${machine.name}:${repository}`);
  await machine.run("chown", "-R", "root:root", repository);
  await machine.run("sed", "-i", "s/bare = false/bare = true/", `${repository}/config`);
}

/** A package of the agent's name that, like the agent, starts when it is installed and remembers the machine. */
async function giveAgent(machine: Machine): Promise<void> {
  const files = {
    "DEBIAN/control": [
      ...["Package: amazon-ssm-agent", "Version: 1.0", "Architecture: all", "Maintainer: e2e <e2e@localhost>"],
      "Description: stand-in for the Session Manager agent",
    ],
    "DEBIAN/postinst": [
      ...["#!/bin/sh", "mkdir -p /var/lib/amazon/ssm/i-builder", "systemctl daemon-reload"],
      "systemctl start amazon-ssm-agent.service",
    ],
    "lib/systemd/system/amazon-ssm-agent.service": [
      ...["[Service]", "ExecStart=/bin/sleep infinity", "[Install]", "WantedBy=multi-user.target"],
    ],
  };
  const work = temporaryFolder("agent");
  for (const [path, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), `${lines.join("\n")}\n`, { mode: path.endsWith("postinst") ? 0o755 : 0o644 });
  }
  chmodSync(work, 0o755);
  await docker("cp", work, `${machine.name}:/root/agent`);
  await machine.run("dpkg-deb", "--root-owner-group", "--build", "/root/agent", agent);
  await machine.run("rm", "-r", "/root/agent");
}

async function giveImage(machine: Machine, image: string, name: string): Promise<void> {
  const pipe = 'docker save "$1" | docker exec -i "$2" docker load -q && docker exec "$2" docker tag "$1" "$3"';
  await succeeded(run("sh", ["-c", pipe, "sh", image, machine.name, name], { cwd: root, env: process.env }));
}
