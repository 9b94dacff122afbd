import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CleanUp, eventually, program } from "../machine/harness/engine";
import { run, succeeded } from "../support/process";
import { describeWith } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";
import { registry } from "../wordpress/registry";
import { imageFolder, standIns } from "./delivery-programs";
import { Site } from "./delivery-site";

const delivery = join(__dirname, "../../systems/guestbook/delivery");
const scripts = readdirSync(delivery).filter((file) => !file.includes(".") || file.endsWith(".sh"));
const [older, newer] = ["1.0.0-000000000001", "1.0.1-000000000002"];

const requirements = [
  await program("skopeo", "skopeo"),
  await program("docker-registry", "docker-registry"),
  await program("jq", "jq"),
  await program("curl", "curl"),
  await program("git", "git"),
];

describeWith("the delivery of the guestbook", requirements, () => {
  const cleanUp = new CleanUp();
  const folder = temporaryFolder("delivery");
  const registries: Record<string, string> = {};
  const sites: Record<string, Site> = {};
  let env: NodeJS.ProcessEnv;
  afterAll(() => cleanUp.run());

  beforeAll(async () => {
    for (const name of ["acceptance", "manual", "production"]) {
      registries[name] = await registry(cleanUp);
      sites[name] = await Site.start(cleanUp);
    }
    const from: Record<string, string> = { manual: "acceptance", production: "manual" };
    const environments = Object.entries(registries).map(([name, address]) => [
      name,
      {
        ...{ from: from[name], region: "eu-west-1", account: `${name}-account` },
        ...{ registry: address, site: sites[name]!.url },
      },
    ]);
    writeFileSync(join(folder, "environments.json"), JSON.stringify(Object.fromEntries(environments)));
    const insecure = Object.values(registries).map(
      (address) => `[[registry]]\nlocation = "${address}"\ninsecure = true\n`,
    );
    const settings = join(folder, ".config/containers");
    mkdirSync(settings, { recursive: true });
    writeFileSync(join(settings, "registries.conf"), insecure.join(""));
    standIns(folder);
    env = {
      PATH: `${join(folder, "bin")}:${process.env.PATH}`,
      ...{ HOME: folder, STATE: join(folder, "state"), REGISTRY_AUTH_FILE: join(folder, "auth.json") },
      GUESTBOOK_ENVIRONMENTS: join(folder, "environments.json"),
    };
    for (const version of [older, newer]) await makeImage(version);
  });
  beforeEach(() => {
    for (const name of Object.keys(registries)) parameter(name, older);
    for (const site of Object.values(sites)) site.reset();
  });

  const call = (script: string, ...args: string[]) =>
    run(join(delivery, script), args, { cwd: "/", env: { ...env, IMAGES: join(folder, "images") }, seconds: 60 });
  const calls = () => readFileSync(join(folder, "state/calls"), "utf8");

  /** What SSM says about an environment, after having been told something where a value is given. */
  function parameter(name: string, value?: string): string {
    const file = join(folder, "state", `guestbook-${name}-version`);
    if (value !== undefined) writeFileSync(file, value);
    return readFileSync(file, "utf8").trim();
  }

  /** An image with this version in it. */
  async function makeImage(version: string): Promise<void> {
    const root = join(folder, "root");
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, "version"), version);
    await succeeded(run("tar", ["-cf", "layer.tar", "-C", root, "."], { cwd: folder, env: process.env }));
    imageFolder(join(folder, "images", version), version, readFileSync(join(folder, "layer.tar")));
  }

  const digestIn = async (name: string, version: string) => {
    const accept = "application/vnd.docker.distribution.manifest.v2+json";
    const answer = await fetch(`http://${registries[name]}/v2/guestbook/manifests/${version}`, {
      method: "HEAD",
      headers: { accept },
    });
    return answer.headers.get("docker-content-digest") ?? undefined;
  };

  describe("the version", () => {
    /** A checkout with one commit. */
    async function checkout(): Promise<string> {
      const root = temporaryFolder("checkout");
      const app = join(root, "systems/guestbook/app");
      mkdirSync(app, { recursive: true });
      cpSync(delivery, join(root, "systems/guestbook/delivery"), { recursive: true });
      copyFileSync(join(delivery, "../app/package.json"), join(app, "package.json"));
      const git = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"];
      for (const command of [
        ["init", "-q"],
        ["add", "."],
        ["commit", "-qm", "first"],
      ])
        await succeeded(run("git", [...git, ...command], { cwd: root, env: { ...env, GIT_CONFIG_NOSYSTEM: "1" } }));
      return root;
    }
    const versionIn = (root: string) =>
      succeeded(run(join(root, "systems/guestbook/delivery/version"), [], { cwd: "/", env })).then(({ stdout }) =>
        stdout.trim(),
      );

    it("is the number of the application and the commit (S0-W04)", async () => {
      const root = await checkout();
      const { stdout } = await succeeded(run("git", ["rev-parse", "HEAD"], { cwd: root, env }));
      expect(await versionIn(root)).toBe(`1.0.0-${stdout.slice(0, 12)}`);
    });

    it("of files that are in no commit says so, and is never pushed (S0-W04)", async () => {
      const root = await checkout();
      writeFileSync(join(root, "systems/guestbook/app/new.ts"), "");
      const version = await versionIn(root);
      expect(version).toMatch(/^1\.0\.0-[0-9a-f]{12}-dirty$/);
      const { code, output } = await call("push", version);
      expect([code, output]).toEqual([1, expect.stringContaining("was built from files that are in no commit")]);
    });

    it("is what the image is built with and called (S0-16, S0-W04)", async () => {
      const root = await checkout();
      const built = await succeeded(run(join(root, "systems/guestbook/delivery/build"), ["--pull"], { cwd: "/", env }));
      const version = await versionIn(root);
      expect(built.stdout.trim()).toBe(version);
      expect(calls()).toMatch(
        new RegExp(
          `docker build --pull --build-arg VERSION=${version} --label [^ ]*revision=[0-9a-f]{40} --tag guestbook:${version} `,
        ),
      );
    });
  });

  describe("pushing", () => {
    it("puts the image into acceptance's registry, and tells its digest (S0-33)", async () => {
      const { stdout } = await succeeded(call("push", older));
      expect(stdout.trim()).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(await digestIn("acceptance", older)).toBe(stdout.trim());
      await succeeded(call("push", newer));
    });

    it("never overwrites a version (S0-W04)", async () => {
      const before = await digestIn("acceptance", older);
      const { code, output } = await call("push", older);
      expect([code, output]).toEqual([1, expect.stringContaining("exists already")]);
      expect(await digestIn("acceptance", older)).toBe(before);
    });

    it.each(["latest", "1.0.0", "1.0.0-xyz", ""])("refuses %j as a version", async (version) => {
      expect(await call("push", version)).toMatchObject({
        code: 1,
        output: expect.stringContaining("a version looks like 1.2.3-0123456789ab"),
      });
    });

    it("says what a registry says that does not answer, instead of taking that for an empty one", async () => {
      const file = join(folder, "gone.json");
      writeFileSync(file, JSON.stringify({ acceptance: { region: "eu-west-1", registry: "127.0.0.1:1", site: "" } }));
      const { code, output } = await run(join(delivery, "push"), [newer], {
        cwd: "/",
        env: { ...env, GUESTBOOK_ENVIRONMENTS: file },
      });
      expect([code, output]).toEqual([1, expect.stringMatching(/^push: cannot ask the registry for 127.0.0.1:1/)]);
    });
  });

  describe("promoting", () => {
    const quick = ["--times", "3", "--interval", "0", "--timeout", "10"];
    /** What Puppet does: the site runs what the parameter says. */
    const follow = (name: string) => {
      sites[name]!.tell = () => parameter(name);
    };

    it("makes acceptance run a version that is in its registry already (S0-W03)", async () => {
      follow("acceptance");
      const digest = (await digestIn("acceptance", newer))!;
      await succeeded(call("promote", "acceptance", newer, "--digest", digest, ...quick));
      expect(parameter("acceptance")).toBe(newer);
      // The three in a row.
      expect(sites.acceptance!.asked).toBe(3);
    });

    it("copies the very image from registry to registry before anything runs it (S0-W03, S0-W04)", async () => {
      follow("manual");
      const digest = (await digestIn("acceptance", newer))!;
      expect(await digestIn("manual", newer)).toBeUndefined();
      await succeeded(call("promote", "manual", newer, "--digest", digest, ...quick));
      expect(await digestIn("manual", newer)).toBe(digest);
      expect(parameter("manual")).toBe(newer);
      // Again: nothing to copy, and no harm.
      await succeeded(call("promote", "manual", newer, ...quick));
    });

    it("leaves out no environment: what was not in manual does not reach production (S0-W03)", async () => {
      expect(await call("promote", "production", older, ...quick)).toMatchObject({
        code: 1,
        output: expect.stringContaining(`has no version ${older}; it must have been in manual before`),
      });
      expect(parameter("production")).toBe(older);
      expect(await digestIn("production", older)).toBeUndefined();
    });

    it("refuses an image that is not the tested one (S0-W04)", async () => {
      const other = `sha256:${"0".repeat(64)}`;
      expect(await call("promote", "manual", newer, "--digest", other, ...quick)).toMatchObject({
        code: 1,
        output: expect.stringContaining("somebody changed it"),
      });
      expect(parameter("manual")).toBe(older);
    });

    it("waits until the site tells the version several times in a row", async () => {
      const answers = [older, newer, newer, older, undefined, newer, newer, newer];
      let asked = 0;
      sites.acceptance!.tell = () => answers[asked++];
      await succeeded(call("promote", "acceptance", newer, ...quick));
      expect(asked).toBe(answers.length);
    });

    it("puts the old version back where the new one does not come up, and fails (S0-W04)", async () => {
      sites.acceptance!.tell = () => older;
      const { code, output } = await call(
        "promote",
        "acceptance",
        newer,
        "--times",
        "2",
        "--interval",
        "1",
        "--timeout",
        "2",
      );
      expect([code, output]).toEqual([1, expect.stringContaining(`tells "${older}" after 2 s, not ${newer}`)]);
      expect(parameter("acceptance")).toBe(older);
    });

    it("puts the old version back when it is cancelled", async () => {
      sites.acceptance!.tell = () => older;
      const child = spawn(join(delivery, "promote"), ["acceptance", newer, "--interval", "30"], {
        env,
        cwd: "/",
        stdio: "ignore",
      });
      await eventually("the new version", 20, async () => {
        expect([parameter("acceptance"), sites.acceptance!.asked]).toEqual([newer, 1]);
      });
      child.kill("SIGTERM");
      expect((await once(child, "exit"))[0]).toBe(1);
      expect(parameter("acceptance")).toBe(older);
    });

    it("says in words what it does not understand", async () => {
      const said = async (...args: string[]) => (await call("promote", ...args)).output.trim();
      expect(await said("acceptance")).toBe("promote: say which environment and which version; see --help");
      expect(await said("staging", newer)).toBe(
        "promote: there is no environment staging; there are: acceptance manual production",
      );
      expect(await said("acceptance", newer, "--times", "often")).toContain('whole numbers, got "often"');
      expect(await said("acceptance", newer, "--fast", "1")).toBe("promote: does not know --fast; see --help");
    });
  });

  describe("the deployed version", () => {
    it("is printed for every environment, with what the site tells (S0-W04)", async () => {
      parameter("manual", newer);
      sites.manual!.tell = () => newer;
      sites.production!.tell = () => "1.0.0-00000000000f";
      const { stdout } = await succeeded(call("deployed"));
      expect(stdout).toBe(
        `acceptance\t${older}\tno answer\nmanual\t${newer}\t${newer}\nproduction\t${older}\t1.0.0-00000000000f\n`,
      );
      expect((await succeeded(call("deployed", "manual"))).stdout).toBe(`manual\t${newer}\t${newer}\n`);
    });
  });

  describe("the account of a registry", () => {
    it("comes from Secrets Manager, and its password is in no argument and no output", async () => {
      const { output } = await succeeded(call("login", "acceptance", "manual"));
      const { auths } = JSON.parse(readFileSync(join(folder, "auth.json"), "utf8"));
      expect(Object.keys(auths).sort()).toEqual([registries.acceptance, registries.manual].sort());
      for (const { auth } of Object.values<{ auth: string }>(auths))
        expect(Buffer.from(auth, "base64").toString()).toBe("pipeline:pass'word\"1");
      expect(output + calls()).not.toContain("pass'word");
    });
  });

  describe.each(scripts.filter((script) => script !== "common.sh"))("%s", (script) => {
    it("explains itself", async () => {
      const { code, stdout } = await call(script, "--help");
      expect([code, stdout]).toEqual([0, expect.stringMatching(new RegExp(`^Usage: ${script}\\b`))]);
    });
  });
});

describeWith("the scripts of the delivery", [await program("shellcheck", "shellcheck")], () => {
  it.each(scripts)("%s passes shellcheck", async (script) => {
    expect((await run("shellcheck", [script], { cwd: delivery, env: process.env })).output).toBe("");
  });
});
