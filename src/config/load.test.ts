import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidEnvironments, loadEnvironment, loadEnvironments } from ".";
import { description, inFolder, load, mistakesOf, refusalOf } from "./bad-inputs/description";

const environments = join(__dirname, "../../environments");
const codesOf = (files: Parameters<typeof mistakesOf>[0]) =>
  mistakesOf(files).mistakes.map(({ file, code }) => `${file.split("/").at(-1)} ${code}`);
const shopOf = (service: string) => load({ "dev.yaml": description({ service }) })[0]!.wordpress!.services.shop!;

describe("the descriptions of this project", () => {
  it("load without a mistake, in the order of their names", () => {
    expect(loadEnvironments(environments).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["dev", "production"]),
    );
  });

  it("give dev the values of the original system (S2-R02, S2-R04, S2-R08, S2-R12)", () => {
    const { region, onRemoval, wordpress } = loadEnvironment(join(environments, "dev.yaml"));
    expect({ region, onRemoval }).toEqual({ region: "eu-west-1", onRemoval: "destroy" });
    expect(wordpress).toMatchObject({
      network: { cidr: "10.180.0.0/16", zones: ["eu-west-1a", "eu-west-1b"], nat: "per-zone" },
      machines: { type: "t3.small", min: 0, desired: 1, max: 30 },
      database: { engine: "mysql", name: "wordpress", user: "wordpress" },
      services: { wordpress: { cpu: 10, memoryMib: 512, route: { path: "/*", priority: 100 } } },
    });
  });
});

describe("a description", () => {
  it("gets the default of all that it leaves out", () => {
    const [environment] = load({ "dev.yaml": description() });
    expect(environment).toMatchObject({ name: "dev", onRemoval: "keep", state: { backend: "local" }, tags: {} });
    const { network, loadBalancers, cluster, machines, database, registry, services } = environment!.wordpress!;
    expect(network).toEqual({
      cidr: "10.180.0.0/16",
      zones: ["eu-west-1a", "eu-west-1b"],
      nat: "per-zone",
      dataTier: false,
      endpoints: [],
      flowLogDays: 30,
    });
    expect({ loadBalancers, cluster }).toEqual({ loadBalancers: { public: {} }, cluster: { insights: "on" } });
    expect(machines).toEqual({
      type: "t3.small",
      min: 0,
      desired: 1,
      max: 30,
      volumeGib: 30,
      image: { parameter: "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id" },
    });
    expect(database).toEqual({
      engine: "mysql",
      version: "8.4",
      class: "db.t4g.micro",
      storageGib: 20,
      name: "wordpress",
      user: "wordpress",
      multiAz: false,
      backupDays: 7,
    });
    expect(registry).toEqual({ repository: "wordpress-dev/wordpress", keepImages: 30 });
    expect(services.shop).toEqual({
      image: "1.0.0",
      cpu: 10,
      memoryMib: 512,
      port: 80,
      count: 1,
      loadBalancer: "public",
      route: { path: "/*" },
      health: {
        path: "/",
        matcher: "200-302",
        intervalSeconds: 30,
        timeoutSeconds: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
        graceSeconds: 120,
      },
      drainSeconds: 30,
      exec: false,
      environment: {},
      secrets: {},
      database: true,
      redeployOnRotation: true,
      logDays: 30,
    });
  });

  it("starts with as many tasks and machines as its lower bounds ask for", () => {
    expect(shopOf("scaling: { min: 3, max: 6, memoryPercent: 60 }").count).toBe(3);
    const [environment] = load({ "dev.yaml": description({ machines: "min: 2" }) });
    expect(environment!.wordpress!.machines.desired).toBe(2);
  });

  it("says where secrets are in one form, however they were written", () => {
    const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:api-AbCdEf";
    expect(shopOf(`secrets: { A: "${arn}", B: { arn: "${arn}", key: token } }`).secrets).toEqual({
      A: { arn },
      B: { arn, key: "token" },
    });
  });

  it.each([
    "${file('/etc/passwd')}",
    "${aws_db_instance.db.password}",
    "%{ if true }x%{ endif }",
    "$(id) `id` ' #",
  ])("keeps %s as it is written (bad inputs 101, 102, 107)", (text) => {
    expect(shopOf(`environment: { A: ${JSON.stringify(text)} }`).environment.A).toBe(text);
  });

  it("has its text in one Unicode form (bad input 112)", () => {
    expect(shopOf('environment: { CITY: "Zu\u0308rich" }').environment.CITY).toBe("Z\u00fcrich");
  });

  it("cannot be changed once it is loaded, defaults included", () => {
    const [environment] = load({ "dev.yaml": description() });
    const { network, services } = environment!.wordpress!;
    for (const part of [environment, network.zones, services.shop!.health, network.endpoints]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it("may repeat a value by an alias, and end its lines as Windows does", () => {
    const text = description({ zones: "&zones [eu-west-1a, eu-west-1b]", top: "tags: { a: &a x, b: *a }" });
    expect(load({ "dev.yaml": text.replaceAll("\n", "\r\n") })[0]!.tags).toEqual({ a: "x", b: "x" });
  });

  it("leaves all other objects as they are (bad input 110)", () => {
    refusalOf({ top: "tags: { __proto__: { polluted: true }, constructor: { prototype: { polluted: true } } }" });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("all mistakes", () => {
  it("of all files are reported at once, those of form and those between fields, in the order of the lines", () => {
    const first = description({ network: "cidr: 10.0.0.1/16", machines: "min: 4, max: 3", service: "port: 0" });
    const second = "region: eu-west-9\nwordpres: {}\n";
    expect(codesOf({ "a.yaml": first, "b.yaml": second })).toEqual([
      "a.yaml NET_CIDR_HOSTBITS",
      "a.yaml SCALE_BOUNDS",
      "a.yaml PORT_RANGE",
      "b.yaml REGION_UNKNOWN",
      "b.yaml KEY_UNKNOWN",
    ]);
    expect(mistakesOf({ "a.yaml": first, "b.yaml": second }).report.split("\n\n").at(-1)).toBe("5 mistakes in 2 files");
  });

  it("say their file relative to the current directory, and nothing of this program", () => {
    const { mistakes, report } = mistakesOf({ "dev.yaml": "region: x\n" });
    expect(mistakes[0]).toMatchObject({ line: 1, column: 9, path: "region", code: "REGION_UNKNOWN", got: '"x"' });
    expect(report).not.toMatch(/node_modules|\.[jt]s:\d|\n {4}at /);
    const error = new InvalidEnvironments(mistakes);
    expect(error.stack).not.toMatch(/\n {4}at /);
    expect(error.message).toBe(error.report());
  });

  it("never repeat a secret, wherever it was written (bad input 68)", () => {
    const secret = fc.stringMatching(/^[a-z]{6}Q[0-9]{6}$/);
    fc.assert(
      fc.property(secret, fc.constantFrom("DB_PASSWORD", "API_TOKEN", "authKey", "WP_SALT"), (value, name) => {
        for (const text of [
          description({ service: `environment: { ${name}: ${value} }` }),
          description({ service: `environment: { ${name}: "${value}\\0" }` }),
          description({ service: `environment: { ${name}: *${value} }` }),
          description({ service: `environment: { ${name}: !${value} x }` }),
          description({ service: `environment: { ${name}: [${value}] }` }),
          description({ service: `secrets: { ${name}: ${value} }` }),
          description({ service: `secrets: { ${name}: { arn: ${value} } }` }),
          description({ database: `${name}: ${value}` }),
          description({ database: `password: "${value}` }),
          description({ top: `${name}: { a: ${value} }` }),
        ]) {
          expect(mistakesOf({ "dev.yaml": text }).report).not.toContain(value);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("are all that ever comes of any text", () => {
    const shape = fc.stringMatching(/^[a-z:{}[\]&*!|>'"%@`#,?\- \n\t]{0,80}$/);
    const piece = fc.constantFrom(
      "region: ",
      "wordpress:\n",
      "  services:\n",
      "- ",
      "? ",
      "&a ",
      "*a",
      "<<: ",
      "\0",
      "{",
      "[",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(shape, piece, fc.string({ unit: "binary" }))), (parts) => {
        expect(mistakesOf({ "dev.yaml": parts.join("") }).mistakes.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a production environment", () => {
  const destroy = description({ top: "onRemoval: destroy" });

  it.each(["production", "prod-eu", "shop-live"])("named %s keeps its data (bad input 90)", (name) => {
    expect(refusalOf(destroy, `${name}.yaml`)).toBe(
      [
        `${name}.yaml:2:12 REMOVAL_PRODUCTION`,
        "  at    onRemoval",
        '  got   "destroy"',
        `  want  keep in an environment named ${name}, or a removalReason`,
        "  fix   write keep; to take the environment down, add removalReason",
      ].join("\n"),
    );
  });

  it("may be destroyed by who says why", () => {
    const reasoned = description({ top: "onRemoval: destroy\nremovalReason: Moved to the account of the new owner." });
    expect(load({ "production.yaml": reasoned })[0]!.onRemoval).toBe("destroy");
    expect(load({ "products.yaml": destroy })[0]!.onRemoval).toBe("destroy");
  });
});

describe("several environments", () => {
  const withService = (name: string, top?: string) =>
    description({ top, services: `${name}: { image: 1.0.0, route: { path: /b } }` });

  it("must not make one name in one account (bad input 41)", () => {
    const { report } = mistakesOf({ "dev.yaml": withService("a-b"), "dev-a.yaml": withService("b") });
    expect(report).toContain(
      [
        "dev.yaml:11:5 NAME_COLLISION",
        "  at    wordpress.services.a-b",
        '  got   "a-b"',
        "  want  a name that no other environment makes in any account: wordpress-dev-a-b is one of dev-a.yaml",
        "  fix   rename one of the two",
      ].join("\n"),
    );
    const [one, other] = ['account: "111122223333"', 'account: "444455556666"'];
    expect(load({ "dev.yaml": withService("a-b", one), "dev-a.yaml": withService("b", other) })).toHaveLength(2);
  });

  it("may share a bucket and a prefix, as the stack's name ends the key", () => {
    const text = description({ top: "state: { backend: s3, bucket: slipway-state, region: eu-west-1 }" });
    expect(load({ "dev.yaml": text, "test.yaml": text })).toHaveLength(2);
  });

  it("must not share the place of a state (bad input 118)", () => {
    const cloud = (prefix: string) =>
      description({ top: `state: { backend: cloud, organization: acme, workspacePrefix: ${prefix} }` });
    const files = { "wordpress-platform-x.yaml": cloud("a-"), "x.yaml": cloud("a-wordpress-platform-") };
    expect(mistakesOf(files).report).toContain(
      [
        "x.yaml:2:8 STATE_KEY_DUP",
        "  at    state",
        "  got   a map with backend, organization, workspacePrefix",
        "  want  a place for the state of its own: app.terraform.io/acme/a-wordpress-platform-wordpress-platform-x is the place of wordpress-platform-x.yaml",
        "  fix   choose another prefix",
      ].join("\n"),
    );
  });
});

describe("a file", () => {
  const named = (name: string, content: string | Buffer = description()) =>
    mistakesOf({ [name]: content }).report.split("\n\n")[0];

  it.each([
    ["Dev", "NAME_CHARSET", "dev"],
    ["1dev", "NAME_START", "dev"],
    ["-dev", "NAME_START", "dev"],
    ["dev_1", "NAME_CHARSET", "dev-1"],
    ["dev--1", "NAME_DASH", "dev-1"],
    ["dev-", "NAME_DASH", "dev"],
    ["..", "NAME_CHARSET", undefined],
    ["d\u00e9v", "NAME_CHARSET", "de-v"],
  ])("named %s.yaml is refused (bad inputs 40, 42, 43)", (name, code, better) => {
    if (name === "..") return expect(refusalOf({}, "x..yaml")).toContain("x..yaml NAME_CHARSET");
    expect(named(`${name}.yaml`)).toBe(
      [
        `${name}.yaml ${code}`,
        `  got   "${name}.yaml"`,
        "  want  1 to 20 lower-case letters, digits and single dashes, the first a letter",
        `  fix   write ${better}.yaml`,
      ].join("\n"),
    );
  });

  it("with a name over 20 characters is refused (bad input 45)", () => {
    expect(named(`${"a".repeat(21)}.yaml`)).toContain("NAME_TOO_LONG");
  });

  const empty = ["  got   no value", "  want  a description", "  fix   begin with region, as in environments/dev.yaml"];
  const plainUtf8 = ["  want  UTF-8 without a byte order mark", "  fix   save the file as plain UTF-8"];

  it.each([
    ["of 0 bytes", "", ["dev.yaml FILE_EMPTY", ...empty]],
    ["of comments", "# nothing\n", ["dev.yaml FILE_EMPTY", ...empty]],
    [
      "with a byte order mark",
      `\ufeff${description()}`,
      ["dev.yaml FILE_BOM", "  got   UTF-8 with a byte order mark", ...plainUtf8],
    ],
    [
      "in UTF-16",
      Buffer.from("\ufeffregion: eu-west-1", "utf16le"),
      ["dev.yaml FILE_BOM", "  got   UTF-16", ...plainUtf8],
    ],
    [
      "in Latin-1",
      Buffer.from("tags: { city: Z\u00fcrich }", "latin1"),
      [
        "dev.yaml FILE_ENCODING",
        "  got   bytes that are no UTF-8",
        "  want  UTF-8 text",
        "  fix   save the file as plain UTF-8",
      ],
    ],
    [
      "over 4 MiB",
      `# ${"x".repeat(4 * 1024 * 1024)}`,
      [
        "dev.yaml FILE_TOO_LARGE",
        "  got   4194306 bytes",
        "  want  at most 4194304 bytes",
        "  fix   a description is text: look at what is in it",
      ],
    ],
    [
      "that is one word",
      "hello",
      [
        "dev.yaml:1:1 VALUE_FORM",
        '  got   "hello"',
        "  want  a map with keys such as region",
        "  fix   write its keys on lines of their own, further in",
      ],
    ],
  ])("%s is refused (bad input 120)", (_, content, message) => {
    expect(named("dev.yaml", content)).toBe(message.join("\n"));
  });

  it("that is a folder, a pipe, a loop or another kind of YAML is refused without waiting (bad input 120)", () => {
    const kinds = inFolder({ "other.yml": description() }, (folder) => {
      mkdirSync(join(folder, "folder.yaml"));
      symlinkSync("loop.yaml", join(folder, "loop.yaml"));
      execFileSync("mkfifo", [join(folder, "pipe.yaml")]);
      try {
        return loadEnvironments(folder);
      } catch (error) {
        return (error as InvalidEnvironments).mistakes.map(({ code, got }) => `${code} ${got}`);
      }
    });
    expect(kinds).toEqual([
      "FILE_DIRECTORY a folder",
      "FILE_UNREADABLE ELOOP",
      'FILE_EXTENSION "other.yml"',
      "FILE_KIND a device or a pipe",
    ]);
  });

  it("that is not there is refused, and so is a folder without descriptions (bad input 120)", () => {
    expect(() => loadEnvironment("environments/nowhere.yaml")).toThrow(
      [
        "environments/nowhere.yaml FILE_MISSING",
        "  got   nothing",
        "  want  a file",
        "  fix   compare the name with the files in environments/",
      ].join("\n"),
    );
    expect(() => loadEnvironments("nowhere")).toThrow(
      "nowhere FILE_MISSING\n  got   nothing\n  want  a folder of descriptions",
    );
    expect(mistakesOf({ "readme.txt": "" }).report).toContain("folder FILE_NONE\n  got   no file *.yaml");
  });
});

// The time limit is for what would never end: each of these takes milliseconds.
describe("a description that is too much (bad input 122)", { timeout: 20_000 }, () => {
  const quickly = (text: string) => codesOf({ "dev.yaml": text });

  it("because of its depth is refused", () => {
    expect(quickly(`tags: ${"[".repeat(10_000)}`)).toEqual(["dev.yaml LIMIT_DEPTH"]);
    expect(quickly(`tags: ${"{a: ".repeat(10_000)}`)).toEqual(["dev.yaml LIMIT_DEPTH"]);
    expect(quickly("- ".repeat(10_000))).toEqual(["dev.yaml LIMIT_DEPTH"]);
  });

  it("because its aliases multiply is refused (bad input 113)", () => {
    const lines = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}]`);
    expect(quickly(`a0: &a0 x\n${lines.join("\n")}\n`)).toContain("dev.yaml LIMIT_ALIASES");
    expect(quickly("region: &a [*a]\n")).toContain("dev.yaml LIMIT_ALIASES");
  });

  it("because of 10 000 services is refused", () => {
    const services = Array.from({ length: 10_000 }, (_, n) => `    s${n}: { image: 1.0.0 }`);
    expect(quickly(`${description()}${services.join("\n")}\n`)).toEqual(["dev.yaml LIMIT_ENTRIES"]);
  });

  it("because of a text of a megabyte is refused", () => {
    expect(quickly(description({ top: `tags: { a: ${"x".repeat(1_000_000)} }` }))).toEqual(["dev.yaml LIMIT_TEXT"]);
  });
});

describe("a description of many services", () => {
  const many = (count: number, line: string) => {
    const balancers = Array.from({ length: count / 100 }, (_, n) => `b${n}: {}`).join(", ");
    const services = Array.from(
      { length: count },
      (_, n) =>
        `    s${n}: { image: 1.0.0, loadBalancer: b${n % (count / 100)}, route: { path: /s${n}, priority: ${n + 1} }, ${line} }`,
    );
    const base = description({ machines: "type: m7i.16xlarge, max: 100", balancers: `public: {}, ${balancers}` });
    return { "dev.yaml": `${base}${services.join("\n")}\n` };
  };
  const timed = (run: () => unknown) => {
    const start = performance.now();
    run();
    return performance.now() - start;
  };

  it("is read in a time in proportion to their number", () => {
    load(many(1_000, "port: 8080"));
    const [short, long] = [400, 1_600].map((count) => {
      const runs = Array.from({ length: 3 }, () => timed(() => load(many(count, "port: 8080"))));
      return Math.min(...runs);
    });
    expect(long! / short!).toBeLessThan(4 * 2.5);
  });

  it("names all mistakes of 200 of them in about the time that 200 good ones take", () => {
    const good = Math.min(...Array.from({ length: 3 }, () => timed(() => load(many(200, "port: 8080")))));
    const bad = timed(() => expect(codesOf(many(200, "port: 0, cpu: -1, imgae: x"))).toHaveLength(600));
    expect(bad / good).toBeLessThan(15);
  });
});
