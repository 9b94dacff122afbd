import { describe, expect, it } from "vitest";
import { looksSecret } from "./secret-shape";

describe("an environment variable looks like a secret", () => {
  it.each([
    "WORDPRESS_DB_PASSWORD",
    "MYSQL_PWD",
    "dbPassword",
    "API_KEY",
    "STRIPE_SECRET",
    "GITHUB_TOKEN",
    "WORDPRESS_AUTH_KEY",
    "WORDPRESS_LOGGED_IN_KEY",
    "WORDPRESS_NONCE_SALT",
    "AWS_SECRET_ACCESS_KEY",
    "SMTP_CREDENTIALS",
  ])("by the name %s", (name) => expect(looksSecret(name, "hunter2")).toBe("name"));

  it.each([
    "WORDPRESS_DB_HOST",
    "DB_PASSWORD_FILE",
    "PASSWORD_POLICY",
    "TOKEN_TTL",
    "AWS_SECRET_ARN",
    "KEYBOARD",
    "MONKEY",
    "PWD",
    "OLDPWD",
    "TOKENIZER",
    "PRIMARY_KEY",
  ])("not by the name %s", (name) => expect(looksSecret(name, "hunter2")).toBeUndefined());

  it.each(["", "yes", "true", "0"])("not by its name alone, when the value is %j: a choice, no secret", (value) => {
    expect(looksSecret("MYSQL_ALLOW_EMPTY_PASSWORD", value)).toBeUndefined();
  });

  it.each([
    ["an access key", "AKIAIOSFODNN7EXAMPLE"],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE"],
    ["a web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc"],
    ["an address with a password", "postgres://shop:hunter2@db.internal/shop"],
    ["an address with a password and no user", "redis://:hunter2@cache.internal:6379"],
    ["a GitHub token", "ghp_0123456789abcdefghijABCDEFGHIJ012345"],
    ["a payment key", "sk_live_0123456789abcdef"],
    ["random letters", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY9z"],
  ])("by its value: %s", (_, value) => expect(looksSecret("SETTING", value)).toBe("value"));

  it.each([
    "db.internal",
    "https://www.example.com/path?x=1",
    "https://www.example.com:8443/@team",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf",
    "0f5c4f2e-6f0b-4a59-9d5c-2f5d0e4b8a11",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "a-long-name-of-a-thing-with-Many-Words-in-it-2",
    "A sentence of more than thirty characters, with 2 Capitals.",
  ])("not by the value %j", (value) => expect(looksSecret("SETTING", value)).toBeUndefined());
});
