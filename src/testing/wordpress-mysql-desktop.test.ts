import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { looksRandom, namesSecret } from "../core/secret-text";
import { described } from "./wordpress";

const file = join(__dirname, "../../systems/wordpress-mysql/compose.yaml");
const text = readFileSync(file, "utf8");
const { services, secrets, volumes } = parse(text);
const { wordpress, mysql } = services;

const compose = spawnSync("docker", ["compose", "version"], { stdio: "ignore" }).status === 0;

describe("WordPress on the desktop (S3-19)", () => {
  it("is the image that runs in AWS", () => {
    expect(wordpress.image).toBe(described("dev").wordpressMysql!.service.image);
  });

  it("answers on port 80, to this machine only, and comes back by itself", () => {
    expect(wordpress).toMatchObject({ ports: ["127.0.0.1:80:80"], restart: "always" });
    expect(mysql).toMatchObject({ restart: "always" });
    expect(mysql).not.toHaveProperty("ports");
  });

  it("starts when its database takes queries, and both say how they are", () => {
    expect(wordpress.depends_on).toEqual({ mysql: { condition: "service_healthy" } });
    for (const { healthcheck } of [wordpress, mysql]) expect(healthcheck.test[0]).toMatch(/^CMD/);
  });

  it("names its database as the task definition does (S3-R06)", () => {
    expect(wordpress.environment).toEqual({
      WORDPRESS_DB_HOST: "mysql:3306",
      WORDPRESS_DB_NAME: mysql.environment.MYSQL_DATABASE,
      WORDPRESS_DB_USER: mysql.environment.MYSQL_USER,
      WORDPRESS_DB_PASSWORD_FILE: mysql.environment.MYSQL_PASSWORD_FILE,
    });
  });

  it("has its passwords from files that Git ignores, and none written out, nor in a log (S3-W06)", () => {
    const [account, root] = Object.keys(secrets);
    expect(mysql.environment.MYSQL_PASSWORD_FILE).toBe(`/run/secrets/${account}`);
    expect(mysql.environment.MYSQL_ROOT_PASSWORD_FILE).toBe(`/run/secrets/${root}`);
    expect([wordpress.secrets, mysql.secrets]).toEqual([[account], [account, root]]);
    for (const secret of Object.values<{ file: string }>(secrets)) {
      const ignored = execFileSync("git", ["check-ignore", join(file, "..", secret.file)], { cwd: __dirname });
      expect(ignored.toString()).toContain(secret.file.slice(1));
    }
    const variables = Object.entries<string>({ ...wordpress.environment, ...mysql.environment });
    const plain = variables.filter(([key]) => namesSecret(key));
    expect(plain).toEqual([]);
    expect(text.split(/\s+/).filter(looksRandom)).toEqual([]);
  });

  it("keeps its data when the containers are made anew", () => {
    expect(Object.keys(volumes)).toEqual(["wordpress", "mysql"]);
    expect([wordpress.volumes, mysql.volumes]).toEqual([["wordpress:/var/www/html"], ["mysql:/var/lib/mysql"]]);
  });

  it("gives no container more than it needs (S3-W08)", () => {
    for (const { security_opt } of [wordpress, mysql]) expect(security_opt).toEqual(["no-new-privileges:true"]);
  });

  it.skipIf(!compose)("is understood by Docker Compose", () => {
    const folder = mkdtempSync(join(tmpdir(), "slipway-compose-"));
    try {
      mkdirSync(join(folder, "secrets"));
      for (const name of Object.keys(secrets)) writeFileSync(join(folder, "secrets", name), "x");
      writeFileSync(join(folder, "compose.yaml"), text);
      const options = { cwd: folder, encoding: "utf8" } as const;
      const config = JSON.parse(execFileSync("docker", ["compose", "config", "--format", "json"], options));
      expect(Object.keys(config.services).sort()).toEqual(["mysql", "wordpress"]);
      expect(config.services.wordpress.ports).toMatchObject([{ host_ip: "127.0.0.1", published: "80", target: 80 }]);
      // `$$` is Compose's way to write a dollar sign that the shell in the container shall see.
      expect(config.services.mysql.healthcheck.test[1]).toContain("$$(cat /run/secrets/database_password)");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
