import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { engines } from "../core/cache-engines";
import { dashboardOf } from "../testing/dashboard";
import { guestbookOf } from "../testing/guestbook";
import { localOf, servicesOf } from "../testing/local";
import type { Block, Synthesized } from "../testing/synthesize";
import { described, platformOf, serviceOf } from "../testing/wordpress";
import { mysqlStackOf } from "../testing/wordpress-mysql";

const read = (path: string) => readFileSync(join(__dirname, "../../systems", path), "utf8");
const dev = described("dev");
const definitionIn = (stack: Synthesized): Block => JSON.parse(stack.one(EcsTaskDefinition).container_definitions)[0];
const byName = (list: Block[]) => Object.fromEntries(list.map(({ name, value }) => [name, value]));
const names = (list: Block[]) => list.map(({ name }) => name).sort();
const tagOf = (image: string) => image.slice(image.lastIndexOf(":") + 1);
/** Names of the variables that stand for a secret: those of files, without what says so. */
const secretNames = (variables: Readonly<Record<string, string>>) =>
  Object.keys(variables)
    .filter((name) => name.endsWith("_FILE"))
    .map((name) => name.replace(/_FILE$/, ""))
    .sort();
const plainOf = (variables: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !name.endsWith("_FILE")));
const without = (map: Readonly<Record<string, string>>, ...keys: string[]) =>
  Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));

describe("WordPress on ECS and on this machine", () => {
  const ecs = definitionIn(serviceOf(dev));
  const { wordpress, database } = servicesOf(localOf("wordpress"));

  it("are one version of one image", () => {
    expect(tagOf(wordpress!.image)).toBe(tagOf(ecs.image));
    expect(wordpress!.image).toMatch(/\/wordpress:/);
  });

  it("answer on one port, under one path, with what counts as healthy", () => {
    expect(wordpress!.body.ports[0].internal).toBe(ecs.portMappings[0].containerPort);
    const { path, matcher } = serviceOf(dev).one(LbTargetGroup).health_check;
    const { test } = wordpress!.body.healthcheck;
    expect(test.at(-1)).toBe(path);
    const [least, most] = matcher.split("-");
    expect(test[3]).toContain(`$status >= ${least} && $status <= ${most}`);
  });

  it("read the same variables, and the same secrets", () => {
    // Only this machine: how long to wait between two tries.
    const plain = without(plainOf(wordpress!.variables), "WORDPRESS_DB_RETRY_SECONDS");
    expect(Object.keys(plain).sort()).toEqual(names(ecs.environment));
    expect(secretNames(wordpress!.variables)).toEqual(names(ecs.secrets));
  });

  it("have the same memory, and the same database: engine, version, name, user and port", () => {
    expect(wordpress!.body.memory).toBe(ecs.memory);
    const rds = platformOf(dev).one(DbInstance);
    expect(database!.image).toBe(`docker.io/library/${rds.engine}:${rds.engine_version}`);
    expect(wordpress!.variables).toMatchObject({
      ...{ WORDPRESS_DB_DATABASE: rds.db_name, WORDPRESS_DB_USER: rds.username, WORDPRESS_DB_PORT: "3306" },
    });
    expect(database!.variables).toMatchObject({ MYSQL_DATABASE: rds.db_name, MYSQL_USER: rds.username });
  });
});

describe("WordPress with MySQL beside it on ECS, on this machine and in its compose file", () => {
  const ecs = definitionIn(mysqlStackOf(dev));
  const { wordpress, mysql } = servicesOf(localOf("wordpress-mysql"));
  const compose = parse(read("wordpress-mysql/compose.yaml")).services;

  it("are one image, with one port and one amount of memory", () => {
    expect(wordpress!.image).toBe(ecs.image);
    expect(wordpress!.body.ports[0].internal).toBe(ecs.portMappings[0].containerPort);
    expect(wordpress!.body.memory).toBe(ecs.memory);
  });

  it("read the same variables with the same values, but for the database's place, and the same secret", () => {
    const host = "WORDPRESS_DB_HOST";
    expect(without(plainOf(wordpress!.variables), host)).toEqual(without(byName(ecs.environment), host));
    expect(Object.keys(wordpress!.variables)).toContain(host);
    expect(names(ecs.environment)).toContain(host);
    expect(secretNames(wordpress!.variables)).toEqual(names(ecs.secrets));
  });

  it.each(["wordpress", "mysql"] as const)("are the %s of the compose file", (service) => {
    const [here, there] = [{ wordpress, mysql }[service]!, compose[service]];
    expect(here.image).toBe(there.image);
    const files = (variables: Record<string, string>) =>
      Object.keys(variables).map((name) => [name, name.endsWith("_FILE") ? "a file" : variables[name]]);
    expect(Object.fromEntries(files(here.variables))).toEqual(Object.fromEntries(files(there.environment)));
    const volumes = there.volumes.map((volume: string) => volume.split(":")[1]);
    expect(here.body.mounts.filter(({ type }: Block) => type === "volume").map(({ target }: Block) => target)).toEqual(
      volumes,
    );
    const test = there.healthcheck.test.map((word: string) =>
      word.replaceAll("$$", "$").replace("database_", "database-"),
    );
    expect(here.body.healthcheck.test).toEqual(test);
  });
});

describe("the dashboard on Swarm, behind its load balancer and on this machine", () => {
  const swarm = parse(read("dashboard/docker-compose.yml"), { merge: true }).services;
  const services = servicesOf(localOf("dashboard"));
  const usual = (value: string) => value.replace(/\$\{\w+:-([^}]*)\}/g, "$1");

  it("are the same services", () => {
    expect(
      Object.keys(services)
        .filter((name) => name !== "database")
        .sort(),
    ).toEqual(Object.keys(swarm).sort());
  });

  it.each([
    "dash-front",
    "dash-back",
  ])("%s is one image with one check of health, as little rights and memory", (name) => {
    const [here, there] = [services[name]!, swarm[name]];
    expect(here.image).toBe(usual(there.image));
    expect(here.body.healthcheck.test).toEqual(there.healthcheck.test);
    expect(here.body).toMatchObject({ read_only: there.read_only, capabilities: { drop: there.cap_drop } });
    expect(`${here.body.memory}M`).toBe(there.deploy.resources.limits.memory);
    expect(here.body.log_opts).toEqual(there.logging.options);
  });

  it.each([
    "dash-front",
    "dash-back",
  ])("%s reads the same variables, with the same values but for the database's place", (name) => {
    // A server in the same network, which has no certificate.
    const elsewhere = ["DB_HOST", "DB_SSLMODE"];
    const there = Object.fromEntries(
      Object.entries<unknown>(swarm[name].environment).map(([key, value]) => [key, usual(String(value))]),
    );
    expect(without(services[name]!.variables, ...elsewhere)).toEqual(without(there, ...elsewhere));
    expect(Object.keys(services[name]!.variables)).toEqual(Object.keys(there).sort());
  });

  it("find the password in the same file", () => {
    const [{ source, target }] = swarm["dash-back"].secrets;
    expect(services["dash-back"]!.secrets).toEqual({ [source]: target });
  });

  it("answer on one port, where the load balancer asks as well", () => {
    const [port] = services["dash-front"]!.body.ports;
    const [{ target, published }] = swarm["dash-front"].ports;
    const group = dashboardOf(dev).one(LbTargetGroup);
    expect([port.internal, port.external]).toEqual([target, published]);
    expect(group.port).toBe(published);
    expect(swarm["dash-front"].healthcheck.test.at(-1)).toContain(`:${target}${group.health_check.path}`);
  });

  it("ask one version of PostgreSQL for one database, as one user", () => {
    const rds = dashboardOf(dev).one(DbInstance);
    expect(services.database!.image).toBe(`docker.io/library/postgres:${rds.engine_version}`);
    expect(services["dash-back"]!.variables).toMatchObject({ DB_NAME: rds.db_name, DB_PORT: "5432" });
    expect(services.database!.variables).toMatchObject({ POSTGRES_USER: rds.username });
    expect(read("dashboard/database/database.sql")).toContain(
      `CREATE ROLE ${services["dash-back"]!.variables.DB_USER} `,
    );
  });
});

describe("the guestbook on its web machines, which Puppet configures, and on this machine", () => {
  const stack = guestbookOf(dev);
  const { guestbook, redis } = servicesOf(localOf("guestbook"));
  const program = read("guestbook/puppet/site-modules/profile/files/guestbook-container");
  const profile = read("guestbook/puppet/site-modules/profile/manifests/guestbook.pp");
  const [, words] = /variables = \{(.*)\}/.exec(program)!;

  it("are one image", () => {
    const [, image] = /'image' +=> "\$\{registry\}\/(\w+):\$\{version\}"/.exec(profile)!;
    expect(guestbook!.image).toMatch(new RegExp(`^localhost/${image}:`));
  });

  it("read the same variables: no other, and no secret among them", () => {
    const there = [...words!.matchAll(/"([A-Z_]+)":/g)].map(([, name]) => name);
    expect(Object.keys(guestbook!.variables)).toEqual(there.sort());
    expect(guestbook!.variables.GUESTBOOK_VERSION).toBe(tagOf(guestbook!.image));
  });

  it("find the database's URL in the same file", () => {
    const [, inside] = /inside = "([^"]+)"/.exec(program)!;
    expect(words).toContain('"DATABASE_URL_FILE": inside');
    expect(guestbook!.secrets).toEqual({ "database-url": inside });
    expect(guestbook!.variables.DATABASE_URL_FILE).toBe(inside);
  });

  it("migrate by the same command", () => {
    const [, migration] = /config\["image"\], ("node", "[\w.]+")\)/.exec(program)!;
    const command = JSON.parse(`[${migration}]`).join(" ");
    expect(guestbook!.body.command.at(-1)).toMatch(new RegExp(`^${command} && `));
  });

  it("answer on one port inside, under one path", () => {
    const [, inside] = /--publish", f"\{config\['port'\]\}:(\d+)"/.exec(program)!;
    expect(String(guestbook!.body.ports[0].internal)).toBe(inside);
    expect(guestbook!.variables.PORT).toBe(inside);
    const { path } = stack.one(LbTargetGroup).health_check;
    expect(program).toContain(`{port}${path}`);
    expect(read("guestbook/app/src/health-check.ts")).toContain(path);
    expect(guestbook!.body.healthcheck.test).toEqual(["CMD", "node", "health-check.mjs"]);
    const { port } = stack.one(LbTargetGroup);
    expect(parse(read("guestbook/puppet/data/role/guestbook.yaml"))["profile::guestbook::port"]).toBe(port);
  });

  it("count visits in one engine", () => {
    const { engine, engine_version } = stack.one(ElasticacheReplicationGroup);
    expect(redis!.image).toBe(engines[engine as "redis"].image(engine_version));
  });
});

describe("the guestbook on Mesos, which Marathon starts and registrator registers, and on this machine (S1-17)", () => {
  const marathon = JSON.parse(read("guestbook-mesos/deploy/guestbook.json"));
  const { guestbook, consul, front } = servicesOf(localOf("guestbook-mesos"));
  const { service, ...server } = JSON.parse(consul!.body.upload[0].content);
  const attributes = read("guestbook-mesos/chef/cookbooks/guestbook_frontend/attributes/default.rb");

  it("are one image of one version, with one amount of memory", () => {
    const { image } = JSON.parse(read("guestbook-mesos/deploy/environments.json"));
    const version = read("guestbook-mesos/app/version").trim();
    expect(guestbook!.image).toBe(`localhost/${image.split("/").at(-1)}:${version}`);
    expect(guestbook!.body.memory).toBe(marathon.mem);
  });

  it("are known to Consul by one name and port, and asked in one way", () => {
    const { SERVICE_NAME: name, ...env } = marathon.env;
    const [{ containerPort: port }] = marathon.container.portMappings;
    expect(service).toMatchObject({ name, port, address: "guestbook" });
    expect(service.check).toMatchObject({
      http: `http://guestbook:${port}${env.SERVICE_80_CHECK_HTTP}`,
      interval: env.SERVICE_80_CHECK_INTERVAL,
      timeout: env.SERVICE_80_CHECK_TIMEOUT,
    });
    expect(attributes).toContain(`['services']['${name}']`);
  });

  it("are healthy by one answer", () => {
    const [health] = marathon.healthChecks;
    const { test, interval, timeout, retries } = guestbook!.body.healthcheck;
    expect(new URL(test.at(-1)).pathname).toBe(health.path);
    expect([interval, timeout]).toEqual([`${health.intervalSeconds}s`, `${health.timeoutSeconds}s`]);
    expect(retries).toBe(health.maxConsecutiveFailures);
  });

  it("have one Consul, at one port of its API, and one port of the front end", () => {
    const image = readFileSync(join(__dirname, "../../packer/common/guestbook-mesos.pkr.hcl"), "utf8");
    const [, version] = /consul\/([\d.]+)\//.exec(image)!;
    expect(consul!.image).toBe(`docker.io/hashicorp/consul:${version}`);
    const cookbook = read("guestbook-mesos/chef/cookbooks/guestbook_consul/attributes/default.rb");
    expect(cookbook).toContain(`['http_port'] = ${server.ports.http}\n`);
    expect(server).toMatchObject({ server: true, bootstrap_expect: 1 });
    expect(read("guestbook-mesos/chef/cookbooks/guestbook_frontend/templates/server.conf.erb")).toContain(
      `listens.call(${front!.body.ports[0].internal})`,
    );
  });
});
