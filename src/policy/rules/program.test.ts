import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { checkStacks } from "../engine";
import { aws, disposable, drop, set, specify } from "../testing/specify";
import { log01 } from "./log-01-retention";
import { scr01 } from "./scr-01-no-secrets";
import { ssm01 } from "./ssm-01-secure-strings";
import { t6 } from "./t-6-empty-blocks";
import { tf01 } from "./tf-01-no-credentials";
import { x06 } from "./x-06-replaceable-names";
import { x12 } from "./x-12-pinned-provider";
import { x14 } from "./x-14-safe-state";
import { x21 } from "./x-21-no-local-paths";
import { x22 } from "./x-22-own-state";

const vpc = aws({ aws_vpc: { main: { cidr_block: "10.0.0.0/16" } } });

specify(log01, {
  good: aws({ aws_cloudwatch_log_group: { g: { retention_in_days: 30 } } }),
  broken: {
    "one does not say": drop("aws_cloudwatch_log_group/g/retention_in_days"),
    "one never forgets": set("aws_cloudwatch_log_group/g/retention_in_days", 0),
  },
  elsewhere: vpc,
});

const parameter = (name: string) => aws({ aws_ssm_parameter: { p: { type: "String", name } } });
specify(ssm01, {
  good: [parameter("/slipway/dev/wordpress/database-secret-arn"), parameter("/slipway/dev/wordpress/database-host")],
  broken: {
    "a password is plain": set("aws_ssm_parameter/p/name", "/slipway/dev/db-password"),
    "a token is plain": set("aws_ssm_parameter/p/name", "/slipway/dev/api_token"),
  },
  elsewhere: [vpc, aws({ aws_ssm_parameter: { p: { type: "SecureString", name: "/x/password" } } })],
});

const successor = { lifecycle: { create_before_destroy: true } };
const group = (name: string) => aws({ aws_lb_target_group: { t: { name, ...successor } } });
specify(x06, {
  good: [
    group("web-dev-1a2b3c"),
    group("${var.name}"),
    aws({ aws_security_group: { g: { name_prefix: "web-", ...successor } } }),
  ],
  broken: {
    "the name is fixed": set("aws_lb_target_group/t/name", "web-dev"),
    "the identifier of a database is fixed": set("aws_db_instance/d", { identifier: "orders", ...successor }),
  },
  elsewhere: [aws({ aws_lb_target_group: { t: { name: "web" } } }), aws({ aws_ecs_cluster: { c: successor } })],
});

const foundation = {
  terraform: {
    required_version: ">= 1.11.0",
    required_providers: { aws: { source: "aws", version: "6.25.0" } },
    backend: { s3: { bucket: "b", key: "one.tfstate", encrypt: true, use_lockfile: true } },
  },
  provider: {
    aws: [
      {
        region: "eu-west-1",
        allowed_account_ids: ["111122223333"],
        default_tags: [{ tags: { "slipway:on-removal": "keep" } }],
      },
    ],
  },
};
const program = aws({}, foundation);
specify(x12, {
  good: [program, disposable(aws({}, { ...foundation, terraform: { required_version: ">= 1.11.0" } }))],
  broken: {
    "no Terraform is named": drop("terraform/required_version"),
    "the provider floats": set("terraform/required_providers/aws/version", "~> 6.25"),
    "any account will do": drop("provider/aws/0/allowed_account_ids", "provider.aws"),
    "the removal policy is not said": drop("provider/aws/0/default_tags", "provider.aws"),
    "the removal policy is no word of ours": set(
      "provider/aws/0/default_tags/0/tags/slipway:on-removal",
      "maybe",
      "provider.aws",
    ),
  },
  elsewhere: vpc,
});

specify(x14, {
  good: program,
  broken: {
    "it is not encrypted": set("terraform/backend/s3/encrypt", false),
    "it is not locked": drop("terraform/backend/s3/use_lockfile"),
  },
  elsewhere: [vpc, aws({}, { terraform: { backend: { local: { path: "x" } } } })],
});

specify(tf01, {
  good: program,
  broken: {
    "a key is written down": set("provider/aws/0/access_key", "AKIAABCDEFGHIJKLMNOP", "provider.aws"),
    "a profile of one machine is named": set("provider/aws/0/profile", "me", "provider.aws"),
    "a second provider has one": set("provider/aws/1", { alias: "us", secret_key: "x" }, "provider.aws.us"),
  },
  elsewhere: aws({}, { provider: { docker: [{ host: "unix:///var/run/docker.sock" }] } }),
});

specify(t6, {
  good: [vpc, { ...foundation, variable: { name: {} } }],
  broken: {
    "there is no data": set("data", {}, "data"),
    "there are no outputs": set("output", {}, "output"),
    "a type has no resource": set("aws_subnet", {}, "resource.aws_subnet"),
  },
  elsewhere: {},
});

const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
const key = "AKIAABCDEFGHIJKLMNOP";
specify(scr01, {
  good: [
    program,
    aws({
      aws_launch_template: { m: { user_data: base64("#!/bin/sh\naws secretsmanager get-secret-value\n") } },
      aws_x: {
        y: {
          digest: "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
          ami: "ami-0123456789abcdef0",
          secret: "${aws_secretsmanager_secret.s.arn}",
          password: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web-1a2b3c",
          http_tokens: "required",
          url: "https://example.com:8443/path?x=y@z",
          kms_key_id: "arn:aws:kms:eu-west-1:111122223333:key/0f5c4f2e-6f0b-4a59-9d5c-2f5d0e4b8a11",
        },
      },
    }),
  ],
  broken: {
    "an access key is in a tag": set("aws_vpc/main/tags", { owner: key }),
    "it is in an output": set("output/key", { value: key }),
    "it is in a default of a variable": set(
      "variable/v",
      { default: "ghp_0123456789abcdefghijABCDEFGHIJ012345" },
      "variable.v",
    ),
    "a private key is written out": set("aws_vpc/main/x", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl"),
    "a web token is written out": set("aws_vpc/main/x", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"),
    "a URL has a password": set("aws_vpc/main/x", "postgres://u:p@db.internal/x"),
    "random text has the name of a secret": set("aws_vpc/main/auth_token", "q7Lx02PzvB81mNwe"),
    "a write-only argument is written out": set("aws_db_instance/d", { password_wo: "q7Lx02PzvB81mNwe" }),
    "it hides in Base64": set("aws_launch_template/m", { user_data: base64(`export X=${key}`) }),
    "it hides in Base64 in Base64": set("aws_launch_template/m", {
      user_data: base64(`#cloud-config\nwrite_files:\n- content: ${base64(`this is a file with ${key}`)}\n`),
    }),
    "it hides in zipped Base64": set("aws_launch_template/m", { user_data: gzipSync(`X=${key}`).toString("base64") }),
  },
  elsewhere: vpc,
});

describe("a finding about a secret", () => {
  it("never shows the secret", () => {
    const document = aws({ aws_vpc: { main: { tags: { owner: key }, auth_token: "q7Lx02PzvB81mNwe" } } });
    const findings = JSON.stringify(checkStacks([{ name: "test", document }], { rules: [scr01] }));
    expect(findings).toContain("an AWS access key id");
    expect(findings).not.toMatch(new RegExp(`${key}|q7Lx02PzvB81mNwe`));
  });
});

specify(x21, {
  good: [
    program,
    aws({
      aws_ecs_task_definition: { t: { volume: [{ host_path: "/mnt/data" }] } },
      aws_x: { y: { source: "assets/a.zip", name: "/slipway/dev/x", path: "../../../terraform.x.tfstate" } },
    }),
  ],
  broken: {
    "a file of a Linux machine is named": set("aws_x/y/source", "/home/me/a.zip"),
    "a file of a Mac is named": set("aws_x/y/source", "/Users/me/a.zip"),
    "a file of a Windows machine is named": set("aws_x/y/source", "C:\\Users\\me\\a.zip"),
    "the state has an absolute place": set("terraform/backend/local", { path: "/tmp/terraform.tfstate" }),
    "Terraform would read one": set("aws_x/y/policy", '${file("/etc/passwd")}'),
    "a stack trace names one": set("aws_x/y/metadata", { trace: ["/home/me/main.ts:3"] }),
  },
  elsewhere: vpc,
});

describe(`X-22: ${x22.title}`, () => {
  const stack = (name: string, backend: object) => ({ name, document: aws({}, { terraform: { backend } }) });
  const check = (...stacks: ReturnType<typeof stack>[]) => checkStacks(stacks, { rules: [x22] });

  it("passes stacks with different keys, or with none named", () => {
    expect(check(stack("a", { s3: { key: "a" } }), stack("b", { s3: { key: "b" } }))).toEqual([]);
    expect(check(stack("a", {}), stack("b", {}))).toEqual([]);
  });

  it("is broken when the second stack has the state of the first", () => {
    expect(check(stack("a", { s3: { key: "k" } }), stack("b", { s3: { key: "k" } }))).toEqual([
      expect.objectContaining({ rule: "X-22", stack: "b", address: "terraform", given: "the state of a" }),
    ]);
  });
});
