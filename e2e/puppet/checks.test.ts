import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CleanUp, docker, tryDocker, uniqueName } from "../machine/harness/engine";
import { makesImages } from "../machine/harness/images";
import { describeWith } from "../support/requirements";
import { control, controlFiles } from "./control-files";
import { forgeImage } from "./images";

const environment = "/environments/production";
const arn = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:x";
const infrastructure = {
  "slipway::region": "eu-west-3",
  "profile::guestbook::redis_host": "primary.redis.example.org",
  "profile::guestbook::database_secret": arn,
  "profile::guestbook::registry": "registry.guestbook.internal:5000",
  "profile::guestbook::registry_secret": arn,
  "profile::registry::account_secret": arn,
};

describeWith("the control repository", await makesImages(), () => {
  const cleanUp = new CleanUp();
  const name = uniqueName("control");
  const inside = async (script: string) =>
    (await docker("exec", "-w", environment, name, "sh", "-c", script)).stdout.trim();
  const refused = async (script: string) => {
    const { code, output } = await tryDocker("exec", "-w", environment, name, "sh", "-c", script);
    return `${code === 0 ? "accepted" : "refused"}: ${output}`;
  };

  beforeAll(async () => {
    cleanUp.container(name);
    await docker("run", "-d", "--name", name, "-v", `${control}:/control:ro`, await forgeImage());
    const layers = `mkdir -p ${environment} /srv/puppet/hiera && cp -r /control/. ${environment}
      ln -s /usr/share/puppet/modules.available/puppetlabs-stdlib ${environment}/modules-stdlib
      mkdir ${environment}/modules && mv ${environment}/modules-stdlib ${environment}/modules/stdlib
      printf %s '${JSON.stringify(infrastructure)}' > ${environment}/data/infrastructure.yaml`;
    await docker("exec", name, "sh", "-ec", layers);
  });
  afterAll(() => cleanUp.run());

  it("is code that Puppet's parser, template checker and linter accept without a warning (S0-29)", async () => {
    await inside("puppet parser validate manifests site-modules");
    await inside("puppet epp validate site-modules/*/templates/*.epp");
    expect(await inside("puppet-lint --fail-on-warnings manifests site-modules")).toBe("");
    expect(
      await inside(
        `yamllint -s -d '{extends: default, rules: {line-length: disable}}' hiera.yaml data/common.yaml data/role`,
      ),
    ).toBe("");
  });

  it("would be refused with a mistake in it: the checks can fail", async () => {
    await inside(
      "mkdir -p /tmp/bad && echo 'class bad { file { x: }' > /tmp/bad/a.pp && echo '<%= $x' > /tmp/bad/a.epp",
    );
    expect(await refused("puppet parser validate /tmp/bad/a.pp")).toMatch(/^refused: .*Syntax error/s);
    expect(await refused("puppet epp validate /tmp/bad/a.epp")).toMatch(/^refused: /);
    expect(await refused("puppet-lint --fail-on-warnings /tmp/bad/a.pp")).toMatch(/^refused: /);
  });

  it("names modules of the Forge with their version, and has its own beside them (S0-30)", async () => {
    expect(await inside("r10k puppetfile check 2>&1")).toContain("Syntax OK");
    const puppetfile = controlFiles().Puppetfile!;
    const modules = [...puppetfile.matchAll(/^mod .*$/gm)].map(([line]) => line);
    expect(modules).not.toEqual([]);
    for (const line of modules) expect(line).toMatch(/^mod '[a-z]+\/[a-z_]+', '\d+\.\d+\.\d+'$/);
    expect(readdirSync(join(control, "site-modules")).sort()).toEqual(["profile", "role"]);
  });

  describe("in Hiera", () => {
    const machine = "i-0123456789abcdef0.guestbook.internal";
    /** What a catalogue for a machine of the role would find under the keys. */
    const lookup = async (role: string, ...keys: string[]) => {
      const values = keys.map((key) => `lookup('${key}')`).join(", ");
      const apply = `puppet apply --environmentpath /environments --environment production --certname ${machine} --noop --color false`;
      const said = await inside(`FACTER_role=${role} ${apply} -e "notice(stdlib::to_json([${values}]))"`);
      return JSON.parse(/Scope\(Class\[main\]\): (.*)$/m.exec(said)![1]!);
    };

    it("a machine has what its role needs, from the files and from Terraform (S0-31)", async () => {
      expect(await lookup("guestbook", "profile::guestbook::port", "profile::guestbook::redis_host")).toEqual([
        80,
        "primary.redis.example.org",
      ]);
      expect(await lookup("registry", "profile::registry::image", "profile::registry::data")).toEqual([
        "registry:3.0.0",
        "/srv/registry",
      ]);
      expect(await lookup("puppet", "profile::puppet::minutes")).toEqual([5]);
    });

    it("a machine has nothing that only another role needs (S0-31)", async () => {
      await expect(lookup("registry", "profile::guestbook::port")).rejects.toThrow(/did not find a value/);
    });

    it("the version is one value, which the environment's parameter sets and a node may override (S0-31, S0-W04)", async () => {
      const version = () => lookup("guestbook", "guestbook::version");
      expect(await version()).toEqual(["none"]);
      await inside(`echo '{"guestbook::version": "1.2.3"}' > /srv/puppet/hiera/version.yaml`);
      expect(await version()).toEqual(["1.2.3"]);
      await inside(`mkdir -p data/node && echo '{"guestbook::version": "1.3.0-rc.1"}' > data/node/${machine}.yaml`);
      expect(await version()).toEqual(["1.3.0-rc.1"]);
    });

    it("every value is a parameter of a class, and every parameter without a default has a value (S0-31)", async () => {
      const files = controlFiles();
      const parameters = new Map<string, boolean>();
      for (const [path, text] of Object.entries(files)) {
        const [, name, list] = /^class ([\w:]+) \((.*?)^\) \{/ms.exec(path.endsWith(".pp") ? text : "") ?? [];
        for (const [, parameter, rest] of (list ?? "").matchAll(/\$(\w+)(.*)$/gm)) {
          parameters.set(`${name}::${parameter}`, rest!.includes("="));
        }
      }
      const data = Object.entries(files).filter(([path]) => path.startsWith("data/"));
      const keys = data.flatMap(([, text]) => [...text.matchAll(/^(\w+(?:::\w+)+):/gm)].map(([, key]) => key!));
      const given = [...keys, ...Object.keys(infrastructure)].filter((key) => key.startsWith("profile::"));
      expect(parameters.size).toBeGreaterThan(8);
      expect(given.filter((key) => !parameters.has(key))).toEqual([]);
      expect([...parameters].filter(([key, optional]) => !optional && !given.includes(key))).toEqual([]);
      const looked = Object.values(files).flatMap((text) =>
        [...text.matchAll(/lookup\('([\w:]+)'\)/g)].map(([, key]) => key),
      );
      for (const key of looked) expect([...keys, ...Object.keys(infrastructure)]).toContain(key);
    });
  });
});
