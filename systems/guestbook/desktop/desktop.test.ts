import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { looksRandom } from "../../../src/core/secret-text";

const root = join(__dirname, "../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const vagrantfile = read("Vagrantfile");
const manifest = read("systems/guestbook/desktop/manifests/default.pp");
const scripts = readdirSync(__dirname).filter((file) => file.endsWith(".sh"));
const has = (program: string) => spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
const shell = (...args: string[]) => spawnSync("sh", args, { cwd: __dirname, encoding: "utf8" });

describe("the Vagrantfile of the guestbook", () => {
  it("lies at the root of the project (S0-01), in Ruby", { skip: !has("ruby") }, () => {
    const { status, stderr } = spawnSync("ruby", ["-c", "Vagrantfile"], { cwd: root, encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
  });

  it("has the four steps of the original, in their order (S0-08)", () => {
    const steps = [...vagrantfile.matchAll(/^ {2}config\.vm\.provision "(\w+)", type: "(\w+)"/gm)];
    expect(steps.map(([, name, type]) => `${name}: ${type}`)).toEqual([
      // Not one of the four: what the first of them would otherwise fetch from elsewhere.
      "engine: shell",
      "image: docker",
      "bootstrap: shell",
      "puppet: puppet",
      "postbootstrap: shell",
    ]);
  });

  it("builds the image of this project's Dockerfile, named after a registry that can be another (S0-02, S0-R02)", () => {
    expect(vagrantfile).toContain('ENV.fetch("GUESTBOOK_REGISTRY", "registry.guestbook.internal:5000")');
    const [, folder, args] = /docker\.build_image "([^"]+)", args: "([^"]+)"/.exec(vagrantfile)!;
    expect(folder).toBe("/srv/guestbook/app");
    expect(vagrantfile).toContain('config.vm.synced_folder "systems/guestbook", "/srv/guestbook"');
    // What the Dockerfile insists on.
    expect(read("systems/guestbook/app/Dockerfile")).toContain("--build-arg VERSION=<version>");
    expect(args).toBe("--build-arg VERSION=desktop --tag #{image}");
  });

  it("gives the same image to Puppet and to the migration, and reboots after it (S0-06, S0-07)", () => {
    expect(vagrantfile).toContain('puppet.facter = { "guestbook_image" => image }');
    expect(vagrantfile).toMatch(/"postbootstrap",.*\n\s+args: \[image\], reboot: true$/m);
  });

  it("has its address, and says what to do when a network cannot be made (S0-14, S0-15)", () => {
    expect(vagrantfile).toContain('config.vm.network "private_network", ip: "192.168.30.30"');
    expect(vagrantfile).toMatch(/^Vagrant\.require_version ">= [\d.]+"$/m);
    expect(vagrantfile).toMatch(/^# .*upgrade Vagrant to the latest version/m);
    expect(vagrantfile).toContain("echo '* 192.168.30.0/24' >> /etc/vbox/networks.conf");
  });

  it("shows the machine no other folder of the project", () => {
    expect(vagrantfile).toContain('config.vm.synced_folder ".", "/vagrant", disabled: true');
    expect(vagrantfile.match(/synced_folder/g)).toHaveLength(2);
  });
});

describe("the manifest of the desktop", () => {
  it("has Redis, PostgreSQL and the guestbook's container with both variables, on port 80 (S0-09 to S0-12, S0-14)", () => {
    for (const part of ["class { 'redis':", "class { 'postgresql::server':", "postgresql::server::db { 'guestbook':"]) {
      expect(manifest).toContain(part);
    }
    expect(manifest).toMatch(/^ +REDIS_HOST=\$\{bridge\}$/m);
    expect(manifest).toMatch(/^ +DATABASE_URL=postgres:\/\/guestbook:\$\{password\.unwrap\}@\$\{bridge\}\/guestbook$/m);
    expect(manifest).toContain("--publish 80:80");
  });

  it("uses the modules that the bootstrap installs, in the versions of one Debian (S0-03, S0-04, S0-R01)", () => {
    const packages = [...read("systems/guestbook/desktop/bootstrap.sh").matchAll(/^ {2}(puppet-\S+)$/gm)].map(
      ([, name]) => name,
    );
    expect(packages).toEqual([
      "puppet-agent=8.*",
      "puppet-module-arioch-redis=11.*",
      "puppet-module-puppetlabs-postgresql=10.*",
    ]);
  });

  it("opens neither Redis nor the database to the network (S0-R01)", () => {
    expect(manifest).toContain("bind           => ['127.0.0.1', $bridge]");
    expect(manifest).toContain('listen_addresses => "127.0.0.1,${bridge}"');
    expect(manifest).not.toMatch(/0\.0\.0\.0|'\*'/);
  });
});

describe("the scripts of the desktop", () => {
  it("are three, executable, and hold no secret", () => {
    expect(scripts.sort()).toEqual(["bootstrap.sh", "engine.sh", "postbootstrap.sh"]);
    for (const script of scripts) expect(statSync(join(__dirname, script)).mode & 0o111).toBe(0o111);
    const words = [vagrantfile, manifest, ...scripts.map((file) => read(`systems/guestbook/desktop/${file}`))].join(
      "\n",
    );
    expect(words.split(/[^\w+/=-]+/).filter(looksRandom)).toEqual([]);
  });

  it.each(scripts)("%s is what a strict reader of shells likes", { skip: !has("shellcheck") }, (script) => {
    const { status, stdout } = spawnSync("shellcheck", [script], { cwd: __dirname, encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
  });

  it.each(scripts)("%s says what it does", (script) => {
    const { status, stdout } = shell(script, "--help");
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^usage: .*\n[A-Z].*\.\n$/)]);
  });

  it("refuses a migration without an image, or before there is a database, in a sentence", () => {
    expect(shell("postbootstrap.sh")).toMatchObject({ status: 2, stdout: expect.stringContaining("usage:") });
    expect(shell("postbootstrap.sh", "guestbook:desktop")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("apply manifests/default.pp first"),
    });
  });
});
