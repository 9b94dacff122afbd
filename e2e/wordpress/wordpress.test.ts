import { afterAll, beforeAll, describe, expect, it } from "vitest";
import catalogue from "../../packer/images.json";
import { type Account, database } from "../machine/harness/database";
import { CleanUp, docker, program, tryDocker, uniqueName } from "../machine/harness/engine";
import { debian, makesImages, mariadbImage, wordpressArchive } from "../machine/harness/images";
import { packer } from "../machine/harness/packer";
import { succeeded } from "../support/process";
import { synthesize } from "../support/project";
import { describeWith, tool } from "../support/requirements";
import { blocks } from "../support/stacks";
import { registry } from "./registry";
import { Site } from "./site";

const { version } = catalogue.wordpress;
const commit = "0123456789abcdef0123456789abcdef01234567";
const account: Account = {
  username: "wordpress",
  // Everything that a careless encoder would trip over.
  password: `a'b"c$d\\e f\n\${g} <?php %h`,
  database: "wordpress",
};

const requirements = [
  ...[tool("packer"), ...(await makesImages()), await program("ansible-playbook", "ansible")],
  await program("docker-registry", "docker-registry"),
];

describeWith("the WordPress image", requirements, () => {
  const cleanUp = new CleanUp();
  let network: string;
  let image: string;
  let late: Promise<{ site: Site; log: string; page: string }>;

  const connection = (host: string) => ({
    WORDPRESS_DB_HOST: host,
    WORDPRESS_DB_PORT: "3306",
    WORDPRESS_DB_USER: account.username,
    WORDPRESS_DB_PASSWORD: account.password,
    WORDPRESS_DB_DATABASE: account.database,
  });
  const start = (environment: Record<string, string>) => Site.start(image, network, environment, cleanUp);

  beforeAll(async () => {
    network = uniqueName("net");
    await docker("network", "create", network);
    cleanUp.add(() => tryDocker("network", "rm", network));
    await mariadbImage();

    const repository = `${await registry(cleanUp)}/slipway-e2e-wordpress`;
    image = `${repository}:${version}`;
    cleanUp.add(() => tryDocker("rmi", "--force", image));
    const { release, url, sha256 } = await wordpressArchive();
    const variables = {
      ...{ commit, registry: repository, ecr_login: "false", base_image: await debian("bookworm"), pull: "false" },
      archive: `{release="${release}",url="${url}",sha256="${sha256}"}`,
    };
    const built = await succeeded(packer("build", "wordpress", { variables, arguments: ["-only=*.docker.*"] }));
    expect(built.output).toContain("seal: clean");
    // What runs is what the registry gives out, not what the build left here (S2-28).
    await docker("rmi", "--force", image);
    await docker("pull", "--quiet", image);
    late = twentySecondsLate();
    late.catch(() => {});
  });
  afterAll(() => cleanUp.run());

  /** Runs beside the other tests: it is mostly waiting. */
  async function twentySecondsLate() {
    const name = uniqueName("late-db");
    const site = await start(connection(name));
    await new Promise((wake) => setTimeout(wake, 20_000));
    const log = await site.log();
    await database(network, account, cleanUp, { name });
    return { site, log, page: await site.installPage(60) };
  }

  it("is in the registry under the catalogue's version (S2-16, S2-19, S2-22, S2-23)", async () => {
    const [host, name] = image.replace(`:${version}`, "").split("/");
    const tags = await fetch(`http://${host}/v2/${name}/tags/list`);
    expect(await tags.json()).toEqual({ name, tags: [version] });
  });

  it("says what it is and starts by itself, without an SSH server inside (S2-18, S2-20, S2-21, S2-D03)", async () => {
    const { stdout } = await docker("image", "inspect", "--format", "{{json .Config}}", image);
    expect(JSON.parse(stdout)).toMatchObject({
      Entrypoint: ["/usr/local/bin/wordpress-entrypoint"],
      ExposedPorts: { "80/tcp": {} },
      Labels: {
        "org.opencontainers.image.version": version,
        "org.opencontainers.image.revision": commit,
      },
    });
    const found = await docker(
      "run",
      "--rm",
      "--entrypoint",
      "sh",
      image,
      "-c",
      "ls /usr/sbin/sshd /root/.ssh 2>&1 || true",
    );
    expect(found.stdout.match(/No such file/g)).toHaveLength(2);
  });

  it("understands every variable of the synthesized task definition (S2-25, S2-R11)", async () => {
    const service = (await synthesize()).find(({ name }) => name === "wordpress-service-dev")!;
    const [definition] = blocks(service.document, "resource", "aws_ecs_task_definition");
    const [container] = JSON.parse(definition!.container_definitions);
    const given = [...container.environment, ...container.secrets].map(({ name }: { name: string }) => name).sort();
    // The two that are not connection have tests of their own below.
    expect(given).toEqual([...Object.keys(connection("db")), "WORDPRESS_DB_TLS", "WORDPRESS_SALT"].sort());
  });

  describe("with a database", () => {
    let site: Site;
    beforeAll(async () => {
      const host = await database(network, account, cleanUp);
      site = await start({ ...connection(host), WORDPRESS_DB_RETRY_SECONDS: "1" });
    });

    it("configures itself from variables and shows the install page (S2-26, S2-R10)", async () => {
      expect(await site.installPage(30)).toContain("<title>WordPress &rsaquo; Installation</title>");
    });

    it("installs a site, which then has a front page", async () => {
      const form = {
        ...{
          weblog_title: "Slipway",
          user_name: "admin",
          admin_email: "admin@example.org",
          pw_weak: "1",
          blog_public: "0",
        },
        ...{ admin_password: "a-long-pass-phrase-4711", admin_password2: "a-long-pass-phrase-4711", Submit: "Install" },
      };
      const body = new URLSearchParams(form);
      const installed = await site.fetch("/wp-admin/install.php?step=2", { method: "POST", body });
      expect(await installed.text()).toContain("Success!");
      const front = await site.fetch("/");
      expect([front.status, await front.text()]).toEqual([200, expect.stringContaining("<title>Slipway</title>")]);
    });

    it("lets nobody read its configuration, run an upload or list a folder", async () => {
      await site.run(
        "sh",
        "-c",
        "cd /var/www/wordpress/wp-content/uploads && echo '<?php echo 6*7;' > run.php && echo hi > a.txt",
      );
      const uploads = "/wp-content/uploads";
      const status = async (path: string) => (await site.fetch(path)).status;
      expect(await status("/wp-config.php")).toBe(403);
      expect(await status(`${uploads}/run.php`)).toBe(403);
      expect(await status(`${uploads}/a.txt`)).toBe(200);
      expect(await (await site.fetch(`${uploads}/`)).text()).not.toContain("a.txt");
    });

    it("answers the health check that production asks for, a file", async () => {
      const service = (await synthesize()).find(({ name }) => name === "wordpress-service-production")!;
      const [targets] = blocks(service.document, "resource", "aws_lb_target_group");
      expect((await site.fetch(targets!.health_check.path)).status).toBe(200);
    });

    it("cannot change its own code", async () => {
      const writable =
        "find /var/www/wordpress -path '*/uploads*' -prune -o -user www-data -print -o -perm -o+w ! -type l -print";
      expect(await site.run("sh", "-c", writable)).toBe("");
    });

    it("shows its secret on no command line, in no log and in no environment of Apache", async () => {
      const seen = `cat /proc/[0-9]*/cmdline; cat /proc/1/environ`;
      const text = await site.run("sh", "-c", seen);
      expect(text).not.toContain(account.password);
      expect(text).toContain("FOREGROUND");
      expect(await site.run("stat", "-c", "%A %U %G", "/run/wordpress/wp-config.php")).toBe("-r--r----- root www-data");
      expect(await site.log()).not.toContain(account.password);
    });

    it("prints requests and the address that the load balancer names", async () => {
      await site.fetch("/?who=am-i", { headers: { "X-Forwarded-For": "203.0.113.7" } });
      expect(await site.log()).toMatch(/^203\.0\.113\.7 .*"GET \/\?who=am-i HTTP\/1\.1" 200/m);
    });

    it("believes the load balancer that a visitor came by TLS", async () => {
      const page = await site.fetch("/wp-login.php", { headers: { "X-Forwarded-Proto": "https" } });
      expect(await page.text()).toContain("https://127.0.0.1");
    });

    it("signs cookies alike in every task, and otherwise with another salt", async () => {
      const host = await site.run(
        "sh",
        "-c",
        "sed -n \"s/.*DB_HOST', '\\(.*\\):3306'.*/\\1/p\" /run/wordpress/wp-config.php",
      );
      const salts = async (other: Site) => {
        await other.fetch("/");
        return other.run("sh", "-c", "grep -E '_(KEY|SALT)' /run/wordpress/wp-config.php");
      };
      const [twin, salted] = [
        await start(connection(host)),
        await start({ ...connection(host), WORDPRESS_SALT: "another" }),
      ];
      for (const other of [twin, salted]) await untilServing(other);
      expect(await salts(twin)).toBe(await salts(site));
      expect(await salts(salted)).not.toBe(await salts(site));
      expect(new Set((await salts(site)).match(/[0-9a-f]{64}/g)).size).toBe(8);
    });
  });

  it("encrypts the connection where the database takes no other (WORDPRESS_DB_TLS)", async () => {
    const host = await database(network, account, cleanUp, { tlsOnly: true });
    const encrypted = await start({
      ...connection(host),
      WORDPRESS_DB_TLS: "required",
      WORDPRESS_DB_RETRY_SECONDS: "1",
    });
    expect(await encrypted.installPage(30)).toContain("Installation");
    const plain = await start({
      ...connection(host),
      ...{ WORDPRESS_DB_RETRY_SECONDS: "1", WORDPRESS_DB_WAIT_SECONDS: "1" },
    });
    expect(await plain.ended()).toBe(1);
    expect(await plain.log()).toContain("gave up on the database");
  });

  it("waits for a database that starts twenty seconds late, and serves without a restart (S2-27)", async () => {
    const { site, log, page } = await late;
    expect(log).toContain("the database is not ready, next try in 15 s");
    expect(page).toContain("<title>WordPress &rsaquo; Installation</title>");
    const { stdout } = await docker("inspect", "--format", "{{.RestartCount}} {{.State.Running}}", site.name);
    expect(stdout.trim()).toBe("0 true");
  });

  it("gives up after a while, so that the orchestrator sees it", async () => {
    const site = await start({
      ...connection("nobody"),
      WORDPRESS_DB_RETRY_SECONDS: "1",
      WORDPRESS_DB_WAIT_SECONDS: "2",
    });
    expect(await site.ended()).toBe(1);
    expect(await site.log()).toContain("gave up on the database after 2 s");
  });

  it("stops at once when told to while it waits", async () => {
    const site = await start(connection("nobody"));
    expect(await site.stop()).toBeLessThan(5);
  });

  it.each([
    ["WORDPRESS_DB_HOST", "", "WORDPRESS_DB_HOST is missing"],
    ["WORDPRESS_DB_PASSWORD", "", "WORDPRESS_DB_PASSWORD is missing"],
    ["WORDPRESS_DB_PORT", "mysql", "WORDPRESS_DB_PORT must be a port from 1 to 65535, got mysql"],
    ["WORDPRESS_DB_TLS", "maybe", "WORDPRESS_DB_TLS must be off or required, got maybe"],
    ["WORDPRESS_TABLE_PREFIX", "a-b", "WORDPRESS_TABLE_PREFIX must consist of"],
  ])("refuses %s=%j with one line, and does not wait", async (name, value, message) => {
    const site = await start({ ...connection("nobody"), [name]: value });
    expect(await site.ended()).toBe(64);
    expect(await site.log()).toContain(message);
    expect((await site.log()).trim().split("\n")).toHaveLength(1);
  });

  async function untilServing(site: Site) {
    for (let tries = 0; tries < 100; tries++) {
      const answer = await site.fetch("/wp-login.php").catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((wake) => setTimeout(wake, 250));
    }
    throw new Error(await site.log());
  }
});
