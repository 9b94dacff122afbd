import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const read = (path: string) => readFileSync(join(__dirname, path), "utf8");
const text = read("docker-compose.yml");
const stack = parse(text, { merge: true });
const { "dash-front": front, "dash-back": back } = stack.services;
/** What a value is while nobody sets its variable. */
const byDefault = (value: string) => value.replace(/\$\{\w+:-([^}]*)\}/g, "$1");

describe("the stack of the dashboard", () => {
  it("has two services, whose images have semantic versions as tags (S4-05, S4-60)", () => {
    expect(Object.keys(stack.services)).toEqual(["dash-front", "dash-back"]);
    const tags = Object.entries(stack.services as Record<string, { image: string }>).map(
      ([name, { image }]) => new RegExp(`^localhost/${name}:(\\d+\\.\\d+\\.\\d+)$`).exec(byDefault(image))?.[1],
    );
    expect(tags).toEqual([expect.any(String), expect.any(String)]);
  });

  it("takes the namespace of its images as a parameter, and by default from nobody's registry (S4-13, S4-R04)", () => {
    for (const { image } of [front, back]) expect(image).toMatch(/^\$\{DASHBOARD_NAMESPACE:-localhost\}\//);
  });

  it("publishes 5000, where dash-front listens and answers the health check, and nothing else (S4-R01, S4-D06)", () => {
    expect(front.ports).toEqual([expect.objectContaining({ target: 5000, published: 5000, protocol: "tcp" })]);
    expect(back.ports).toBeUndefined();
    expect(read("front/gunicorn.conf.py")).toContain('bind = "0.0.0.0:5000"');
    expect(front.healthcheck.test.at(-1)).toContain("http://127.0.0.1:5000/healthz");
    expect(read("front/front.py")).toContain('@app.get("/healthz")');
  });

  it("lets dash-front ask dash-back by its name in the network, with port and trailing slash (S4-06)", () => {
    expect(front.environment.BACK_URL).toBe("http://dash-back:5001/hardware/");
    expect(read("front/front.py")).toContain(`DEFAULT_BACK_URL = "${front.environment.BACK_URL}"`);
    expect(read("back/gunicorn.conf.py")).toContain('bind = "0.0.0.0:5001"');
    expect(read("back/hardware.py")).toContain('@app.get("/hardware/")');
    expect([front.networks, back.networks]).toEqual([["dashboard"], ["dashboard"]]);
  });

  it("mounts the secret where the document says and the application looks, for its user only (S4-14, S4-15, S4-D01)", () => {
    const path = "/var/run/aws_db";
    // 0440 is octal in a stack file.
    expect(text).toMatch(/target: \/var\/run\/aws_db\n(.*\n)*? +mode: 0440\n/);
    expect(back.secrets).toEqual([
      expect.objectContaining({ source: "aws_db", target: path, uid: "10001", gid: "10001" }),
    ]);
    expect(back.environment.AWS_DB_PASS_FILE).toBe(path);
    expect(read("back/hardware.py")).toContain(`DEFAULT_PASSWORD_FILE = "${path}"`);
    expect(read("back/Dockerfile")).toContain("USER 10001:10001");
    expect(front.secrets).toBeUndefined();
    expect(stack.secrets.aws_db).toMatchObject({
      external: true,
      name: expect.stringMatching(/^\$\{DASHBOARD_SECRET:\?/),
    });
  });

  it("knows no address of a database by itself (S4-D11)", () => {
    expect(back.environment.DB_HOST).toMatch(/^\$\{DB_HOST:\?/);
    const defaults = Object.fromEntries(
      ["DB_PORT", "DB_NAME", "DB_USER", "DB_SSLMODE"].map((name) => [name, byDefault(back.environment[name])]),
    );
    const wanted = { DB_PORT: "5432", DB_NAME: "dashboard", DB_USER: "dashboard_app", DB_SSLMODE: "require" };
    expect(defaults).toEqual(wanted);
  });

  it("starts the new task before it stops the old one, and takes back what does not become healthy", () => {
    for (const { deploy, healthcheck } of [front, back]) {
      expect(byDefault(deploy.update_config.order)).toBe("start-first");
      expect(deploy.update_config).toMatchObject({ parallelism: 1, failure_action: "rollback" });
      expect(deploy.rollback_config).toMatchObject({ parallelism: 1 });
      expect(healthcheck).toMatchObject({ retries: 3 });
    }
  });

  it("counts on IPVS by default, and can do without", () => {
    expect(byDefault(front.ports[0].mode)).toBe("ingress");
    expect([front, back].map(({ deploy }) => byDefault(deploy.endpoint_mode))).toEqual(["vip", "vip"]);
  });

  it("runs in a small machine, as a user without rights, and ends in peace", () => {
    for (const service of [front, back]) {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ["ALL"],
        logging: { options: { "max-size": "10m" } },
      });
      expect(service.deploy.resources.limits).toMatchObject({ cpus: "0.50", memory: "192M" });
      const grace = Number(/graceful_timeout = (\d+)/.exec(read("front/gunicorn.conf.py"))![1]);
      expect(Number.parseInt(service.stop_grace_period, 10)).toBeGreaterThan(grace);
    }
  });

  it("waits for the slow call longer than it takes, and asks for it once per page (S4-R02, S4-D06)", () => {
    const slow = Number(byDefault(back.environment.SLOW_CALL_SECONDS));
    expect(slow).toBe(5);
    expect(Number(byDefault(front.environment.BACK_TIMEOUT_SECONDS))).toBeGreaterThan(2 * slow);
  });
});

describe("the pull that deploys it", () => {
  const service = read("machine/poll-updates.service");

  it("calls the program by the path and name that it has, and may run it (S4-D02, S4-62)", () => {
    expect(service).toMatch(/^ExecStart=\/usr\/local\/bin\/poll-updates\.sh --once$/m);
    expect(statSync(join(__dirname, "machine/poll-updates.sh")).mode & 0o777).toBe(0o755);
    expect(read("machine/install.sh")).toMatch(/install -m 0755 .*\/usr\/local\/bin\/poll-updates\.sh/);
  });

  it("comes every ten minutes (S4-64)", () => {
    expect(read("machine/poll-updates.timer")).toMatch(/^OnCalendar=\*:0\/10$/m);
    expect(read("machine/poll-updates.timer")).toMatch(/^WantedBy=timers\.target$/m);
  });
});
