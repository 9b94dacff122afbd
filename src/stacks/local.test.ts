import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Container } from "@cdktf/provider-docker/lib/container";
import { Image } from "@cdktf/provider-docker/lib/image";
import { Network } from "@cdktf/provider-docker/lib/network";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { describe, expect, it } from "vitest";
import catalogue from "../../packer/images.json";
import { isSwitch, namesSecret } from "../core/secret-text";
import { checkStacks } from "../policy";
import { local, localOf, localSystems, servicesOf } from "../testing/local";

const root = join(__dirname, "../..");

describe.each(localSystems)("%s on the Docker engine of this machine", (system) => {
  const stack = localOf(system);
  const services = servicesOf(stack);

  it("has addresses that stay", () => expect(stack.addresses()).toMatchSnapshot());

  it("asks the engine that DOCKER_HOST names, and keeps its state beside the project", () => {
    expect(stack.document.provider).toEqual({ docker: [{}] });
    expect(stack.document.terraform).toMatchObject({
      required_version: ">= 1.11.0",
      required_providers: { docker: { source: "kreuzwerker/docker", version: "3.6.2" } },
      backend: { local: { path: `../../../terraform.${system}-local.tfstate` } },
    });
  });

  it("lets this machine in at one port, and nobody else anywhere", () => {
    const ports = Object.values(services).flatMap(({ body }) => body.ports ?? []);
    expect(ports).toEqual([expect.objectContaining({ ip: "127.0.0.1" })]);
    expect(stack.document.output.url.value).toBe(`http://127.0.0.1:${ports[0].external}/`);
  });

  it("names its containers, and says which they are", () => {
    const names = Object.fromEntries(Object.entries(services).map(([service, { body }]) => [service, body.name]));
    expect(stack.document.output.containers.value).toEqual(names);
    for (const [service, name] of Object.entries(names)) expect(name).toBe(`${system}-local-${service}`);
  });

  it("keeps every secret in a file, whose path alone is written down", () => {
    const recipes = stack.document.variable?.secrets_folder["//"].secrets ?? {};
    const mounted = Object.values(services).flatMap(({ secrets }) => Object.keys(secrets));
    // The guestbook on Mesos alone has no database and no secret.
    expect(mounted.length > 0).toBe(system !== "guestbook-mesos");
    for (const file of mounted) expect(recipes).toHaveProperty(file);
    const plain = Object.values(services).flatMap(({ variables }) => Object.entries(variables));
    expect(plain.filter(([name, value]) => namesSecret(name) && !isSwitch(value))).toEqual([]);
  });

  it("starts the entrance last, when everything that it needs is healthy", () => {
    const bodies = Object.values(services).map(({ body }) => body);
    const entrance = bodies.find(({ ports }) => ports)!;
    expect(entrance.depends_on).not.toEqual([]);
    for (const body of bodies) expect(body).toMatchObject({ wait: true, healthcheck: { test: expect.any(Array) } });
  });

  it("labels what it makes with its system, its environment and what becomes of its data", () => {
    const labels = [
      { label: "slipway.environment", value: "local" },
      { label: "slipway.on-removal", value: "destroy" },
      { label: "slipway.stack", value: `${system}-local` },
      { label: "slipway.system", value: system },
    ];
    for (const kind of [Network, Volume, Container]) {
      for (const one of stack.all(kind)) expect(one.labels).toEqual(expect.arrayContaining(labels));
    }
  });

  it("keeps its volumes where the description says so", () => {
    const kept = localOf(system, { ...local, onRemoval: "keep" }).all(Volume);
    expect(kept.map(({ lifecycle }) => lifecycle?.prevent_destroy)).toEqual(kept.map(() => true));
    for (const volume of stack.all(Volume)) expect(volume).not.toHaveProperty("lifecycle");
  });

  it("passes the policy", () => {
    expect(checkStacks([{ name: `${system}-local`, document: stack.document }])).toEqual([]);
  });

  it("builds what is ours, from folders of this project, and pulls what is not", () => {
    for (const image of stack.all(Image)) {
      const build = image["//"].build;
      expect([image.name, build !== undefined]).toEqual([image.name, image.name.startsWith("localhost/")]);
      if (build) expect(readFileSync(join(root, fileOf(build)), "utf8")).not.toBe("");
    }
  });
});

const fileOf = ({ by, context, template }: Record<string, string>) =>
  by === "docker" ? `${context}/Dockerfile` : `${template}/machine.pkr.hcl`;

describe("WordPress from our own image, on this machine", () => {
  it("is built by the template that builds it for AWS, and tagged instead of pushed (S2-19)", () => {
    const images = localOf("wordpress").all(Image);
    const own = images.find(({ name }) => name === `localhost/wordpress:${catalogue.wordpress.version}`)!;
    expect(own["//"].build).toEqual({
      ...{ by: "packer", template: "packer/wordpress", only: "*.docker.*", except: "push" },
      variables: { registry: "localhost/wordpress", ecr_login: "false" },
    });
    const template = readFileSync(join(root, "packer/wordpress/wordpress.pkr.hcl"), "utf8");
    for (const word of ['name = "push"', 'variable "registry"', 'variable "ecr_login"']) {
      expect(template.replace(/ +/g, " ")).toContain(word);
    }
  });

  it("takes another version from whoever has it: only that of the catalogue can be built", () => {
    const other = { ...local, wordpress: { ...local.wordpress!, image: "6.7.0-1" } };
    const own = localOf("wordpress", other)
      .all(Image)
      .find(({ name }) => name === "localhost/wordpress:6.7.0-1")!;
    expect(own["//"]).not.toHaveProperty("build");
  });

  it("keeps uploads and the database in volumes", () => {
    const names = localOf("wordpress")
      .all(Volume)
      .map(({ name }) => name);
    expect(names).toEqual(["wordpress-local-database", "wordpress-local-uploads"]);
  });
});

describe("the guestbook on this machine (S0-02, S1-17)", () => {
  const { guestbook } = servicesOf(localOf("guestbook"));

  it("migrates its database before it answers (S0-06)", () => {
    expect(guestbook!.body.command).toEqual(["sh", "-c", "node migrate.mjs && exec node server.mjs"]);
  });

  it("makes the URL of its database from the password, which nobody reads but the two", () => {
    const { document } = localOf("guestbook");
    expect(document.variable.secrets_folder["//"].secrets).toEqual({
      "database-password": { letters: 48 },
      "database-url": { text: "postgres://guestbook:{{database-password}}@database:5432/guestbook" },
    });
  });

  it.each([
    ["redis", "7.1", "docker.io/library/redis:7.0", "redis-cli"],
    ["valkey", "8.0", "docker.io/valkey/valkey:8.0", "valkey-cli"],
  ] as const)("counts visits in %s %s, which writes down every change", (engine, version, image, client) => {
    const changed = { ...local, guestbook: { ...local.guestbook!, cache: { engine, version } } };
    const { redis } = servicesOf(localOf("guestbook", changed));
    expect(redis).toMatchObject({ image, body: { command: [`${engine}-server`, "--appendonly", "yes"] } });
    expect(redis!.body.healthcheck.test).toEqual(["CMD", client, "ping"]);
  });
});

describe("the dashboard on this machine", () => {
  const services = servicesOf(localOf("dashboard"));

  it("loads database.sql at the first start, with the password of the services' account (S4-34)", () => {
    const { upload } = services.database!.body;
    const read = (path: string) => readFileSync(join(root, "systems/dashboard", path), "utf8");
    expect(upload).toEqual([
      expect.objectContaining({
        file: "/docker-entrypoint-initdb.d/dashboard.sh",
        content: read("local/init-database.sh"),
      }),
      expect.objectContaining({
        file: "/usr/local/share/dashboard/database.sql",
        content: read("database/database.sql").replace(/([$%])\{/g, "$1$1{"),
      }),
    ]);
    expect(services.database!.secrets).toMatchObject({ aws_db: "/run/secrets/aws_db" });
    expect(read("local/init-database.sh")).toContain("/usr/local/share/dashboard/database.sql");
    expect(read("local/init-database.sh")).toContain("cat /run/secrets/aws_db");
  });
});
