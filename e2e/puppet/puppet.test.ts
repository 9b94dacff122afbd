import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { eventually, tryDocker } from "../machine/harness/engine";
import { makesImages } from "../machine/harness/images";
import type { Machine } from "../machine/harness/machine";
import { run, succeeded } from "../support/process";
import { describeWith } from "../support/requirements";
import { containerImages } from "./images";
import { judged } from "./policy";
import { account, databaseUrl, keys, World } from "./world";

/** How Puppet's agent is run by hand; the code with which it ended comes last. */
const agent =
  "puppet agent --onetime --no-daemonize --no-usecacheonfailure --no-splay --detailed-exitcodes --waitforlock 2 --maxwaitforlock 600 --logdest console --verbose --color false";
const environments = "/srv/puppet/code/environments/production";
/** Seconds for a machine to configure itself. A JVM starts in a minute alone, and in ten on a machine that many share. */
const patience = 840;
vi.setConfig({ testTimeout: (patience + 60) * 1000 });

describeWith("machines that configure themselves by role", await makesImages(), () => {
  const world = new World();
  let server: Machine;
  let store: Machine;
  let web: Machine;
  let stranger: Machine;

  const shell = (machine: Machine, script: string) => machine.run("sh", "-c", script);
  const configured = (machine: Machine, unit: string, seconds: number) =>
    machine.explain(
      eventually(unit, seconds, async () => {
        const state = (await tryDocker("exec", machine.name, "systemctl", "is-active", unit)).stdout.trim();
        if (state !== "active") throw new Error(state);
      }),
    );
  const puppetRun = async (machine: Machine) => {
    const said = await shell(machine, `${agent} 2>&1; echo "ended with $?"`);
    return said;
  };
  /** By hand and alone: a run of the timer that came first would have done the work, and would have said so elsewhere. */
  const syncNow = () =>
    shell(
      server,
      "systemctl stop control-sync.timer control-sync.service; /usr/local/lib/slipway/control-sync 2>&1; echo ended with $?",
    );
  const nameOf = (machine: Machine) => shell(machine, "sed -n 's/^certname = //p' /etc/puppet/puppet.conf");
  const signed = (name: string) => shell(server, `test -e /srv/puppet/ca/signed/${name}.pem && echo yes || echo no`);
  const load = async (machine: Machine, image: string, ...tags: string[]) => {
    const command = `docker save "$1" | docker exec -i "$2" docker load -q`;
    await succeeded(run("sh", ["-c", command, "sh", image, machine.name], { cwd: "/", env: process.env }));
    for (const tag of tags) await machine.run("docker", "tag", image, tag);
  };

  beforeAll(async () => {
    await world.start();
    [server, store, web, stranger] = await Promise.all([
      world.server(),
      world.registry(),
      world.web(),
      world.stranger(),
    ]);
  });
  afterAll(() => world.cleanUp.run());

  it("the server makes itself from stock Debian and its user data (S0-28)", async () => {
    await configured(server, "slipway-puppet-server.service", patience);
    expect(await shell(server, "systemctl is-active puppetserver control-sync.timer puppet")).toBe(
      "active\nactive\nactive",
    );
    expect(await shell(server, "findmnt -no FSTYPE,LABEL /srv/puppet")).toMatch(/^ext4 +puppet$/);
    const certificate = `openssl x509 -noout -ext subjectAltName -in /srv/puppet/ca/signed/puppet.${world.zone}.pem`;
    expect(await shell(server, certificate)).toContain(`DNS:puppet, DNS:puppet.${world.zone}`);
  });

  it("the server deploys the control repository by r10k: our modules, and the Forge's in their pinned version (S0-29, S0-30, S0-D01)", async () => {
    const version = `python3 -c 'import json; print(json.load(open("${environments}/modules/stdlib/metadata.json"))["version"])'`;
    expect(await shell(server, version)).toBe("9.4.1");
    expect(await shell(server, `ls ${environments}/site-modules`)).toBe("profile\nrole");
    expect(await shell(server, `stat -c %U ${environments}/manifests/site.pp`)).toBe("root");
  });

  it("the server signs by a policy, never whatever comes (S0-D03)", async () => {
    expect(await shell(server, "puppet config print autosign --section server")).toBe(
      "/usr/local/lib/slipway/autosign-policy",
    );
    expect(await shell(server, "stat -c '%U %G %a' /srv/puppet/autosign-key")).toBe("root puppet 640");
  });

  it("a web machine with the key is signed, has its role, and becomes what the role says (S0-35, S0-36, S0-37, S0-D03)", async () => {
    await configured(web, "slipway-puppet-agent.service", patience);
    const name = await nameOf(web);
    expect(name).toMatch(/^i-[0-9a-f]{8,17}\.[a-z.-]+$/);
    expect(await signed(name)).toBe("yes");
    expect(await shell(web, "facter role")).toBe("guestbook");
    expect(await shell(web, "systemctl is-active docker puppet")).toBe("active\nactive");
    // Nothing is promoted yet, so nothing runs.
    expect(await shell(web, "systemctl is-active guestbook || true")).toBe("inactive");
    expect(await shell(web, "ls /run/slipway")).toBe("lock");
  });

  it("the registry machine makes itself in the same way, with its name fixed and its data on a volume (S0-39, S0-40, S0-42)", async () => {
    await configured(store, "slipway-puppet-agent.service", patience);
    expect(await nameOf(store)).toBe(`registry.${world.zone}`);
    expect(await shell(store, "findmnt -no FSTYPE,LABEL /srv/registry")).toMatch(/^ext4 +registry$/);
    // Puppet starts the service and does not wait for it: what it keeps comes a moment later.
    await eventually("what the registry keeps", 60, async () =>
      expect(await shell(store, "ls /srv/registry")).toBe("data\nhttp-secret\nlost+found\nssl"),
    );
  });

  it("a second run changes nothing on the server and on a web machine", async () => {
    expect(await puppetRun(server)).toMatch(/ended with 0$/);
    expect(await puppetRun(web)).toMatch(/ended with 0$/);
  });

  it("a machine with another key is never signed, and goes on asking (S0-D03)", async () => {
    const unit = "slipway-puppet-agent.service";
    await eventually("a request of the stranger", 120, async () => {
      expect(await shell(stranger, `journalctl -u ${unit} | grep -c 'has not been signed' || true`)).not.toBe("0");
    });
    const name = await nameOf(stranger);
    expect(await signed(name)).toBe("no");
    expect(await shell(server, "grep -h 'not signed' /var/log/puppetserver/puppetserver.log")).toContain(
      `not signed: ${name}: the challenge is not the pre-shared key`,
    );
    expect(await shell(stranger, `systemctl is-active ${unit} || true`)).toBe("activating");
    expect(await shell(stranger, "command -v dockerd || echo none")).toBe("none");
  });

  it("a machine that claims another role than it was signed for gets no catalogue, nor does one with a role that is none (S0-36)", async () => {
    const claim = (role: string) => shell(web, `echo 'role: ${role}' > /etc/facter/facts.d/role.yaml`);
    await claim("registry");
    expect(await puppetRun(web)).toMatch(
      /role registry refused: the certificate of i-\S+ is for 'guestbook'[\s\S]*ended with 1$/,
    );
    await claim("nonsense");
    expect(await puppetRun(web)).toMatch(/role nonsense unknown: there is no class role::nonsense[\s\S]*ended with 1$/);
    await claim("guestbook");
    expect(await puppetRun(web)).toMatch(/ended with 0$/);
  });

  it("the policy asks for key, role and name, and where it is told to, for a machine that runs (S0-D03)", async () => {
    const running = (await nameOf(web)).split(".")[0]!;
    const ask = (change: Partial<Parameters<typeof judged>[1]>) =>
      judged(server, {
        key: keys.right,
        role: "guestbook",
        instance: running,
        name: `${running}.${world.zone}`,
        ...change,
      });
    expect(await ask({})).toBe("signed");
    expect(await ask({ key: "" })).toMatch(/the challenge is not the pre-shared key$/);
    expect(await ask({ key: `${keys.right}x` })).toMatch(/the challenge is not the pre-shared key$/);
    expect(await ask({ role: "puppet" })).toMatch(/no role 'puppet'$/);
    expect(await ask({ role: "" })).toMatch(/no role ''$/);
    expect(await ask({ role: "registry" })).toMatch(/not the name of a registry machine$/);
    expect(await ask({ name: `${running}.elsewhere.org` })).toMatch(/not the name of a guestbook machine$/);
    expect(await ask({ instance: "i-0123456789abcdef0" })).toMatch(/requested by i-0123456789abcdef0$/);
    const gone = "i-0123456789abcdef0";
    expect(await ask({ instance: gone, name: `${gone}.${world.zone}` })).toBe("signed");
    const strictly = (set: string) => shell(server, `sed -i 's/^{${set}/' /etc/slipway/puppet-server.json`);
    await strictly(`/{"strictSigning":true,`);
    expect(await ask({ instance: gone, name: `${gone}.${world.zone}` })).toMatch(
      /no running instance|did not say within 5 s/,
    );
    // The server of the emulator may be slow to say so.
    await eventually("the answer of EC2", 60, async () => expect(await ask({})).toBe("signed"));
    await strictly(`"strictSigning":true,/{`);
  });

  describe("with images", () => {
    const login = () =>
      `printf %s '${account.password}' | docker login --username ${account.username} --password-stdin ${world.registryAddress}`;
    /** As a pipeline would: with an account, by a version that is new. */
    const push = async (version: string) => {
      const { guestbook } = await containerImages();
      const image = `${world.registryAddress}/guestbook:${version}`;
      await load(web, guestbook, image);
      const script = `export DOCKER_CONFIG=$(mktemp -d); ${login()} 2>/dev/null; docker push -q ${image}; rm -r $DOCKER_CONFIG`;
      await shell(web, script);
      await web.run("docker", "rmi", image, guestbook);
    };
    const promote = async (version: string) => {
      await world.setVersion(version);
      await shell(server, "/usr/local/lib/slipway/control-sync");
      // The machine's own run may have come between, and have done it: what matters is what answers then.
      expect(await puppetRun(web)).toMatch(/ended with [02]$/);
    };
    const answer = (version: string) =>
      web.explain(
        eventually(`version ${version}`, 90, async () => {
          const page = await web.run(
            "python3",
            "-c",
            "import urllib.request as u; print(u.urlopen('http://127.0.0.1/').read().decode())",
          );
          expect(page).toContain(`${version} `);
          return page;
        }),
      );

    it("the registry runs in a container, lets nobody in without the account, and shows a certificate that Docker trusts (S0-41, S0-D02)", async () => {
      const { registry: image } = await containerImages();
      await load(store, image, "registry:3.0.0");
      const status = (options: string) =>
        shell(
          web,
          `python3 - <<'PY'
import base64, ssl, urllib.error, urllib.request
context = ssl.create_default_context(cafile="/etc/docker/certs.d/${world.registryAddress}/ca.crt")
request = urllib.request.Request("https://${world.registryAddress}/v2/", headers=${options})
try:
    print(urllib.request.urlopen(request, context=context, timeout=5).status)
except urllib.error.HTTPError as error:
    print(error.code)
PY`,
        );
      await store.explain(eventually("the registry", 60, async () => expect(await status("{}")).toBe("401")));
      const basic = Buffer.from(`${account.username}:${account.password}`).toString("base64");
      expect(await status(`{"Authorization": "Basic ${basic}"}`)).toBe("200");
      expect(await shell(store, "docker ps --format '{{.Image}} {{.Names}}'")).toBe("registry:3.0.0 registry");
      expect(await puppetRun(store)).toMatch(/ended with 0$/);
    });

    it("a web machine pulls the promoted version, migrates once, and answers on port 80 (S0-37, S0-D04, S0-W04)", async () => {
      await push("1.0.0");
      await promote("1.0.0");
      const hash = createHash("sha256").update(databaseUrl).digest("hex");
      expect(await answer("1.0.0")).toContain(`1.0.0 primary.redis.example.org ${hash}`);
      const migrations = "journalctl -u guestbook | grep -c 'migrated for 1.0.0 by migrate.mjs with postgres'";
      expect(await shell(web, migrations)).toBe("1");
      expect(await shell(web, "stat -c '%u %a' /run/guestbook /run/guestbook/database-url")).toBe("0 700\n10001 400");
      expect(await shell(store, "ls /srv/registry/data/docker/registry/v2/repositories")).toBe("guestbook");
      expect(await puppetRun(web)).toMatch(/ended with 0$/);
    });

    it("a container that ends is started again, and not migrated again", async () => {
      await web.run("docker", "kill", "guestbook");
      await answer("1.0.0");
      expect(await shell(web, "journalctl -u guestbook | grep -c 'migrated for'")).toBe("1");
    });

    it("another version is one parameter away (S0-31, S0-W04)", async () => {
      await push("1.1.0");
      await promote("1.1.0");
      await answer("1.1.0");
      expect(await shell(web, "journalctl -u guestbook | grep -c 'migrated for 1.1.0'")).toBe("1");
    });

    it("no machine keeps a secret on its disks or in its journal, and Docker knows none", async () => {
      const known = (machine: Machine, text: string) =>
        machine.run("sh", "-c", `grep -rlF -e "$1" /var/lib/docker/containers || true`, "sh", text);
      // It would be found: what a container is given otherwise is.
      expect(await known(web, "DATABASE_URL_FILE=/run/secrets/database-url")).toMatch(/config\.v2\.json/);
      expect(await known(store, "/configuration.yml")).toMatch(/config\.v2\.json/);
      const signing = await shell(store, "cat /srv/registry/http-secret");
      expect(signing).toMatch(/^[0-9a-f]{64}$/);
      expect(await shell(store, "grep -c http-secret /etc/slipway/registry.json")).toBe("1");
      expect(await known(store, signing)).toBe("");
      for (const machine of [web, store, server]) {
        for (const secret of [account.password, databaseUrl, ...(machine === server ? [] : [keys.right])]) {
          const grep = `journalctl --no-pager | grep -cF -e "$1"; grep -rlF -e "$1" /etc /var/lib/puppet /var/lib/guestbook /var/lib/cloud /var/lib/docker /var/log /root /srv /usr/local 2>/dev/null || true`;
          expect(await machine.run("sh", "-c", grep, "sh", secret)).toBe("0");
        }
      }
    });
  });

  it("code that does not parse is not deployed, and what parses is (S0-29)", async () => {
    await world.setFile("manifests/extra.pp", "class broken {");
    expect(await syncNow()).toMatch(/Could not parse|Syntax error[\s\S]*ended with 1$/);
    expect(await shell(server, `ls ${environments}/manifests`)).toBe("site.pp");
    await world.setFile("manifests/extra.pp", "# nothing\n");
    expect(await syncNow()).toMatch(/the control repository is at [0-9a-f]{12}\nended with 0$/);
    expect(await shell(server, `ls ${environments}/manifests`)).toBe("extra.pp\nsite.pp");
  });

  it("a changed pre-shared key counts at once, also for a machine that was refused before (S0-D03)", async () => {
    await world.setKey(keys.wrong);
    expect(await syncNow()).toContain("the pre-shared key is new");
    const name = await nameOf(stranger);
    await eventually("the certificate of the machine with that key", 120, async () =>
      expect(await signed(name)).toBe("yes"),
    );
    expect(await puppetRun(web)).toMatch(/ended with [02]$/);
  });

  it("what lives on a data volume is started only with the volume, at every later boot", async () => {
    for (const [machine, path, services] of [
      [server, "/srv/puppet", ["puppetserver", "puppet"]],
      [store, "/srv/registry", ["registry", "puppet"]],
    ] as const) {
      await shell(machine, "systemctl daemon-reload");
      for (const service of services) {
        const property = (name: string) => shell(machine, `systemctl show -P ${name} ${service}`);
        expect((await property("RequiresMountsFor")).split(" ")).toContain(path);
        expect((await property("After")).split(" ")).toContain(`${path.slice(1).replace("/", "-")}.mount`);
      }
    }
  });

  it("a run that hangs does not keep the timer from the next one", async () => {
    expect(await shell(server, "systemctl show -P TimeoutStartUSec control-sync.service")).toBe("10min");
  });

  it("a server that is replaced serves what its volume holds, with control repository, version and key out of reach", async () => {
    const away = `set -e
      systemctl stop puppetserver puppet control-sync.timer slipway-puppet-server.service
      rm -r /usr/local/lib/slipway/control-sync /usr/local/lib/slipway/autosign-policy /etc/puppet/puppet.conf
      python3 - <<'PY'
import json
path = "/etc/slipway/puppet-server.json"
config = json.load(open(path))
config.update(controlRepository={"bucket": "not-there"}, versionParameter="/not/there", forge="http://127.0.0.1:9")
config["keySecretArn"] += "-not-there"
json.dump(config, open(path, "w"))
PY
      systemctl start --no-block slipway-puppet-server.service`;
    await shell(server, away);
    await configured(server, "slipway-puppet-server.service", patience);
    const said = await shell(server, "journalctl -u slipway-puppet-server.service");
    expect(said).toContain("goes on with what was deployed before");
    expect(said).toContain("serves what was deployed before");
    expect(await shell(server, "systemctl is-active puppetserver control-sync.timer puppet")).toBe(
      "active\nactive\nactive",
    );
    expect(await puppetRun(web)).toMatch(/ended with 0$/);
  });
});
