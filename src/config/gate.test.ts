import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literal } from "../core/literal";
import { checkStacks, rules, type Stack } from "../policy";
import { WordpressPlatformStack } from "../stacks/wordpress-platform";
import { WordpressServiceStack } from "../stacks/wordpress-service";
import { type Change, description, load, refusalOf } from "./bad-inputs/description";

const accessKey = "AKIAIOSFODNN7EXAMPLE";
const encoded = Buffer.from(`export X=${accessKey}\n`).toString("base64");
const aboutSecrets = rules.filter(({ id }) => ["ECS-11", "EC2-08", "SCR-01", "SSM-01"].includes(id));

const findings = (stacks: readonly Stack[]) =>
  checkStacks(stacks, { rules: aboutSecrets, suppressions: [] }).filter(({ rule }) => !rule.startsWith("ACK-"));

/** What the gate finds in the output of a description that was accepted. */
function foundByTheGate(change: Change) {
  const outdir = mkdtempSync(join(tmpdir(), "slipway-gate-"));
  try {
    const [environment] = load({ "dev.yaml": description(change) });
    const app = new App({ outdir, stackTraces: false });
    new WordpressPlatformStack(app, "platform", environment!, environment!.wordpress!);
    new WordpressServiceStack(app, "service", environment!, environment!.wordpress!);
    app.synth();
    const stacks = ["platform", "service"].map((name) => ({
      name,
      document: JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")) as object,
    }));
    return findings(stacks);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The places of a description whose text reaches the output, with a text in each. */
const places: [place: string, change: (text: string) => Change][] = [
  ["a setting", (text) => ({ service: `environment: { X: ${JSON.stringify(text)} }` })],
  ["the value of a tag", (text) => ({ top: `tags: { owner: ${JSON.stringify(text)} }` })],
  ["the key of a tag", (text) => ({ top: `tags: { ${JSON.stringify(text)}: x }` })],
  ["a tag of an image", (text) => ({ image: text })],
  ["the path of a route", (text) => ({ service: `route: { path: "/${text}" }` })],
  ["the path of a health check", (text) => ({ service: `health: { path: "/${text}" }` })],
  [
    "the key of a secret",
    (text) => ({
      service: `secrets: { X: { arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x-AbCdEf", key: ${text} } }`,
    }),
  ],
  ["the name of a machine image", (text) => ({ machines: `image: { name: ${text}, owner: self }` })],
  ["the path of a parameter", (text) => ({ machines: `image: { parameter: /x/${text} }` })],
  [
    "the prefix of the state",
    (text) => ({ top: `state: { backend: s3, bucket: abc, region: eu-west-1, prefix: ${text} }` }),
  ],
  [
    "the prefix of workspaces",
    (text) => ({ top: `state: { backend: cloud, organization: x, workspacePrefix: ${text} }` }),
  ],
  ["the organization", (text) => ({ top: `state: { backend: cloud, organization: ${text} }` })],
];

describe("a description with a credential is refused before the policy sees it:", () => {
  it.each(places)("%s", (_, change) => {
    expect(refusalOf(change(accessKey))).toContain(" SECRET_PLAIN\n");
    expect(refusalOf(change(accessKey))).not.toContain(accessKey);
  });

  it("the name of a variable", () => {
    const refusal = refusalOf({ service: `environment: { ${accessKey}: x }` });
    expect(refusal).toContain(" SECRET_PLAIN\n  at    wordpress.services.shop.environment");
    expect(refusal).toContain("  got   a key (not shown)\n");
  });

  it.each(places.slice(0, 2))("%s, behind Base64", (_, change) => {
    expect(refusalOf(change(encoded))).toContain(" SECRET_PLAIN\n");
    expect(refusalOf(change(encoded))).not.toContain(encoded);
  });

  it("a tag with a secret's name and a value written out", () => {
    expect(refusalOf({ top: "tags: { db-password: q7Lx02PzvB81mNwe }" })).toBe(
      `
dev.yaml:2:22 SECRET_PLAIN
  at    tags.db-password
  got   a value (not shown)
  want  no secret: whoever may look at a resource reads its tags
  fix   remove it, or name the tag after what it says`.trimStart(),
    );
  });
});

describe("a description that is accepted passes the policy's rules about secrets:", () => {
  it.each<[string, Change]>([
    ["a switch with a secret's name", { service: 'environment: { MYSQL_ALLOW_EMPTY_PASSWORD: "yes" }' }],
    ["where a secret is", { service: "environment: { DB_PASSWORD_FILE: /run/secrets/db, TOKEN_TTL: 1h }" }],
    ["an address with a placeholder", { service: 'environment: { DSN: "mysql://u:${PASSWORD}@db/x" }' }],
    ["lines that only together look like an address", { service: 'environment: { X: "http://a:b\\nc@d" }' }],
    ["settings that only together do", { service: 'environment: { A: "http://cache:80", B: "ops:x@example.com" }' }],
    ["a tag with a secret's name", { top: "tags: { token: required, api-key: none }" }],
    [
      "services and load balancers with such names",
      {
        balancers: "public: {}, token: {}, db-password: {}",
        services: "secret: { image: 1.0.0, loadBalancer: token, route: { path: /a } }",
      },
    ],
  ])("%s", (_, change) => expect(foundByTheGate(change)).toEqual([]));

  const name = fc.constantFrom(
    ...[
      "X",
      "DB_HOST",
      "DB_PASSWORD",
      "apiKey",
      "PRIVATEKEY",
      "AUTH_KEY",
      "NONCE_SALT",
      "CREDENTIAL",
      "MYSQL_PWD",
      "PWD",
    ],
    ...["TOKEN_TTL", "PASSWORD_HASH", "GITHUB_TOKEN", "SECRET_ARN", "BYPASS", "compass", "LICENCE_KEY", "accessKey"],
  );
  const piece = fc.constantFrom(
    ...[
      accessKey,
      "AKIA",
      "http://",
      "postgres://u:",
      "p",
      "@h",
      ":",
      "$",
      "${X}",
      "%{",
      "<",
      "'",
      '"',
      "\\",
      "\n",
      "\t",
    ],
    ...[
      "-----BEGIN ",
      "RSA ",
      "PRIVATE KEY",
      "-----",
      "eyJhbGciOiJIUzI1NiJ9",
      ".",
      "c2lnbmF0dXJl",
      "ghp_",
      "0123456789",
    ],
    ...[
      "glpat-",
      "xoxb-",
      "sk_live_",
      "AIza",
      "npm_",
      "abcdefghijABCDEFGHIJ012345",
      "yes",
      "",
      " ",
      "é",
      "{{",
      "}}",
      "*",
    ],
    encoded,
  );
  const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));
  const accepted = (change: Change) => {
    try {
      return load({ "dev.yaml": description(change) }).length > 0;
    } catch {
      return false;
    }
  };

  it("whatever a setting is called, and whatever it says", () => {
    fc.assert(
      fc.property(name, text, (name, text) => {
        const environment = [{ name, value: literal(text) }];
        const container_definitions = JSON.stringify([{ name: "shop", environment }]);
        const document = { resource: { aws_ecs_task_definition: { t: { container_definitions } } } };
        const refused = findings([{ name: "test", document }]).length > 0;
        const change = { service: `environment: { ${name}: ${JSON.stringify(text)} }` };
        expect(refused && accepted(change)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it("whatever a tag is called, and whatever it says", () => {
    fc.assert(
      fc.property(name, text, (name, text) => {
        const tags = { [name]: literal(text) };
        const document = { provider: { aws: [{ default_tags: [{ tags }] }] } };
        const refused = findings([{ name: "test", document }]).length > 0;
        expect(refused && accepted({ top: `tags: { ${name}: ${JSON.stringify(text)} }` })).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});
