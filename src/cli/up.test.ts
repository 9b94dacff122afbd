import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Desk } from "../run/testing/stand-ins";
import { main } from "./main";
import type { Terminal } from "./print";
import { write } from "./testing/project";

const root = join(__dirname, "../..");
let desk: Desk;

const values = {
  registry_url: { value: "1.dkr.ecr.eu-west-1.amazonaws.com/w/wordpress" },
  alb_dns: { value: "wp.example.org" },
};
/** A plan that does these actions to a resource. */
const planning = (address: string, ...actions: string[]) => {
  const changes = [{ address, type: address.split(".")[0], change: { actions } }];
  return { "show -json": `echo '${JSON.stringify({ resource_changes: changes })}'` };
};
const terraform = {
  ...planning("aws_vpc.network", "create"),
  "output -json": `echo '${JSON.stringify(values)}'`,
  "state list": "echo aws_vpc.network",
};

beforeEach(() => {
  desk = new Desk();
  write(join(desk.folder, "environments/dev.yaml"), readFileSync(join(root, "environments/dev.yaml"), "utf8"));
  write(join(desk.folder, "environments/small.yaml"), "region: eu-west-1\n");
  for (const name of ["packer", "git", "ansible-playbook", "docker"] as const) desk.standIn(name);
  desk.standIn("aws", {
    "ecr describe-images": "echo ImageNotFoundException >&2; exit 254",
    "ec2 describe-images": "echo None",
  });
  desk.standIn("terraform", terraform);
  vi.stubEnv("CDKTF_OUTDIR", join(desk.folder, "out"));
  vi.stubEnv("PATH", desk.bin);
});
afterEach(() => {
  vi.unstubAllEnvs();
  desk.remove();
});

async function slipway(args: string, ask?: Terminal["ask"]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
    ...(ask && { ask }),
  };
  const words = [...args.split(" "), "--environments", join(desk.folder, "environments")];
  const code = await main(words, root, terminal);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** Name of the program and what it is told to do, with the stack where there is one. */
const brief = (calls: readonly string[]) =>
  calls.map((call) => call.split(" ").slice(0, 2).join(" ")).filter((call) => /apply|destroy|packer build/.test(call));

describe("slipway up", () => {
  it("makes WordPress of an environment on AWS in order: stack, image, stack (S2-R13)", async () => {
    const { code, out } = await slipway("up wordpress --environment dev --yes");
    expect(code).toBe(0);
    const calls = desk.calls();
    expect(brief(calls)).toEqual(["terraform apply", "packer build", "terraform apply"]);
    expect(calls.find((call) => call.startsWith("packer build"))).toMatch(/packer\/wordpress$/);
    expect(out).toBe(
      [
        "wordpress is up: http://wp.example.org/",
        "  wordpress-platform-dev",
        "  wordpress-service-dev",
        `Take it down: npx slipway down wordpress --environment dev --environments ${join(desk.folder, "environments")}`,
      ].join("\n"),
    );
  });

  it.each([
    ["dashboard", "packer/webworker-dashboard", "the database is loaded once"],
    ["wordpress-mysql", "packer/mysql", "wordpress-mysql-dev"],
  ])("bakes the machine image of %s before its stack, and says what is left to do", async (system, template, note) => {
    vi.stubEnv("PKR_VAR_ssh_source_cidrs", '["192.0.2.1/32"]');
    const { code, out } = await slipway(`up ${system} --environment dev --yes`);
    expect([code, out]).toEqual([0, expect.stringContaining(note)]);
    const calls = desk.calls();
    expect(brief(calls)).toEqual(["packer build", "terraform apply"]);
    expect(calls.find((call) => call.startsWith("packer build"))).toContain(template);
  });

  it.each([
    ["up guestbok --environment dev", "error: there is no system guestbok; did you mean guestbook?"],
    [
      "up shop --environment dev",
      "error: there is no system shop; the systems are wordpress, wordpress-mysql, guestbook",
    ],
    [
      "up guestbook --environment small",
      "error: the environment small does not describe guestbook; it has none. Describe it in",
    ],
    ["up guestbook --environment moon", "error: there is no moon.yaml in"],
    ["up guestbook --environment dev --build", "error: --build is for Docker"],
    ["down guestbook --environment dev --data", "error: --data is for Docker"],
    ["up", "error: missing required argument 'system'"],
    ["up guestbook wordpress", "error: too many arguments for 'up'"],
  ])("refuses %j in a line, before it starts anything", async (args, message) => {
    const { code, err } = await slipway(args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    expect(err).not.toContain("    at ");
    expect(desk.calls()).toEqual([]);
  });

  it.each(["up", "down"])("%s asks before it changes anything on AWS, unless --yes says so", async (command) => {
    const line = `${command} guestbook --environment dev`;
    expect(await slipway(line)).toMatchObject({ code: 2, err: expect.stringContaining("--yes says so beforehand") });
    expect(desk.calls()).toEqual([]);
    const question = vi.fn(async () => "no");
    expect(await slipway(line, question)).toMatchObject({
      code: 2,
      err: expect.stringContaining("not confirmed: what was asked is not done"),
    });
    expect(question).toHaveBeenCalledWith(expect.stringMatching(/guestbook-dev.*\? .*\[y\/N\] $/), expect.anything());
    expect(brief(desk.calls())).toEqual([]);
    expect(await slipway(line, async () => "y")).toMatchObject({ code: 0 });
    expect(brief(desk.calls())).toHaveLength(1);
  });

  it("shows what a plan takes away before it asks", async () => {
    desk.standIn("terraform", { ...terraform, ...planning("aws_instance.web", "delete", "create") });
    const { err } = await slipway("up guestbook --environment dev", async () => "no");
    expect(err).toContain("guestbook-dev: 1 to add, 0 to change, 1 to destroy\n  replace aws_instance.web\n");
  });

  it("takes --yes for no agreement to a loss that nobody has seen, unless --destroy says so", async () => {
    desk.standIn("terraform", { ...terraform, ...planning("aws_instance.web", "delete", "create") });
    expect(await slipway("up guestbook --environment dev --yes")).toMatchObject({
      code: 2,
      err: expect.stringContaining("error: guestbook-dev would lose what it has: replace aws_instance.web; --yes"),
    });
    expect(brief(desk.calls())).toEqual([]);
    expect(await slipway("up guestbook --environment dev --yes --destroy")).toMatchObject({ code: 0 });
    expect(brief(desk.calls())).toEqual(["terraform apply"]);
  });

  it("takes --yes for a new revision of a task: no other change of one exists", async () => {
    desk.standIn("terraform", { ...terraform, ...planning("aws_ecs_task_definition.web", "delete", "create") });
    expect(await slipway("up guestbook --environment dev --yes")).toMatchObject({ code: 0 });
  });

  it("names missing programs before it asks", async () => {
    desk.without("terraform");
    const question = vi.fn(async () => "y");
    const { err } = await slipway("up wordpress --environment dev", question);
    expect(err).toContain("error: not installed: terraform");
    expect(question).not.toHaveBeenCalled();
  });

  it("never shows a stack trace for what another program did wrong", async () => {
    desk.standIn("terraform", { ...terraform, apply: "echo 'Error: no credentials' >&2; exit 1" });
    const { code, err } = await slipway("up guestbook --environment dev --yes");
    expect(code).toBe(2);
    expect(err).toMatch(/error: terraform ended with exit code 1\n {2}Error: no credentials\nran: {4}terraform apply/);
    expect(err).not.toContain("    at ");
  });
});

describe("slipway down", () => {
  it("destroys the stacks of WordPress in the reverse order (S2-R14)", async () => {
    desk.standIn("terraform", { ...terraform, destroy: `echo "$PWD" >>"\${0%/*}/../where"` });
    const { code, out } = await slipway("down wordpress --environment dev --yes");
    expect([code, out]).toEqual([0, "wordpress of dev is gone: wordpress-service-dev, wordpress-platform-dev"]);
    expect(desk.read("where")).toMatch(/wordpress-service-dev\n.*wordpress-platform-dev\n$/);
  });

  it("keeps the data of a system on Docker, and names the command that takes those of this environment", async () => {
    write(join(desk.folder, "environments/desk.yaml"), "target: docker\nguestbook: {}\n");
    desk.standIn("terraform", { "state list": "echo docker_container.guestbook; echo docker_volume.data" });
    const { code, out } = await slipway("down guestbook --environment desk");
    const again = `npx slipway down guestbook --environment desk --environments ${join(desk.folder, "environments")}`;
    expect([code, out]).toEqual([0, `guestbook is down, its data are kept; ${again} --data takes them too`]);
  });

  it("ends what was written last while another description, or that of another system, has a mistake", async () => {
    await slipway("up wordpress --environment dev --yes");
    const dev = join(desk.folder, "environments/dev.yaml");
    write(dev, readFileSync(dev, "utf8").replace("count: 2", "count: two"));
    write(join(desk.folder, "environments/small.yaml"), "region: nowhere\n");
    const { code, out, err } = await slipway("down wordpress --environment dev --yes");
    expect([code, out]).toEqual([0, "wordpress of dev is gone: wordpress-service-dev, wordpress-platform-dev"]);
    expect(err).toContain("wordpress-platform-dev and wordpress-service-dev end as written last");
  });

  it("reports the mistakes where nothing of the system was written", async () => {
    write(join(desk.folder, "environments/small.yaml"), "region: nowhere\n");
    const { code, err } = await slipway("down wordpress --environment dev --yes");
    expect([code, err]).toEqual([2, expect.stringContaining("small.yaml:1:9 REGION_UNKNOWN")]);
    expect(desk.calls().filter((call) => call.includes("destroy"))).toEqual([]);
  });

  it("reports the mistakes too where a stack that was written has lost its document", async () => {
    await slipway("up wordpress --environment dev --yes");
    rmSync(join(desk.folder, "out/stacks/wordpress-service-dev/cdk.tf.json"));
    write(join(desk.folder, "environments/small.yaml"), "region: nowhere\n");
    const { code, err } = await slipway("down wordpress --environment dev --yes");
    expect([code, err]).toEqual([2, expect.stringContaining("small.yaml:1:9 REGION_UNKNOWN")]);
    expect(desk.calls().filter((call) => call.includes("destroy"))).toEqual([]);
  });

  it("has nothing to do where nothing is", async () => {
    desk.standIn("terraform", { "state list": "exit 1" });
    expect(await slipway("down guestbook --environment dev --yes")).toMatchObject({
      code: 0,
      out: "guestbook was not up",
    });
    expect(desk.calls().filter((call) => call.includes("destroy"))).toEqual([]);
  });
});

describe("Ctrl-C at a terminal, which every process of the group hears", () => {
  it("lets Terraform end in order, tells it once, and ends with 130", async () => {
    desk.standIn("terraform", {
      ...terraform,
      apply: `trap 'echo asked >>"\${0%/*}/../asked"; end=1' INT
: >"\${0%/*}/../started"
while [ -z "$end" ] || [ ! -e "\${0%/*}/../may-end" ]; do /bin/sleep 0.05; done
echo ended >>"\${0%/*}/../asked"
exit 1`,
    });
    const args = [
      "up",
      "guestbook",
      "--environment",
      "dev",
      "--yes",
      "--environments",
      join(desk.folder, "environments"),
    ];
    const child = spawn(process.execPath, [join(root, "bin/slipway.mjs"), ...args], { detached: true, stdio: "pipe" });
    let err = "";
    child.stderr.on("data", (text) => {
      err += text;
    });
    const ended = new Promise((resolve) => child.on("close", resolve));
    const until = async (done: () => boolean) => {
      while (!done()) {
        if (child.exitCode !== null) throw new Error(err);
        await new Promise((wake) => setTimeout(wake, 50));
      }
    };
    await until(() => existsSync(join(desk.folder, "started")));
    process.kill(-child.pid!, "SIGINT");
    await until(() => existsSync(join(desk.folder, "asked")));
    process.kill(-child.pid!, "SIGINT");
    await until(() => err.includes("still waiting"));
    writeFileSync(join(desk.folder, "may-end"), "");
    expect(await ended).toBe(130);
    expect(desk.read("asked")).toBe("asked\nended\n");
    expect(err).toMatch(/interrupted; terraform has ended in order; run it again to go on\n$/);
  });
});
