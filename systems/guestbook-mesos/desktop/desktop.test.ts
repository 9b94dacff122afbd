import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeWith, type Requirement } from "../../../e2e/support/requirements";
import { converge, ruby } from "../chef/test/converge";
import { python } from "../chef/test/programs/stage";

const read = (path: string) => readFileSync(join(__dirname, path), "utf8");
const vagrantfile = read("Vagrantfile");
const node = JSON.parse(read("node.json"));
const program = (name: string, path: string): Requirement =>
  spawnSync(path, ["--version"], { stdio: "ignore" }).status === 0
    ? { name }
    : { name, missing: `install it (Debian: apt-get install ${path})` };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-desktop-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What an expression of Ruby gives, with the Vagrantfile's questions at hand. */
function ask(expression: string) {
  const script = `require "./box"\nputs JSON.generate(${expression})`;
  const { stdout, stderr } = spawnSync("ruby", ["-e", script], { cwd: __dirname, encoding: "utf8" });
  if (stderr) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe("the Vagrantfile of the box", () => {
  it("is one machine of Debian 12, at an address that VirtualBox allows by itself (S1-03, W02)", () => {
    expect(vagrantfile).toContain("config.vm.box = 'bento/debian-12'");
    expect(read("box.rb")).toContain("ADDRESS = '192.168.56.31'");
    expect(node.attributes.guestbook_mesos.mesos.masters).toEqual(["192.168.56.31"]);
  });

  it("names what is not on the box", () => {
    const said = vagrantfile.split("\n\n")[1] ?? "";
    expect(`${vagrantfile.slice(0, 800)}${said}`).toMatch(
      /Not on it: Heartbeat[\s\S]*Chef server[\s\S]*Sensu and GoCD/,
    );
    expect(read("README.md")).toContain("Not on it: Heartbeat and its Elastic IP, quorums of three, the Chef server");
  });

  it("shows the machine this system, what its boot shares, and no other folder of the project", () => {
    const shared = [...vagrantfile.matchAll(/synced_folder '([^']+)', '([^']+)'/g)].map(([, from]) => from);
    expect(shared).toEqual([".", "..", "../../common/machine"]);
    expect(vagrantfile).toContain("synced_folder '.', '/vagrant', disabled: true");
  });
});

describeWith("the versions of Vagrant and VirtualBox (S1-03)", [ruby], () => {
  it.each([
    ["2.4.9", "7.2.2", "Vagrant 2.4.9 and VirtualBox 7.2.2 fit together."],
    ["2.3.4", "7.0.20", "Vagrant 2.3.4 and VirtualBox 7.0.20 fit together."],
    [
      "2.4.1",
      "7.1.4",
      "Vagrant 2.4.1 and VirtualBox 7.1.4 do not fit together: VirtualBox 7.1 needs Vagrant 2.4.2 or later.",
    ],
    ["2.10.0", "7.2.0", "Vagrant 2.10.0 and VirtualBox 7.2.0 fit together."],
    [
      "2.4.9",
      "8.0.0",
      "Vagrant 2.4.9 and VirtualBox 8.0.0: this Vagrantfile knows of 7.0, 7.1, 7.2 only; it may work.",
    ],
  ])("are compared: %s and %s", (vagrant, virtualbox, said) => {
    expect(ask(`Box.versions(${JSON.stringify(vagrant)}, ${JSON.stringify(virtualbox)})`)).toBe(said);
  });

  it("are printed without VirtualBox, too", () => {
    expect(ask("Box.versions('2.4.9', nil)")).toBe("Vagrant 2.4.9; no VirtualBox found: install one of 7.0, 7.1, 7.2.");
  });
});

describeWith("the parts of the box", [ruby], () => {
  const example = () => JSON.parse(read("parts.example.json"));
  const parts = (content?: unknown) => {
    const path = join(folder, "parts.json");
    if (content !== undefined) writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return ask(`Box.parts(${JSON.stringify(path)}, required: true).to_h`);
  };
  const whole = () => {
    const { downloads, images } = example();
    for (const one of Object.values<{ url: string; sha256: string }>(downloads)) {
      one.sha256 = "a".repeat(64);
      one.url ||= "https://mirror.example.com/aventer-mesos.deb";
    }
    for (const name of Object.keys(images)) images[name] += "b".repeat(64);
    return { downloads, images };
  };

  it("are those of the images of the machines, in the form that bake.sh reads", () => {
    const { environment, problem } = parts(whole());
    expect(problem).toBeNull();
    expect(environment.DOWNLOADS.split(" ")).toHaveLength(4);
    expect(environment.DOWNLOADS).toMatch(/^cinc\.deb\|https:\/\/downloads\.cinc\.sh\/\S+\|a{64} consul\.zip\|/);
    expect(environment.CONTAINER_IMAGES).toMatch(/^marathon=mesosphere\/marathon@sha256:b{64} registrator=fayrus/);
    expect(environment.PACKAGES.split(" ")).toEqual(expect.arrayContaining(["zookeeper", "docker.io", "nginx"]));
  });

  it("have no checksum that nobody has checked: the example alone does not do", () => {
    expect(parts(example()).problem).toMatch(
      /downloads\.cinc\.deb wants a url and a sha256.*downloads\.aventer-mesos\.deb.*images\.marathon wants a reference with @sha256:/,
    );
  });

  it("are asked for by name when there is no list, or none that can be read", () => {
    expect(parts().problem).toMatch(/parts\.json is missing\. Copy parts\.example\.json to it/);
    expect(parts("{").problem).toContain("is no JSON");
  });

  it("are not needed to look at the box, or to destroy it", () => {
    expect(ask(`Box.parts(${JSON.stringify(join(folder, "none"))}, required: false).to_h`).problem).toBeNull();
  });
});

describeWith("the Vagrantfile", [program("Vagrant", "vagrant")], () => {
  it("is one that Vagrant takes", () => {
    const env = { ...process.env, VAGRANT_HOME: folder, VAGRANT_CHECKPOINT_DISABLE: "1", VAGRANT_NO_COLOR: "1" };
    const { status, stdout } = spawnSync("vagrant", ["validate", "--ignore-provider"], {
      cwd: __dirname,
      env,
      encoding: "utf8",
    });
    expect([status, stdout]).toEqual([0, expect.stringContaining("Vagrantfile validated successfully.")]);
  });
});

describeWith("the scripts of the box", [program("ShellCheck", "shellcheck")], () => {
  it.each(
    readdirSync(__dirname).filter((name) => name.endsWith(".sh")),
  )("%s is what a strict reader likes, and says what it does", (script) => {
    const { status, stdout } = spawnSync("shellcheck", [script], { cwd: __dirname, encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
    expect(statSync(join(__dirname, script)).mode & 0o111).toBe(0o111);
    expect(spawnSync("bash", [script, "--help"], { cwd: __dirname, encoding: "utf8" }).stdout).toMatch(
      /^usage: .*\n[A-Z].*\.\n$/,
    );
  });
});

describeWith("what stands in for AWS on the box", [python], () => {
  const aws = (...args: string[]) =>
    spawnSync(join(__dirname, "stand-ins/aws"), args, {
      env: { PATH: "/usr/bin:/bin", DESKTOP_HOME: folder, DESKTOP_COOKBOOKS: join(__dirname, "../chef") },
      encoding: "utf8",
    });
  const secret = (name: string) =>
    JSON.parse(aws("secretsmanager", "get-secret-value", "--secret-id", name, "--output", "json").stdout).SecretString;

  it("makes a secret up once, in the form of the project's, readable by root alone", () => {
    const { username, password } = JSON.parse(secret("desktop:marathon"));
    expect([username, password]).toEqual(["marathon", expect.stringMatching(/^[A-Za-z0-9]{32}$/)]);
    expect(JSON.parse(secret("desktop:marathon")).password).toBe(password);
    expect(statSync(join(folder, "secrets/desktop-marathon")).mode & 0o777).toBe(0o600);
    // Consul takes keys of 16, 24 or 32 bytes.
    expect(Buffer.from(JSON.parse(secret("desktop:gossip")).password, "base64")).toHaveLength(24);
  });

  it("has the cookbooks where a machine would sync them from their bucket", () => {
    const target = join(folder, "repository");
    expect(aws("s3", "sync", "s3://desktop/", target, "--delete").status).toBe(0);
    expect(readdirSync(target).sort()).toEqual(["cookbooks", "environments", "roles"]);
  });

  it("has nothing else of AWS", () => {
    expect(aws("autoscaling", "complete-lifecycle-action")).toMatchObject({
      status: 1,
      stderr:
        "An error occurred (AccessDenied) when calling the CompleteLifecycleAction operation: this box has no AWS\n",
    });
  });

  it("tells the machine who it is, and that it is to live", async () => {
    const server = spawn(join(__dirname, "stand-ins/metadata"), ["127.0.0.1:0"], { env: { PATH: "/usr/bin:/bin" } });
    try {
      const said = await new Promise<string>((resolve) => server.stdout.setEncoding("utf8").once("data", resolve));
      const base = `http://127.0.0.1:${/:(\d+)\n/.exec(said)![1]}/latest`;
      const token = await (await fetch(`${base}/api/token`, { method: "PUT" })).text();
      const get = (name: string, headers = { "X-aws-ec2-metadata-token": token }) =>
        fetch(`${base}/meta-data/${name}`, { headers });
      expect(await (await get("local-ipv4")).text()).toBe("192.168.56.31");
      expect(await (await get("instance-id")).text()).toMatch(/^i-[0-9a-f]{17}$/);
      expect(await (await get("autoscaling/target-lifecycle-state")).text()).toBe("InService");
      expect([(await get("nothing")).status, (await get("local-ipv4", {} as never)).status]).toEqual([404, 401]);
    } finally {
      server.kill();
    }
  });
});

describeWith("the run list of the box", [ruby], () => {
  it("converges on one machine, and the second time changes nothing (S1-03, W02)", () => {
    const { files, runs } = converge(node, { address: "192.168.56.31" });
    expect(runs[1]!.updated).toEqual([]);
    const zookeeper = "zk://192.168.56.31:2181/mesos";
    expect(files["/etc/mesos/zk"]!.text).toBe(`${zookeeper}\n`);
    expect(files["/etc/mesos-master/quorum"]!.text).toBe("1\n");
    expect(files["/etc/marathon/environment"]!.text).toContain(`MARATHON_MASTER=${zookeeper}\n`);
    for (const unit of [
      "zookeeper",
      "mesos-master",
      "mesos-agent",
      "marathon",
      "consul",
      "registrator",
      "nginx",
      "consul-template",
    ]) {
      expect({ unit, ...runs[0]!.units[`${unit}.service`] }).toMatchObject({ unit, enabled: true, active: true });
    }
  });

  it("has neither Heartbeat, nor the Chef server, nor Sensu, nor GoCD", () => {
    const { recipes, files } = converge(node, { address: "192.168.56.31", times: 1 });
    expect(recipes.filter((recipe) => /heartbeat|chef_server|backend|gocd/.test(recipe))).toEqual([]);
    expect(Object.keys(files).filter((path) => /^\/etc\/(ha\.d|cinc-project|sensu|go)\b/.test(path))).toEqual([]);
  });
});
