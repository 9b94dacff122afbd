import { chmodSync, existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { launchOnDocker, takeDownOnDocker } from "./on-docker";
import { guestbook } from "./testing/guestbook";
import { Desk, reportOf } from "./testing/stand-ins";

let desk: Desk;
let server: Server;
let url: string;
/** What the site answers. */
let status: number;

const there = ["docker_container.guestbook", "docker_image.guestbook", "docker_network.network", "docker_volume.data"];
const applied = (changes: string) => `echo "Apply complete! Resources: ${changes}."`;
/** An engine with an image once it has been built. */
const docker = {
  "image inspect": `for name; do :; done; [ -e "\${0%/*}/../built-$(echo "$name" | /usr/bin/tr /: --)" ]`,
  "build --tag": `: >"\${0%/*}/../built-$(echo "$3" | /usr/bin/tr /: --)"`,
  "container inspect": "echo healthy",
};
const packer = { "build -only": `: >"\${0%/*}/../built-localhost-wordpress-6.8.3-1"` };
const terraform = () => ({
  apply: applied("5 added, 0 changed, 0 destroyed"),
  "output -json": `echo '{"url":{"value":"${url}"},"secret":{"value":"x","sensitive":true}}'`,
  "state list": `printf '%s\\n' ${there.join(" ")}`,
  destroy: 'echo "Destroy complete! Resources: 3 destroyed."',
});

beforeEach(async () => {
  desk = new Desk();
  status = 200;
  server = createServer((_, answer) => void answer.writeHead(status).end());
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  desk.standIn("docker", docker);
  desk.standIn("packer", packer);
  desk.standIn("ansible-playbook");
  desk.standIn("git", { "rev-parse": "echo 0123456789abcdef0123456789abcdef01234567" });
  desk.standIn("terraform", { ...terraform(), "state list": "exit 1" });
});

afterEach(() => {
  server.close();
  desk.remove();
});

const stack = (patience?: number) => desk.stack("guestbook-local", guestbook(url, patience));
const takeDown = "npx slipway down guestbook";
const up = (options = { rebuild: false }, patience?: number) =>
  launchOnDocker(desk.run(), stack(patience), { ...options, takeDown });
const down = (data = false) => takeDownOnDocker(desk.run(), stack(), { data });
const secret = (name: string) => desk.read(`.secrets/guestbook-local/${name}`);

describe("a system on the local engine", () => {
  it("is started by one command: images, secrets, containers, health, address (S0-02)", async () => {
    expect(await up()).toEqual({
      url,
      what: ["guestbook: container guestbook-local-guestbook", "database: container guestbook-local-database"],
      notes: [],
    });
    expect(
      desk.calls().filter((call) => !/image inspect|context inspect|version|init -help|rev-parse/.test(call)),
    ).toEqual([
      "docker build --tag localhost/guestbook:1.0.0 --build-arg VERSION=1.0.0 systems/guestbook/app",
      "packer init packer/plugins",
      "packer build -only=*.docker.* -except=push -var=registry=localhost/wordpress " +
        "-var=commit=0123456789abcdef0123456789abcdef01234567 packer/wordpress",
      "terraform init -input=false -no-color",
      "docker volume ls --quiet",
      "terraform state list -no-color",
      "terraform state pull",
      "terraform apply -auto-approve -input=false -no-color",
      "terraform output -json -no-color",
      "docker container inspect --format {{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}} guestbook-local-guestbook",
      "docker container inspect --format {{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}} guestbook-local-database",
    ]);
  });

  it("shows each step at its beginning and at its end", async () => {
    await up();
    expect(desk.shown.map((line) => line.replace(/, \d+ s$/, ""))).toEqual([
      "image localhost/guestbook:1.0.0 …",
      "image localhost/guestbook:1.0.0",
      "image localhost/wordpress:6.8.3-1 …",
      "image localhost/wordpress:6.8.3-1",
      "terraform init guestbook-local …",
      "terraform init guestbook-local",
      "terraform apply guestbook-local …",
      "terraform apply guestbook-local, 5 added, 0 changed, 0 destroyed",
      "healthy …",
      "healthy, 2 of 2 containers",
      `${url} answers …`,
      `${url} answers`,
    ]);
  });

  it("makes nothing a second time, and draws no other password", async () => {
    await up();
    const [first, before] = [desk.calls(), secret("database-password")];
    desk.standIn("terraform", { ...terraform(), apply: applied("0 added, 0 changed, 0 destroyed") });
    await up();
    expect(first.filter((call) => call.includes(" build "))).toHaveLength(2);
    expect(desk.calls().filter((call) => call.includes(" build "))).toEqual([]);
    expect(secret("database-password")).toBe(before);
  });

  it("makes images again when it is asked to", async () => {
    await up();
    desk.calls();
    await up({ rebuild: true });
    expect(desk.calls().filter((call) => call.includes(" build "))).toHaveLength(2);
  });

  it("keeps secrets in files that containers can read, in a folder that nobody else can enter", async () => {
    await up();
    expect(secret("database-password")).toMatch(/^[A-Za-z0-9]{48}$/);
    expect(secret("database-url")).toBe(`postgres://guest:${secret("database-password")}@database/guestbook`);
    const mode = (path: string) => statSync(join(desk.folder, ".secrets/guestbook-local", path)).mode & 0o777;
    expect([mode("."), mode("database-password"), mode("database-url")]).toEqual([0o700, 0o444, 0o444]);
  });

  it("gives Terraform the folder of the secrets, and no program a secret", async () => {
    const apply = `echo "$TF_VAR_secrets_folder" >"\${0%/*}/../folder"; ${applied("1 added")}`;
    desk.standIn("terraform", { ...terraform(), "state list": "exit 1", apply });
    await up();
    expect(desk.read("folder").trim()).toBe(join(desk.folder, ".secrets/guestbook-local"));
    expect(desk.calls().join("\n")).not.toContain(secret("database-password"));
  });

  it.each([
    ["the one of Docker's context", {}, "unix:///home/ada/engine.sock"],
    ["the one that DOCKER_HOST names", { DOCKER_HOST: "tcp://127.0.0.1:2375" }, "tcp://127.0.0.1:2375"],
  ])("leads Terraform to the engine that Docker's client asks: %s", async (_, env, host) => {
    desk.standIn("docker", { ...docker, "context inspect": "echo unix:///home/ada/engine.sock" });
    const apply = `echo "$DOCKER_HOST" >"\${0%/*}/../engine"; ${applied("1 added")}`;
    desk.standIn("terraform", { ...terraform(), "state list": "exit 1", apply });
    await launchOnDocker(desk.run(env), stack(), { rebuild: false, takeDown });
    expect(desk.read("engine").trim()).toBe(host);
  });

  it("refuses to draw a password anew that a volume knows", async () => {
    await up();
    rmSync(join(desk.folder, ".secrets"), { recursive: true });
    desk.standIn("docker", { ...docker, "volume ls": "echo others; echo guestbook-local-data" });
    desk.standIn("terraform", terraform());
    const gone =
      /^error: .*database-password is gone, and the volumes of guestbook-local know the old one: guestbook-local-data; put it back, or begin anew without the data: /;
    const report = await reportOf(up());
    expect([report, report.replace(gone, "")]).toEqual([
      expect.stringMatching(gone),
      "npx slipway down guestbook --data",
    ]);
    expect(desk.calls().filter((call) => call.includes("apply"))).toHaveLength(1);
  });

  it("refuses it in a fresh clone too, where no state knows the volume that the engine has", async () => {
    desk.standIn("docker", { ...docker, "volume ls": "echo guestbook-local-data" });
    expect(await reportOf(up())).toContain(
      "without the data: docker rm --force guestbook-local-guestbook guestbook-local-database; " +
        "docker volume rm guestbook-local-data",
    );
    expect(existsSync(join(desk.folder, ".secrets"))).toBe(false);
    expect(desk.calls().filter((call) => call.includes("apply"))).toEqual([]);
  });

  it("draws no password where nobody can tell which volumes there are", async () => {
    desk.standIn("docker", { ...docker, "volume ls": "echo 'connection reset' >&2; exit 1" });
    expect(await reportOf(up())).toContain("  connection reset\nran:    docker volume ls --quiet");
    expect(existsSync(join(desk.folder, ".secrets"))).toBe(false);
  });

  it("says in a line why its secrets cannot be kept, and how to mend that", async () => {
    writeFileSync(join(desk.folder, ".secrets"), "");
    expect(await reportOf(up())).toMatch(
      /^error: the secrets cannot be used at .*: ENOTDIR.*; make room for a folder of yours at .*guestbook-local, then run .*$/,
    );
  });

  it.each([
    "ssh://ada@example.org",
    "tcp://192.0.2.1:2375",
    "tcp://docker:2376",
  ])("is not started on the engine of another machine: %s", async (host) => {
    const report = /^error: the Docker engine .* is on another machine, .*; unset DOCKER_HOST, or choose .*$/;
    const options = { rebuild: false, takeDown };
    expect(await reportOf(launchOnDocker(desk.run({ DOCKER_HOST: host }), stack(), options))).toMatch(report);
    expect(desk.calls()).toEqual([]);
    desk.standIn("docker", { ...docker, "context inspect": `echo ${host}` });
    expect(await reportOf(up())).toMatch(report);
  });

  it.each([
    [
      "terraform",
      "error: not installed: terraform (Terraform 1.11 or later: scripts/install/terraform.sh, or https://",
    ],
    ["docker", "error: not installed: docker (Docker: scripts/install/docker.sh, or https://"],
  ] as const)("says in one line that %s is missing, before it does anything", async (name, message) => {
    desk.without(name);
    const report = await reportOf(up());
    expect(report.startsWith(message)).toBe(true);
    expect(report).not.toContain("\n");
    expect(desk.calls()).toEqual([]);
  });

  it("names all missing programs at once", async () => {
    desk.without("terraform");
    desk.without("docker");
    expect(await reportOf(up())).toMatch(/^error: not installed: terraform \(.*\); docker \(.*\)$/);
  });

  it("asks for what makes its images before it makes one", async () => {
    desk.without("packer");
    expect(await reportOf(up())).toMatch(/^error: not installed: packer \(/);
    expect(desk.calls().filter((call) => call.includes("build --tag"))).toEqual([]);
  });

  it("takes a program that may not be executed for a missing one", async () => {
    chmodSync(join(desk.bin, "terraform"), 0o644);
    expect(await reportOf(up())).toContain("not installed: terraform");
  });

  it("says in one line that no engine answers", async () => {
    desk.standIn("docker", {
      version: "echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2; exit 1",
    });
    expect(await reportOf(up())).toBe(
      "error: the Docker engine does not answer; start Docker, or point DOCKER_HOST at one. " +
        "Docker says: Cannot connect to the Docker daemon at unix:///var/run/docker.sock.",
    );
  });

  it("shows the last words of a build that fails, and starts nothing", async () => {
    const long = `i=0; while [ $i -lt 30 ]; do echo "step $i" >&2; i=$((i+1)); done; echo "npm error 404" >&2; exit 1`;
    desk.standIn("docker", { ...docker, "build --tag": long });
    const report = await reportOf(up());
    expect(report).toContain("error: docker ended with exit code 1\n  step 11\n");
    expect(report).toMatch(
      /npm error 404\nran: {4}docker build --tag localhost\/guestbook:1\.0\.0 .*\nin: .*\nrepair: correct/,
    );
    expect(desk.calls().filter((call) => call.startsWith("terraform"))).toEqual([]);
  });

  it("notices a build that ends well and leaves no image", async () => {
    desk.standIn("packer");
    expect(await reportOf(up())).toContain("the engine has no image localhost/wordpress:6.8.3-1");
  });

  it("shows an apply that fails without Terraform's frame, and where to look", async () => {
    const apply = "printf '╷\\n│ Error: port is already allocated\\n│ \\n╵\\n' >&2; exit 1";
    desk.standIn("terraform", { ...terraform(), "state list": "exit 1", apply });
    const report = await reportOf(up());
    expect(report).toContain("error: terraform ended with exit code 1\n  Error: port is already allocated\nran: ");
    expect(report).toContain("docker logs tells more: guestbook-local-guestbook, guestbook-local-database");
    expect(report).toContain("force-unlock <ID>");
    expect(desk.shown.at(-1)).toMatch(/^terraform apply guestbook-local: not done, /);
  });

  it("tells who is not healthy in time, with the last words of the log", async () => {
    const inspect = 'case "$*" in *database*) echo unhealthy;; *) echo healthy;; esac';
    desk.standIn("docker", { ...docker, "container inspect": inspect, logs: "echo FATAL: no space left" });
    expect(await reportOf(up({ rebuild: false }, 0))).toBe(
      "error: not healthy in time\n  database is unhealthy after 0 s; docker logs guestbook-local-database ends with\n" +
        "    FATAL: no space left",
    );
  });

  it("does not wait for a container that is not there", async () => {
    const missing = "echo 'Error response from daemon: No such container: it' >&2; exit 1";
    desk.standIn("docker", { ...docker, "container inspect": missing });
    expect(await reportOf(up({ rebuild: false }, 600))).toContain(
      "  database is missing: there is no container guestbook-local-database",
    );
  });

  it("asks again where the engine could not say how a container is", async () => {
    const once = `[ -e "\${0%/*}/../asked" ] && echo healthy || { : >"\${0%/*}/../asked"; echo 'i/o timeout' >&2; exit 1; }`;
    desk.standIn("docker", { ...docker, "container inspect": once });
    expect((await up()).url).toBe(url);
    desk.standIn("docker", { ...docker, "container inspect": "echo 'i/o timeout' >&2; exit 1" });
    expect(await reportOf(up({ rebuild: false }, 0))).toContain("  database is unknown (i/o timeout) after 0 s");
  });

  it("waits for a container that is still starting", async () => {
    const once = `[ -e "\${0%/*}/../asked" ] && echo healthy || { : >"\${0%/*}/../asked"; echo starting; }`;
    desk.standIn("docker", { ...docker, "container inspect": once });
    expect((await up()).url).toBe(url);
  });

  it.each([503, 404])("waits for an answer that is a page, and not %i", async (error) => {
    status = error;
    setTimeout(() => {
      status = 302;
    }, 700);
    expect((await up()).url).toBe(url);
  });
});

describe("a system that is taken down", () => {
  beforeEach(async () => {
    await up();
    desk.calls();
    desk.standIn("terraform", terraform());
  });

  it("loses its containers and keeps its data", async () => {
    expect(await down()).toEqual(there.slice(0, 3));
    expect(desk.calls().at(-1)).toBe(
      "terraform destroy -auto-approve -input=false -no-color -target=docker_container.guestbook " +
        "-target=docker_image.guestbook -target=docker_network.network",
    );
    expect(secret("database-password")).toHaveLength(48);
  });

  it("loses its data, and the secrets that they know, when it is told so", async () => {
    expect(await down(true)).toEqual(there);
    expect(desk.calls().at(-1)).toBe("terraform destroy -auto-approve -input=false -no-color");
    expect(existsSync(join(desk.folder, ".secrets/guestbook-local"))).toBe(false);
  });

  it("keeps the secrets when Terraform refuses to destroy the data", async () => {
    desk.standIn("terraform", { ...terraform(), destroy: "echo 'Error: Instance cannot be destroyed' >&2; exit 1" });
    expect(await reportOf(down(true))).toContain("Error: Instance cannot be destroyed");
    expect(secret("database-password")).toHaveLength(48);
  });

  it("is not taken for gone where its state cannot be read", async () => {
    const broken = "echo 'Unsupported state file format' >&2; exit 1";
    desk.standIn("terraform", { ...terraform(), "state list": broken, "state pull": broken });
    expect(await reportOf(down(true))).toContain("  Unsupported state file format\nran:    terraform state pull");
    desk.standIn("terraform", { ...terraform(), "state list": broken, "state pull": "echo '{}'" });
    expect(await reportOf(down(true))).toContain("ran:    terraform state list");
    expect(secret("database-password")).toHaveLength(48);
  });

  it("may be gone already", async () => {
    desk.standIn("terraform", { ...terraform(), "state list": "exit 1" });
    expect(await down()).toEqual([]);
    expect(desk.calls().filter((call) => call.includes("destroy"))).toEqual([]);
  });
});
