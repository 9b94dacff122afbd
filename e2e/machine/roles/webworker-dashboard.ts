import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

/** A machine of the dashboard: Docker, the code, and the two images that are built from it (S4-09 to S4-12). */
export const webworkerDashboard: RoleUnderTest = {
  role: "webworker-dashboard",
  debian: 13,
  engine: true,
  port: 5000,
  variables: async () => ({ repository_url: `file://${repository}` }),
  units: ["docker.service", "slipway-swarm-join.service", "slipway-swarm-keep.service", "poll-updates.timer"],
  // The deployment, which waits until the stack is healthy.
  slowUnits: ["poll-updates.service"],
  secrets: [account.password],

  prepare: async (builder) => {
    await giveRepository(builder);
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
      `case "$*" in *login*) cat >/root/login ;; *info*) echo inactive ;; *"push -q"*) [ ! -e /root/refuse ] ;; esac`,
    ];
    for (const program of ["docker", "apt-get", "systemctl"]) {
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
    const url = `REPOSITORY_URL=file://${repository}`;

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

async function giveImage(machine: Machine, image: string, name: string): Promise<void> {
  const pipe = 'docker save "$1" | docker exec -i "$2" docker load -q && docker exec "$2" docker tag "$1" "$3"';
  await succeeded(run("sh", ["-c", pipe, "sh", image, machine.name, name], { cwd: root, env: process.env }));
}
