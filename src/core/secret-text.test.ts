import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSwitch, looksRandom, looksWrittenOut, namesSecret, secretIn, secretWithin } from "./secret-text";

const accessKey = "AKIAIOSFODNN7EXAMPLE";

describe("a credential is known by its form", () => {
  const forms: [kind: string, text: string][] = [
    ["an AWS access key id", accessKey],
    ["an AWS access key id", "key=ASIAIOSFODNN7EXAMPLE;"],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE"],
    ["a private key", "-----BEGIN PRIVATE KEY-----\nMIIE"],
    ["a private key", "-----BEGIN PGP PRIVATE KEY BLOCK-----"],
    ["a JSON web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"],
    ["a JSON web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0."],
    ["a JSON web token", "eyJhbGciOiJkaXIiLCJlbmMi.c29tZXRoaW5nZWxzZQ.aXY.Y2lwaGVy.dGFn"],
    ["a URL with a password", "postgres://shop:hunter2@db.internal/shop"],
    ["a URL with a password", "redis://:hunter2@cache.internal:6379"],
    ["a URL with a password", "DSN=mysql://u:p:q@h/db?x=1"],
    ["a URL with a password", "HTTPS://Me:hunter2@example.com"],
    ["a URL with a password", "postgres://u:$ecret@h"],
    ["a URL with a password", "postgres://u:${PART}hunter2@h"],
    ["a GitHub token", "ghp_0123456789abcdefghijABCDEFGHIJ012345"],
    ["a GitHub token", "github_pat_11ABCDEFG0abcdefghijkl"],
    ["a GitLab token", "glpat-0123456789abcdefghij"],
    ["a Slack token", "xoxb-0123456789-abcdef"],
    ["a Slack token", "xoxe-0123456789-abcdef"],
    ["a Stripe key", "sk_live_0123456789abcdef"],
    ["a Stripe key", "rk_live_0123456789abcdef"],
    ["a Google API key", `AIza${"0123456789".repeat(3)}abcde`],
    ["an npm token", `npm_${"0123456789".repeat(3)}abcdef`],
  ];

  it.each(forms)("%s: %s", (kind, text) => expect(secretIn(text)).toBe(kind));

  it.each(forms)("%s, between other text: %s", (kind, text) => {
    expect(secretIn(`first line\n${text} and the rest`)).toBe(kind);
    expect(secretIn(JSON.stringify([{ name: "X", value: text }]))).toBe(kind);
  });

  it.each([
    "",
    "AKIA",
    "XAKIAIOSFODNN7EXAMPLE",
    "-----BEGIN PUBLIC KEY-----",
    "https://www.example.com/path?x=1",
    "https://www.example.com:8443/@team",
    "https://example.com:8443/path?x=y@z",
    "https://shop@example.com",
    "https://shop:@example.com",
    "postgres://shop:${DB_PASSWORD}@db.internal",
    "postgres://shop:$${DB_PASSWORD}@db.internal",
    "postgres://shop:$DB_PASSWORD@db.internal",
    "postgres://shop:{{ password }}@db.internal",
    "postgres://shop:<password>@db.internal",
    "postgres://shop:****@db.internal",
    '{"url":"http://cache","mail":"ops@example.com"}',
    '[{"value":"http://cache:80"},{"value":"ops:x@example.com"}]',
    "task_live_0123456789abcdef",
    "npm_config_cache",
    "eyJhbGciOiJIUzI1NiJ9",
  ])("and none is in %j", (text) => expect(secretIn(text)).toBeUndefined());

  it("within time that grows with the text, not with its square", { timeout: 20_000 }, () => {
    const texts = ["://a", "eyJ-", "eyJ-eyJaaaaaaaa.-", "-----BEGIN ", "a.b-c+d", "://:", "ghp_"].map((part) =>
      part.repeat(20_000),
    );
    for (const text of texts) expect(() => secretIn(`://${text}`)).not.toThrow();
  });
});

describe("a credential is found behind Base64", () => {
  const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");

  it.each([
    ["once", base64(`export X=${accessKey}`)],
    ["zipped", gzipSync(`X=${accessKey}`).toString("base64")],
    ["in a file of cloud-init", base64(`#cloud-config\n- content: ${base64(`a file with ${accessKey}`)}\n`)],
  ])("%s", (_, text) => {
    expect(secretIn(text)).toBeUndefined();
    expect(secretWithin(text)).toBe("an AWS access key id, in Base64");
  });

  it.each([
    base64("#!/bin/sh\necho hello, world\n"),
    "a".repeat(64),
    accessKey.slice(4).repeat(4),
  ])("and not in %s", (text) => expect(secretWithin(text)).toBeUndefined());

  it("as itself where it is not encoded", () => expect(secretWithin(accessKey)).toBe("an AWS access key id"));
});

describe("a name promises a secret:", () => {
  it.each([
    "WORDPRESS_DB_PASSWORD",
    "MYSQL_PWD",
    "dbPassword",
    "db-password",
    "db.password",
    "password_wo",
    "API_KEY",
    "apiKey",
    "apikey",
    "api_key_wo",
    "x-api-key",
    "privateKey",
    "STRIPE_SECRET",
    "GITHUB_TOKEN",
    "WORDPRESS_AUTH_KEY",
    "WORDPRESS_LOGGED_IN_KEY",
    "loggedInKey",
    "WORDPRESS_NONCE_SALT",
    "AWS_SECRET_ACCESS_KEY",
    "SMTP_CREDENTIALS",
    "PASSWORD_HASHED",
    "DB_PASS",
    "/slipway/dev/db-password",
    "/slipway/dev/api_token",
  ])("%s", (name) => expect(namesSecret(name)).toBe(true));

  it.each([
    "WORDPRESS_DB_HOST",
    "DB_PASSWORD_FILE",
    "PASSWORD_POLICY",
    "TOKEN_TTL",
    "AWS_SECRET_ARN",
    "secretArn",
    "database-secret-arn",
    "token-load-balancer",
    "password_wo_version",
    "KEYBOARD",
    "MONKEY",
    "PWD",
    "OLDPWD",
    "TOKENIZER",
    "PRIMARY_KEY",
    "http_tokens",
    "kms_key_id",
    "/slipway/dev/token/host",
    "/slipway/dev/wordpress/database-secret-arn",
    "",
  ])("not %j", (name) => expect(namesSecret(name)).toBe(false));

  it("each time the same answer, also after very many names", () => {
    for (let index = 0; index < 11_000; index++) namesSecret(`name_${index}`);
    expect(namesSecret("THE_LAST_PASSWORD")).toBe(true);
    expect(namesSecret("THE_LAST_PASSWORD")).toBe(true);
    expect(namesSecret("THE_LAST_NAME")).toBe(false);
  });
});

describe("a value is a switch, whatever its name:", () => {
  it.each(["", "yes", "no", "true", "False", "on", "OFF", "0", "1"])("%j", (text) => expect(isSwitch(text)).toBe(true));

  it.each(["2", "maybe", "yes!", " ", "hunter2"])("not %j", (text) => expect(isSwitch(text)).toBe(false));
});

describe("text looks drawn at random:", () => {
  it.each(["wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY9z", "kJ8vQ2mZx7LpW4nRt9YbC3dF6gHs1A"])("%s", (text) =>
    expect(looksRandom(text)).toBe(true));

  it.each([
    "db.internal",
    "https://www.example.com/path?x=1",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf",
    "0f5c4f2e-6f0b-4a59-9d5c-2f5d0e4b8a11",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "a-long-name-of-a-thing-with-Many-Words-in-it-2",
    "A sentence of more than thirty characters, with 2 Capitals.",
  ])("not %j", (text) => expect(looksRandom(text)).toBe(false));
});

describe("the value under a secret's name is written out:", () => {
  it.each(["q7Lx02PzvB81mNwe", "correcthorsebattery"])("%s", (text) => expect(looksWrittenOut(text)).toBe(true));

  it.each([
    "required",
    "short7",
    "20260101",
    "/run/secrets/db",
    "https://example.com/abcdef",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web-1a2b3c",
    "${aws_secretsmanager_secret.s.arn}",
    "two words of a sentence",
    "aaaaaaaaaaaa",
  ])("not %j", (text) => expect(looksWrittenOut(text)).toBe(false));

  it("whenever it looks random and refers to nothing", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{24,60}$/), (text) => {
        if (looksRandom(text)) expect(looksWrittenOut(text)).toBe(true);
      }),
    );
  });
});
