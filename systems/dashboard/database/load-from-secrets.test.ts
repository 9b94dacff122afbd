import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const arn = (name: string) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:${name}`;
const settings = {
  ...{ region: "us-east-1", host: "db.example.com", port: "5432" },
  administratorSecretArn: arn("rds"),
  applicationSecretArn: arn("app"),
};
const passwords: Record<string, string> = { rds: `quote ' dollar $HOME`, app: "s3cret-of-the-app" };

let folder: string;
const at = (name: string) => join(folder, name);

function program(name: string, body: string): void {
  writeFileSync(at(name), `#!/bin/sh\n${body}\n`);
  chmodSync(at(name), 0o755);
}

/** The script beside a load-db.sh that writes down what it was given, with an `aws` that has the two secrets. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-load-"));
  mkdirSync(at("bin"));
  mkdirSync(at("memory"));
  copyFileSync(join(__dirname, "load-from-secrets.sh"), at("load-from-secrets.sh"));
  program(
    "load-db.sh",
    `printf '%s\\n' "$@" >'${at("called")}'; echo "$TMPDIR" >'${at("scratch")}'; cat "$6" >'${at("administrator")}'; cat "$8" >'${at("application")}'`,
  );
  const answers = Object.entries(passwords).map(([name, password]) => {
    writeFileSync(at(`${name}.json`), JSON.stringify({ username: name, password }));
    return `*:secret:${name}) cat '${at(`${name}.json`)}' ;;`;
  });
  program(
    "bin/aws",
    `echo "$*" >>'${at("asked")}'\ncase $6 in ${answers.join(" ")} *) echo ResourceNotFoundException >&2; exit 254 ;; esac`,
  );
  writeFileSync(at("settings.json"), JSON.stringify(settings));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(...options: string[]) {
  const env = {
    ...process.env,
    PATH: `${at("bin")}:${process.env.PATH}`,
    SLIPWAY_SETTINGS: at("settings.json"),
    SLIPWAY_MEMORY: at("memory"),
  };
  const { status, stdout, stderr } = spawnSync("sh", [at("load-from-secrets.sh"), ...options], {
    env,
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}

describe("loading the dashboard's database from its bastion", () => {
  it("hands both passwords over as files, which are gone afterwards, and shows neither (S4-53, S4-W01)", () => {
    const { status, said } = load();
    expect({ status, said }).toEqual({ status: 0, said: "" });
    expect(readFileSync(at("administrator"), "utf8")).toBe(passwords.rds);
    expect(readFileSync(at("application"), "utf8")).toBe(passwords.app);
    expect(readdirSync(at("memory"))).toEqual([]);
    for (const file of ["called", "asked"]) {
      for (const password of Object.values(passwords)) expect(readFileSync(at(file), "utf8")).not.toContain(password);
    }
  });

  it("keeps what load-db.sh writes down in memory, too", () => {
    load();
    expect(readFileSync(at("scratch"), "utf8")).toMatch(new RegExp(`^${at("memory")}/load\\.\\w+\n$`));
  });

  it("goes to the database that the stack named", () => {
    load();
    expect(readFileSync(at("called"), "utf8").split("\n").slice(0, 4)).toEqual([
      "--host",
      "db.example.com",
      "--port",
      "5432",
    ]);
    expect(readFileSync(at("asked"), "utf8")).toContain("--region us-east-1");
  });

  it.each([
    [
      "a secret that it may not read",
      { ...settings, applicationSecretArn: arn("gone") },
      /secret .*:secret:gone cannot be read: ResourceNotFoundException/,
    ],
    ["settings without a host", { ...settings, host: undefined }, /has no host; deploy the stack again/],
  ])("says what is wrong with %s, and loads nothing", (_, wrong, message) => {
    writeFileSync(at("settings.json"), JSON.stringify(wrong));
    const { status, said } = load();
    expect(status).toBe(1);
    expect(said).toMatch(message);
    expect(existsSync(at("called"))).toBe(false);
    expect(readdirSync(at("memory"))).toEqual([]);
  });

  it("explains itself, and takes no other option", () => {
    expect(load("--help")).toMatchObject({ status: 0, said: expect.stringMatching(/^Usage: load-from-secrets\.sh\n/) });
    expect(load("--host")).toMatchObject({ status: 2, said: expect.stringContaining("there is no option --host") });
  });
});
