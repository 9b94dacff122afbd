import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";

const program = join(__dirname, "registry-login");
const folder = mkdtempSync(join(tmpdir(), "slipway-registry-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [calls, input] = [join(folder, "calls"), join(folder, "input")];

/** What stands in for a program of the machine: a record of the call, and these lines. */
const stub = (name: string, ...lines: string[]) => {
  mkdirSync(join(folder, "bin"), { recursive: true });
  const body = ["#!/bin/sh", `echo "${name} $* DOCKER_CONFIG=$DOCKER_CONFIG" >> "${calls}"`, ...lines, ""].join("\n");
  writeFileSync(join(folder, "bin", name), body);
  chmodSync(join(folder, "bin", name), 0o755);
};
const answering = (answer: object) => stub("aws", `cat <<'JSON'\n${JSON.stringify(answer)}\nJSON`);
const secretOf = (value: unknown) => answering({ VersionId: "1", SecretString: JSON.stringify(value) });

const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:registry-AbCdEf";
const login = (given: object) => {
  const settings = join(folder, "dashboard.json");
  writeFileSync(settings, JSON.stringify({ region: "us-east-1", mode: "single", ...given }));
  const PATH = [join(folder, "bin"), process.env.PATH].join(delimiter);
  const options = { env: { ...process.env, PATH, PYTHONDONTWRITEBYTECODE: "1" }, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(program, ["/run/x", settings], options);
  return { code: status, stdout, stderr };
};
const called = () => readFileSync(calls, "utf8");
const given = () => readFileSync(input, "utf8");

describe("registry-login", () => {
  beforeEach(() => {
    for (const file of [calls, input]) writeFileSync(file, "");
    stub("docker", `cat > "${input}"`);
    stub("aws", "exit 1");
  });

  it("asks nobody where no registry wants an account (S4-13)", () => {
    for (const settings of [{}, { namespace: "docker.io/team" }, { namespace: "public.ecr.aws/team" }]) {
      expect(login(settings)).toEqual({ code: 0, stdout: "", stderr: "" });
    }
    expect(called()).toBe("");
  });

  it.each([
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com",
    "111122223333.dkr.ecr-fips.eu-west-1.amazonaws.com",
    "111122223333.dkr-ecr.eu-west-1.on.aws",
  ])("logs in to ECR, as %s, with the role of the machine, in the region of the registry (S4-W04)", (server) => {
    const authorizationToken = Buffer.from("AWS:a:token").toString("base64");
    answering({ authorizationData: [{ authorizationToken }] });
    expect(login({ namespace: `${server}/team` })).toEqual({ code: 0, stdout: `${server}\n`, stderr: "" });
    expect(called()).toContain("aws ecr get-authorization-token --region eu-west-1 ");
    expect(called()).toContain(`docker login --username AWS --password-stdin ${server} DOCKER_CONFIG=/run/x\n`);
    expect(given()).toBe("a:token");
  });

  it.each([
    ["registry.example.com/team", "registry.example.com"],
    ["docker.io/team", "docker.io"],
  ])("logs in to the registry of %s with the account of the secret (S4-W04)", (namespace, server) => {
    secretOf({ username: "reader", password: "p'a $s" });
    expect(login({ namespace, registrySecretArn: secretArn })).toEqual({ code: 0, stdout: `${server}\n`, stderr: "" });
    expect(called()).toMatch(/^aws secretsmanager get-secret-value --region us-east-1 /);
    expect(called()).toContain(`docker login --username reader --password-stdin ${server} DOCKER_CONFIG=/run/x\n`);
    expect(given()).toBe("p'a $s");
  });

  it("gives the password to no command, and shows it to nobody (S4-W04)", () => {
    secretOf({ username: "reader", password: "hidden" });
    stub("docker", "cat >/dev/null", "echo 'unauthorized: incorrect username or password' >&2", "exit 1");
    const { code, stdout, stderr } = login({ namespace: "registry.example.com/team", registrySecretArn: secretArn });
    expect([code, stdout, stderr]).toEqual([1, "", expect.stringContaining("unauthorized")]);
    expect(called() + stderr).not.toContain("hidden");
  });

  it.each([
    ["no map", "hidden"],
    ["no password", { username: "hidden" }],
    ["an empty password", { username: "hidden", password: "" }],
    ["a number for a password", { username: "hidden", password: 1 }],
    ["an option for a name", { username: "--hidden", password: "x" }],
  ])("refuses a secret with %s in a sentence that does not quote it", (_, value) => {
    secretOf(value);
    const { code, stderr } = login({ namespace: "registry.example.com/team", registrySecretArn: secretArn });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^the registry's secret .*password\n$/)]);
    expect(stderr).not.toContain("hidden");
    expect(called()).not.toContain("docker");
  });

  it("says so when AWS refuses, or answers something else", () => {
    stub(
      "aws",
      "echo 'An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: no' >&2",
      "exit 254",
    );
    const namespace = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/team";
    expect(login({ namespace })).toMatchObject({ code: 1, stderr: expect.stringContaining("AccessDeniedException") });
    answering({ authorizationData: [] });
    expect(login({ namespace })).toMatchObject({ code: 1, stderr: "ECR answered without a token\n" });
  });
});
