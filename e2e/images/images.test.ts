import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import catalogue from "../../packer/images.json";
import { imageName } from "../../src/core/image-catalogue";
import { CleanUp, docker, program, tryDocker, uniqueName } from "../machine/harness/engine";
import { debian, makesImages } from "../machine/harness/images";
import { packer, root } from "../machine/harness/packer";
import { run, succeeded } from "../support/process";
import { describeWith, findTool, tool } from "../support/requirements";

const roles = Object.keys(catalogue);
/** Paths of files, from the project's folder. */
const files = (...folders: string[]) =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((file) => join(folder, file))
      .filter((file) => statSync(join(root, file)).isFile()),
  );
/** All that Packer reads in the folder of a role. */
const hcl = (role: string) =>
  readdirSync(join(root, "packer", role))
    .map((file) => textOf(join("packer", role, file)))
    .join("\n");
const dummies: Readonly<Record<string, string>> = {
  url: "https://example.org/file",
  sha256: "0".repeat(64),
  image: `example.org/image@sha256:${"0".repeat(64)}`,
};
/** Variables of a role without a default, with values of their kind. */
const askedFor = (role: string): Record<string, string> =>
  Object.fromEntries(
    [...hcl(role).matchAll(/^variable "((?:\w+_)?(url|sha256|image))" \{\n(?:(?! {2}default|\}).*\n)*\}/gm)].map(
      ([, name, kind]) => [name!, dummies[kind!]!],
    ),
  );
const textOf = (file: string) => readFileSync(join(root, file), "utf8");
const ansible = { ...process.env, ANSIBLE_CONFIG: join(root, "packer/ansible.cfg"), ANSIBLE_NOCOLOR: "1" };

describeWith("the templates", [tool("packer"), await program("ansible-playbook", "ansible")], () => {
  it.each(
    readdirSync(join(root, "packer"), { withFileTypes: true }).filter((entry) => entry.isDirectory()),
  )("of packer/$name are formatted", async ({ name }) => {
    const folder = join(root, "packer", name);
    await succeeded(run(findTool("packer")!, ["fmt", "-check", "-diff", folder], { cwd: root, env: process.env }));
  });

  describe.each(roles)("of the role %s", (role) => {
    const asked = askedFor(role);

    it("are valid as they are, without credentials (S3-10, S3-12)", async () => {
      await succeeded(packer("validate", role, { variables: asked }));
    });

    if (Object.keys(asked).length > 0) {
      it("ask for the address, the SHA-256 or the digest of what others publish, and take nothing unchecked", async () => {
        const { code, output } = await packer("validate", role);
        expect(code).not.toBe(0);
        for (const name of Object.keys(asked)) expect(output).toContain(`Unset variable "${name}"`);
        for (const [name, value] of Object.entries(asked)) {
          const refused = await packer("validate", role, { variables: { ...asked, [name]: value.slice(0, -1) } });
          if (!name.endsWith("_url")) expect(refused.output).toContain(`The ${name} must be`);
        }
        const hashes = hcl(role).match(/"[^"]+\.zip\|[^"]+|"[^"]+\.deb\|[^"]+|"[^"]+\.tar\.gz\|[^"]+/g) ?? [];
        expect(hashes).not.toEqual([]);
        for (const file of hashes) expect(file).toMatch(/^"[a-z.-]+\|\$\{var\.(\w+)_url\}\|\$\{var\.\1_sha256\}$/);
      });
    }

    it("are valid with every variable of a real account", async () => {
      const account = { vpc_id: "vpc-1", subnet_id: "subnet-1", kms_key_id: "alias/slipway", region: "eu-west-1" };
      const access = { session_manager_profile: "packer", ssh_source_cidrs: '["192.0.2.1/32"]' };
      await succeeded(packer("validate", role, { variables: { ...asked, ...account, ...access, commit: "0123456" } }));
    });

    it.each([
      ["commit", "HEAD", "The commit must be 7 to 40 hexadecimal digits"],
      ["root_volume_gib", "big", "a number is required"],
      ["no_such_variable", "1", "no_such_variable"],
    ])("refuse %s=%s in one clear message", async (name, value, message) => {
      const refused = await packer("validate", role, { variables: { ...asked, [name]: value } });
      expect(refused.code).not.toBe(0);
      expect(refused.output).toContain(message);
    });

    it("know the image's exact name, and show no secret", async () => {
      const { stdout } = await succeeded(packer("inspect", role, { variables: asked }));
      expect(stdout).toContain(`local.image_name: "${imageName(role)}"`);
      expect(stdout).not.toMatch(/password|secret/i);
    });
  });
});

describeWith("the playbooks", [await program("ansible-lint", "ansible-lint")], () => {
  const playbooks = files("systems").filter((file) => /\/ansible\/[^/]+\.yml$/.test(file));

  it.each(playbooks)("%s is sound", async (file) => {
    const check = ["--syntax-check", "-i", "localhost,", file];
    await succeeded(run("ansible-playbook", check, { cwd: root, env: ansible }));
    await succeeded(run("ansible-lint", ["--offline", "--strict", file], { cwd: root, env: ansible }));
  });
});

describeWith(
  "what runs on machines",
  [await program("yamllint", "yamllint"), await program("shellcheck", "shellcheck")],
  () => {
    it("is tidy YAML", async () => {
      const yaml = files("systems").filter((file) => /\/ansible\/.*\.ya?ml$/.test(file));
      expect(yaml).not.toEqual([]);
      const rules = "{extends: default, rules: {line-length: {max: 130}}}";
      await succeeded(run("yamllint", ["--strict", "-d", rules, ...yaml], { cwd: root, env: process.env }));
    });

    const scripts = files("systems", "packer", "e2e").filter((file) => /^#!\/bin\/(ba)?sh/.test(textOf(file)));
    it.each(scripts)("%s passes shellcheck", async (file) => {
      await succeeded(run("shellcheck", [file], { cwd: root, env: process.env }));
    });

    const programs = files("systems", "e2e").filter(
      (file) => file.endsWith(".py") || textOf(file).startsWith("#!/usr/bin/python3"),
    );
    it.each(programs)("%s is Python that Debian 12 can read", async (file) => {
      const compile = "import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read(), feature_version=(3, 11))";
      await succeeded(run("python3", ["-c", compile, file], { cwd: root, env: process.env }));
    });
  },
);

describeWith("the seal of an image", await makesImages(), () => {
  const cleanUp = new CleanUp();
  const name = uniqueName("seal");
  beforeAll(async () => {
    const script = `${join(root, "packer/common/seal.sh")}:/seal.sh:ro`;
    cleanUp.container(name);
    await docker("run", "-d", "--name", name, "-v", script, await debian("bookworm"), "sleep", "600");
  });
  afterAll(() => cleanUp.run());
  const sh = (script: string) => tryDocker("exec", name, "sh", "-c", script);

  it("removes what the build left behind", async () => {
    const left = {
      "/root/.ssh/authorized_keys": "ssh-ed25519 AAAA",
      "/root/.aws/credentials": "aws_secret_access_key = x",
      "/root/.docker/config.json": "{}",
      "/root/.bash_history": "mysql -psecret",
      "/home/admin/.ssh/id_ed25519": "-----BEGIN OPENSSH PRIVATE KEY-----",
      "/etc/ssh/ssh_host_ed25519_key": "-----BEGIN OPENSSH PRIVATE KEY-----",
      "/etc/docker/key.json": '{"kty":"EC"}',
      "/etc/machine-id": "0123456789abcdef0123456789abcdef",
      "/var/lib/cloud/instance/user-data.txt": "#cloud-config",
    };
    for (const [file, text] of Object.entries(left)) {
      await succeeded(sh(`mkdir -p "$(dirname ${file})" && printf '%s\\n' '${text}' > ${file}`));
    }
    expect((await sh("sh /seal.sh --verify-only")).code).toBe(1);
    expect((await succeeded(sh("sh /seal.sh"))).stdout).toBe("seal: clean\n");
    const gone = Object.keys(left).filter((file) => file !== "/etc/machine-id");
    expect((await sh(`ls ${gone.join(" ")} 2>/dev/null`)).stdout).toBe("");
    expect((await sh("cat /etc/machine-id")).stdout).toBe("");
  });

  it.each([
    ["a private key", "/opt/app/server.key", "-----BEGIN PRIVATE KEY-----"],
    ["an access key", "/etc/app.conf", `key = ${["AK", "IAIOSFODNN7EXAMPLE"].join("")}`],
    ["a node of a swarm", "/var/lib/docker/swarm/docker-state.json", '{"LocalAddr":"192.0.2.1"}'],
    ["a key of a person", "/srv/deploy_key", "-----BEGIN OPENSSH PRIVATE KEY-----"],
  ])("stops the build over %s that it does not know how to remove", async (_, file, text) => {
    await succeeded(sh(`mkdir -p "$(dirname ${file})" && printf '%s\\n' '${text}' > ${file}`));
    const { code, output } = await sh("sh /seal.sh");
    expect(code).toBe(1);
    expect(output).toContain(`seal: these must not end up in an image:\n${file}\n`);
    await succeeded(sh(`rm ${file} && sh /seal.sh`));
  });
});
