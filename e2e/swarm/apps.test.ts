import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CleanUp, docker, eventually, published, tryDocker, uniqueName } from "../machine/harness/engine";
import { describeWith } from "../support/requirements";
import { app, makesImages } from "./images";
import { Postgres } from "./postgres";
import { isPage } from "./visitor";

const system = join(__dirname, "../../systems/dashboard");
const password = "an application's password";

describeWith("the dashboard's applications", await makesImages(), () => {
  const cleanUp = new CleanUp();
  let network: string;
  let postgres: Postgres;

  beforeAll(async () => {
    network = uniqueName("net");
    await docker("network", "create", network);
    cleanUp.add(() => tryDocker("network", "rm", network));
    await Promise.all([app("front", "1.0.0"), app("back", "1.1.2")]);
    postgres = await Postgres.start(network, "superuser", cleanUp);
    expect((await postgres.load(password)).output).toContain("loaded");
  });
  afterAll(() => cleanUp.run());

  const start = async (image: string, port: number, ...args: string[]) => {
    const name = uniqueName("app");
    cleanUp.container(name);
    await docker("run", "-d", "--name", name, "--network", network, "-p", `127.0.0.1::${port}`, ...args, image);
    const url = `http://127.0.0.1:${await published(name, port)}`;
    const ask = (path: string, seconds = 20) => fetch(`${url}${path}`, { signal: AbortSignal.timeout(seconds * 1000) });
    await eventually(name, 20, () => ask("/healthz", 2));
    return { name, ask };
  };
  const back = (...more: string[]) => {
    const mount = ["-v", `${postgres.passwords}:/passwords:ro`, "-e", "AWS_DB_PASS_FILE=/passwords/app", "--user", "0"];
    return app("back", "1.1.2").then((image) =>
      start(image, 5001, ...mount, "-e", `DB_HOST=${postgres.name}`, ...more),
    );
  };

  it.each([
    { name: "front", version: "1.0.0" },
    { name: "back", version: "1.1.2" },
  ] as const)("keep their own specification, on the Python of their image: dash-$name (S4-01, S4-06, S4-15, S4-R01, S4-R02, S4-R03, S4-D01, S4-D04, S4-D06, S4-D11, S4-W06)", async ({
    name,
    version,
  }) => {
    const specification = name === "front" ? "test_front" : "test_hardware";
    const image = await app(name, version);
    const mount = ["-v", `${join(system, name, specification)}.py:/app/${specification}.py:ro`];
    const run = ["python3", "-m", "unittest", specification];
    const { code, output } = await tryDocker("run", "--rm", ...mount, image, ...run);
    expect(output).toMatch(/^Ran \d\d tests in [\d.]+s\n\nOK$/m);
    expect(code).toBe(0);
  });

  it("show two rows after one slow call of five seconds, and answer the health check meanwhile (S4-R02, S4-D06)", async () => {
    const hardware = await back();
    const front = await start(
      await app("front", "1.0.0"),
      5000,
      ...["-e", `BACK_URL=http://${hardware.name}:5001/hardware/`],
    );
    const begin = Date.now();
    const page = front.ask("/").then((answer) => answer.text());
    for (const each of [front, hardware]) expect((await each.ask("/healthz")).status).toBe(200);
    expect(Date.now() - begin).toBeLessThan(3000);
    expect(isPage(await page)).toBe(true);
    const seconds = (Date.now() - begin) / 1000;
    expect(seconds).toBeGreaterThan(4.9);
    expect(seconds).toBeLessThan(9);
    await docker("rm", "--force", hardware.name);
    const apology = await front.ask("/");
    expect([apology.status, await apology.text()]).toEqual([503, expect.stringContaining("try again in a moment")]);
  });

  it("finish what is under way when they are stopped", async () => {
    const hardware = await back("-e", "SLOW_CALL_SECONDS=3");
    const answer = hardware.ask("/hardware/");
    await new Promise((wake) => setTimeout(wake, 1000));
    const begin = Date.now();
    await docker("stop", "--time", "60", hardware.name);
    expect(Date.now() - begin).toBeLessThan(10_000);
    expect((await answer).status).toBe(200);
    const { stdout } = await docker("inspect", "--format", "{{.State.ExitCode}}", hardware.name);
    expect(stdout.trim()).toBe("0");
  });

  it("find the database again that was away, and say 503 meanwhile", async () => {
    const hardware = await back("-e", "SLOW_CALL_SECONDS=0");
    expect((await hardware.ask("/hardware/")).status).toBe(200);
    await docker("pause", postgres.name);
    const away = hardware.ask("/hardware/");
    expect((await hardware.ask("/healthz")).status).toBe(200);
    await docker("unpause", postgres.name);
    await away;
    await postgres.query(
      "postgres",
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'dashboard_app'",
    );
    expect((await hardware.ask("/hardware/")).status).toBe(200);
    await docker("network", "disconnect", network, postgres.name);
    expect((await hardware.ask("/hardware/")).status).toBe(503);
    await docker("network", "connect", network, postgres.name);
    await eventually("the hardware", 30, async () => {
      const { status } = await hardware.ask("/hardware/");
      if (status !== 200) throw new Error(`got ${status}`);
    });
  });
});
