import { afterAll, beforeAll, expect, it } from "vitest";
import { CleanUp, docker, eventually, program, published, tryDocker, uniqueName } from "../machine/harness/engine";
import { makesImages } from "../machine/harness/images";
import { describeWith } from "../support/requirements";
import { buildGuestbook, guestbookImage, inspect, nodeImage } from "./image";

const version = "1.0.0-0123456789ab";

describeWith("the image of the guestbook", [...(await makesImages()), await program("npm", "npm")], () => {
  const cleanUp = new CleanUp();
  let base: string;
  let image: string;
  let container: string;

  beforeAll(async () => {
    base = await nodeImage(cleanUp);
    image = await guestbookImage(version, cleanUp, base);
    container = uniqueName("guestbook");
    cleanUp.container(container);
    // Two servers that do not exist: a web machine may well start before them.
    const variables = ["-e", "REDIS_HOST=redis.invalid", "-e", "DATABASE_URL=postgres://u:p@db.invalid/guestbook"];
    await docker(
      "run",
      "-d",
      "--name",
      container,
      "-p",
      "127.0.0.1::80",
      "--read-only",
      "--cap-drop",
      "ALL",
      ...variables,
      image,
    );
  });
  afterAll(() => cleanUp.run());

  const run = async (...command: string[]) => (await docker("exec", container, ...command)).stdout.trim();

  it("is built by its own Dockerfile, says its version, and is not root (S0-16, S0-02, S0-W04)", async () => {
    expect(await inspect("image", image, ".Config")).toMatchObject({
      User: "10001:10001",
      ExposedPorts: { "80/tcp": {} },
      Env: expect.arrayContaining([`GUESTBOOK_VERSION=${version}`]),
      Labels: expect.objectContaining({ "org.opencontainers.image.version": version }),
    });
  });

  it("is not built without a version (S0-W04)", async () => {
    const { code, output } = await buildGuestbook(uniqueName("nameless"), { BASE: base });
    expect(code).not.toBe(0);
    expect(output).toContain("say which version this is: --build-arg VERSION=<version>");
  });

  it("listens on port 80 without a right that root has, on a root that cannot be written (S0-14, S0-R01)", async () => {
    const answer = await eventually("the guestbook", 20, async () =>
      fetch(`http://127.0.0.1:${await published(container, 80)}/healthz`, { signal: AbortSignal.timeout(2000) }),
    );
    expect(await answer.json()).toEqual({ status: "ok", version });
    expect(await run("id", "-u")).toBe("10001");
    expect(await run("sh", "-c", "grep CapEff /proc/1/status")).toMatch(/0{16}$/);
  });

  it("is healthy in the eyes of the engine (S0-27)", async () => {
    await eventually("healthy", 40, async () =>
      expect(await inspect("container", container, ".State.Health.Status")).toBe("healthy"),
    );
  });

  it("holds the bundle and nothing of its making", async () => {
    expect((await run("ls", "-A", "/app")).split("\n")).toEqual(["health-check.mjs", "migrate.mjs", "server.mjs"]);
  });

  it("brings its migration, which says what is wrong in one line (S0-06, S0-D04)", async () => {
    const DATABASE_URL = "DATABASE_URL=postgres://u:hunter2@127.0.0.1:1/guestbook";
    const { code, output } = await tryDocker("run", "--rm", "-e", DATABASE_URL, image, "node", "migrate.mjs");
    expect(code).toBe(1);
    expect(JSON.parse(output).reason).toBe(
      "cannot reach the database at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1",
    );
  });

  it("stops when it is asked to, long before it would be killed", async () => {
    const start = Date.now();
    await docker("stop", "--time", "10", container);
    expect((Date.now() - start) / 1000).toBeLessThan(5);
    expect(await inspect("container", container, ".State.ExitCode")).toBe(0);
  });

  it("is unhealthy where nothing listens", async () => {
    const { code } = await tryDocker("run", "--rm", image, "node", "health-check.mjs");
    expect(code).not.toBe(0);
  });
});
