import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CleanUp, eventually, program } from "../machine/harness/engine";
import { run as command } from "../support/process";
import { describeWith } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";
import { MovableNames } from "./dns";
import { freePort, ownAddress } from "./loopback";
import { Postgres, password, postgresServer } from "./postgres";
import { Redis } from "./redis";
import { bundle, type Environment, Guestbook, migrate, ownResolver } from "./server";

const redisName = "redis.guestbook.test";
const databaseName = "db.guestbook.test";

const requirements = [
  ...[await ownResolver(), postgresServer()],
  ...[await program("jq", "jq"), await program("curl", "curl")],
  ...[await program("redis-server", "redis-server"), await program("openssl", "openssl")],
];

describeWith("the guestbook", requirements, () => {
  const cleanUp = new CleanUp();
  let folder: string;
  let names: MovableNames;
  let primary: Redis;
  let replica: Redis;
  let postgres: Postgres;
  let environment: Environment;

  const run = (...args: string[]) => migrate(folder, names.address, environment, ...args);
  async function start(changes: Environment = {}): Promise<Guestbook> {
    const given = { ...environment, PORT: String(await freePort()), ...changes };
    const guestbook = new Guestbook(folder, names.address, given);
    cleanUp.add(() => guestbook.stop());
    return guestbook;
  }
  async function started(changes: Environment = {}): Promise<Guestbook> {
    const guestbook = await start(changes);
    await guestbook.listening();
    return guestbook;
  }

  beforeAll(async () => {
    folder = await bundle();
    names = await MovableNames.start();
    cleanUp.add(async () => names.stop());
    const port = await freePort();
    // The same port at two addresses: between them a name alone decides.
    primary = await Redis.start(ownAddress(), port);
    cleanUp.add(() => primary.kill());
    replica = await Redis.start(ownAddress(), port);
    cleanUp.add(() => replica.kill());
    postgres = await Postgres.start(ownAddress(), await freePort());
    cleanUp.add(() => postgres.kill());
    names.point(redisName, primary.address);
    names.point(databaseName, postgres.address);
    environment = {
      ...{ REDIS_HOST: redisName, REDIS_PORT: String(port), GUESTBOOK_VERSION: "1.0.0-e2e" },
      DATABASE_URL: postgres.url(databaseName),
    };
  });
  afterAll(() => cleanUp.run());

  describe("whose database is new", () => {
    it("says 503 and goes on living until the migration has run (S0-D04)", async () => {
      const guestbook = await started();
      expect(await guestbook.page()).toMatchObject({
        status: 503,
        text: expect.stringContaining("The entries are out of reach just now."),
      });
      expect((await run("--check")).code).toBe(3);
      const both = await Promise.all([run(), run()]);
      expect(both.map(({ code }) => code)).toEqual([0, 0]);
      // One of them worked, the other one waited and found nothing to do (S0-06).
      expect(both.map(({ output }) => JSON.parse(output).names).sort()).toEqual([[], ["1_guestbook"]]);
      expect((await run("--check")).code).toBe(0);
      expect((await guestbook.page()).status).toBe(200);
      await guestbook.stop();
    });

    it("has the table of the original (S0-R05)", async () => {
      const columns = await postgres.query(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'guestbook' ORDER BY ordinal_position",
        "guestbook",
      );
      expect(columns.map(({ column_name, data_type }) => [column_name, data_type])).toEqual([
        ["id", "bigint"],
        ["name", "text"],
        ["message", "text"],
        ["created_at", "timestamp with time zone"],
      ]);
    });
  });

  describe("that runs", () => {
    let guestbook: Guestbook;
    beforeAll(async () => {
      guestbook = await started();
    });

    it("counts visits in Redis under the name of the original (S0-R04)", async () => {
      const first = await guestbook.visits();
      expect(await guestbook.visits()).toBe(first + 1);
      expect(await primary.command("GET", "visitors_counter")).toBe(String(first + 1));
    });

    it("keeps what visitors write, newest first, and shows it as text (S0-R04)", async () => {
      const answer = await guestbook.sign("Ada <b>", "First & 'foremost'\nO'Reilly; DROP TABLE guestbook --");
      expect(answer.status).toBe(303);
      expect((await guestbook.sign("李明", "Second 🚀")).headers.get("Location")).toMatch(/^\/#entry-\d+$/);
      const { text } = await guestbook.page();
      expect(text).toContain("Ada &lt;b&gt;");
      expect(text).toContain("First &amp; &#39;foremost&#39;\nO&#39;Reilly");
      expect(text.indexOf("Second 🚀")).toBeLessThan(text.indexOf("First &amp;"));
    });

    it("turns pages, and no entry is shown twice or left out while new ones come", async () => {
      for (let i = 1; i <= 45; i++) await guestbook.sign("Bob", `note ${i}.`);
      const seen: string[] = [];
      let path: string | undefined = "/";
      while (path) {
        const { text } = await guestbook.page(path);
        seen.push(...[...text.matchAll(/note (\d+)\./g)].map(([, number]) => number!));
        await guestbook.sign("Carol", "between two pages");
        path = /href="(\/\?before=\d+)"/.exec(text)?.[1];
      }
      expect(seen).toEqual(Array.from({ length: 45 }, (_, i) => String(45 - i)));
    });

    it("touches neither counter nor entries for its health (S0-27)", async () => {
      const commands = async () => /cmdstat_incr:calls=(\d+)/.exec(await primary.command("INFO", "commandstats"))![1];
      const before = await commands();
      for (let i = 0; i < 5; i++) {
        expect(await (await guestbook.fetch("/healthz")).json()).toEqual({ status: "ok", version: "1.0.0-e2e" });
      }
      expect(await commands()).toBe(before);
    });

    it("passes the acceptance test of the pipeline, which another version does not (S0-W03)", async () => {
      const file = join(temporaryFolder("environments"), "environments.json");
      const site = new URL("/", (await guestbook.fetch("/healthz")).url).origin;
      writeFileSync(file, JSON.stringify({ acceptance: { site } }));
      const script = join(__dirname, "../../systems/guestbook/delivery/acceptance-test");
      const env = { ...process.env, GUESTBOOK_ENVIRONMENTS: file };
      const test = (version: string) => command(script, ["acceptance", version], { cwd: "/", env });
      expect(await test("1.0.0-e2e")).toMatchObject({
        code: 0,
        output: expect.stringContaining("counts visits and keeps entries"),
      });
      expect(await test("1.0.0-other")).toMatchObject({
        code: 1,
        output: expect.stringContaining('tells the version "1.0.0-e2e", not 1.0.0-other'),
      });
    });

    it("has its entries and its counter after a restart", async () => {
      const before = await guestbook.visits();
      expect(await guestbook.stop()).toBe(0);
      guestbook = await started();
      expect(await guestbook.visits()).toBeGreaterThan(before);
      expect((await guestbook.page()).text).toContain("between two pages");
    });

    it("writes JSON lines, and no password, and nothing that visitors wrote", () => {
      const lines = guestbook.log
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(lines.find(({ event }) => event === "listening")).toMatchObject({ level: "info", version: "1.0.0-e2e" });
      for (const secret of [password, encodeURIComponent(password), "between two pages"])
        expect(guestbook.log).not.toContain(secret);
    });
  });

  describe("when Redis fails over", () => {
    let guestbook: Guestbook;
    beforeAll(async () => {
      guestbook = await started();
      await guestbook.visits();
      await replica.follow(primary);
    });

    it("shows its entries with a message, and goes on counting at the promoted replica (S0-46, S0-45)", async () => {
      const before = await guestbook.visits();
      await eventually("the replica has it", 5, async () =>
        expect(await replica.command("GET", "visitors_counter")).toBe(String(before)),
      );
      await primary.kill();
      const during = await guestbook.page();
      expect(during).toMatchObject({
        status: 200,
        text: expect.stringContaining("The visitor counter is out of reach"),
      });
      expect(during.text).toContain("between two pages");
      expect(during.seconds).toBeLessThan(4);

      await replica.promote();
      // The name still leads to the dead one: nothing else may lead to the other.
      await new Promise((wake) => setTimeout(wake, 2500));
      expect((await guestbook.page()).visits).toBeUndefined();

      names.point(redisName, replica.address);
      expect(await guestbook.visits(10)).toBe(before + 1);
      expect(guestbook.running).toBe(true);
    });

    it("leaves a primary that was demoted and only refuses to write (S0-46)", async () => {
      await primary.launch();
      await primary.follow(replica);
      const before = await guestbook.visits();
      await eventually("the replica has it", 5, async () =>
        expect(await primary.command("GET", "visitors_counter")).toBe(String(before)),
      );
      names.point(redisName, primary.address);
      await primary.promote();
      await replica.follow(primary);
      // The connection to the demoted one has never broken.
      expect(await guestbook.visits(10)).toBe(before + 1);
      expect(guestbook.log).toContain("READONLY");
    });

    it("leaves a primary that is there and says nothing, without keeping visitors waiting (S0-46)", async () => {
      const before = await guestbook.visits();
      await eventually("the replica has it", 5, async () =>
        expect(await replica.command("GET", "visitors_counter")).toBe(String(before)),
      );
      primary.freeze();
      const during = await guestbook.page();
      expect(during).toMatchObject({
        status: 200,
        text: expect.stringContaining("The visitor counter is out of reach"),
      });
      expect(during.seconds).toBeLessThan(4);
      await replica.promote();
      names.point(redisName, replica.address);
      expect(await guestbook.visits(10)).toBe(before + 1);
    });
  });

  describe("when PostgreSQL is gone", () => {
    let guestbook: Guestbook;
    beforeAll(async () => {
      guestbook = await started();
      await guestbook.visits();
    });

    it("says so with 503, keeps what was typed in the form, and recovers by itself", async () => {
      await postgres.kill();
      expect(await guestbook.page()).toMatchObject({
        status: 503,
        text: expect.stringContaining("The entries are out of reach just now."),
      });
      const answer = await guestbook.sign("Dora", "Do not lose this");
      expect(answer.status).toBe(503);
      expect(await answer.text()).toContain("Do not lose this");
      expect((await guestbook.fetch("/healthz")).status).toBe(200);

      await postgres.launch();
      expect(await guestbook.page()).toMatchObject({ status: 200, text: expect.stringContaining("between two pages") });
      expect((await guestbook.sign("Dora", "Here it is")).status).toBe(303);
      expect(guestbook.running).toBe(true);
    });

    it("waits only seconds for one that is there and says nothing", async () => {
      expect((await guestbook.page()).status).toBe(200);
      postgres.freeze();
      try {
        const { status, seconds } = await guestbook.page();
        expect(status).toBe(503);
        expect(seconds).toBeLessThan(8);
      } finally {
        postgres.thaw();
      }
      await eventually("the entries", 15, async () => expect((await guestbook.page()).status).toBe(200));
    });

    it("starts without waiting for either server", async () => {
      const alone = await started({
        REDIS_HOST: "nobody.guestbook.test",
        DATABASE_URL: "postgres://nobody.guestbook.test/x",
      });
      expect((await alone.fetch("/healthz")).status).toBe(200);
      expect(await alone.page()).toMatchObject({
        status: 503,
        text: expect.stringContaining("counter is out of reach"),
      });
      expect(await alone.stop()).toBe(0);
    });

    it("lets the migration say so in one line", async () => {
      const DATABASE_URL = `postgres://guest:${encodeURIComponent(password)}@127.0.0.1:1/guestbook`;
      const { code, output } = await migrate(folder, names.address, { DATABASE_URL });
      expect(code).toBe(1);
      expect(JSON.parse(output)).toMatchObject({
        level: "error",
        reason: "cannot reach the database at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1",
      });
    });
  });

  describe("over TLS", () => {
    const encrypted = `SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
      WHERE ssl AND application_name = 'guestbook'`;

    it.each([
      ["require", false],
      ["verify-full", true],
    ])("with sslmode=%s reaches the database encrypted", async (mode, withAuthority) => {
      const authority = withAuthority ? `&sslrootcert=${postgres.certificate}` : "";
      const DATABASE_URL = postgres.url(databaseName, `?sslmode=${mode}${authority}`);
      const guestbook = await started({ DATABASE_URL });
      expect((await guestbook.page()).status).toBe(200);
      expect(await postgres.query(encrypted)).toEqual([{ count: "1" }]);
      expect((await migrate(folder, names.address, { DATABASE_URL }, "--check")).code).toBe(0);
      await guestbook.stop();
    });

    it("with sslmode=verify-full trusts neither a stranger's certificate nor another name", async () => {
      const check = async (DATABASE_URL: string) => {
        const { code, output } = await migrate(folder, names.address, { DATABASE_URL }, "--check");
        return [code, JSON.parse(output).reason];
      };
      expect(await check(postgres.url(databaseName, "?sslmode=verify-full"))).toEqual([
        1,
        expect.stringContaining("self-signed certificate"),
      ]);
      const otherName = postgres.url(postgres.address, `?sslmode=verify-full&sslrootcert=${postgres.certificate}`);
      expect(await check(otherName)).toEqual([1, expect.stringContaining("does not match certificate's altnames")]);
    });
  });

  it("counts over TLS with REDIS_TLS, and takes no stranger for its Redis (S0-43)", async () => {
    const port = await freePort();
    const files = ["--tls-cert-file", postgres.certificate, "--tls-key-file", postgres.key];
    const options = ["--tls-port", String(port), ...files, "--tls-auth-clients", "no", "--tls-ca-cert-file"];
    const redis = await Redis.start(postgres.address, await freePort(), ...options, postgres.certificate);
    cleanUp.add(() => redis.kill());
    const encrypted = { REDIS_HOST: databaseName, REDIS_PORT: String(port), REDIS_TLS: "on" };
    const guestbook = await started({ ...encrypted, NODE_EXTRA_CA_CERTS: postgres.certificate });
    expect(await guestbook.visits()).toBeGreaterThan(0);
    await guestbook.stop();

    const careful = await started(encrypted);
    await eventually("a refusal", 10, async () => expect(careful.log).toContain("self-signed certificate"));
    expect((await careful.page()).visits).toBeUndefined();
    await careful.stop();
  });

  it("with a bad configuration ends with one line that tells every mistake, and no password", async () => {
    const guestbook = await start({ PORT: "x", REDIS_HOST: "", DATABASE_URL: "postgres://guest:hunter2/x@db/g" });
    expect(await guestbook.ended()).toBe(1);
    expect(JSON.parse(guestbook.log)).toMatchObject({
      level: "error",
      event: "bad configuration",
      mistakes: [
        expect.stringContaining("PORT"),
        expect.stringContaining("REDIS_HOST"),
        expect.stringContaining("DATABASE_URL"),
      ],
    });
    expect(guestbook.log).not.toContain("hunter2");
  });

  it("that is told to stop answers what it has begun, and takes nothing new", async () => {
    const guestbook = await started();
    const port = Number(new URL((await guestbook.fetch("/healthz")).url).port);
    const body = new URLSearchParams({ name: "Eve", message: "Just in time" }).toString();
    const answer = new Promise<number | undefined>((resolve, reject) => {
      const headers = { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": body.length };
      const post = request({ port, method: "POST", headers }, ({ statusCode }) => resolve(statusCode));
      post.on("error", reject);
      post.write(body.slice(0, 5));
      // The rest comes when it has been asked to stop already.
      setTimeout(() => post.end(body.slice(5)), 1500);
    });
    await new Promise((wake) => setTimeout(wake, 500));
    const asked = Date.now();
    const stopped = guestbook.stop();
    await eventually("a closed door", 5, () => expect(guestbook.fetch("/healthz")).rejects.toThrow());
    expect(await answer).toBe(303);
    expect(await stopped).toBe(0);
    // Not before the answer, and not long after it.
    expect((Date.now() - asked) / 1000).toBeLessThan(6);
    expect(guestbook.log).toContain('"event":"stopped"');
  });
});
