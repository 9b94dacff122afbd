import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";

const script = join(__dirname, "load-db.sh");
const folder = mkdtempSync(join(tmpdir(), "slipway-load-db-"));
const [password, called, bin] = ["password", "called", "bin"].map((name) => join(folder, name)) as [
  string,
  ...string[],
];
const python = spawnSync("python3", ["--version"]).status === 0;

/** Loads with a psql that cannot connect, and writes down that it was asked to. */
function load(given: string, path = [bin!, process.env.PATH].join(delimiter)) {
  writeFileSync(password, given);
  const argv = [script, "--host", "db.example.com", "--app-password-file", password];
  const { status, stderr } = spawnSync("/bin/sh", argv, { env: { ...process.env, PATH: path }, encoding: "utf8" });
  return { code: status, error: stderr, asked: existsSync(called!) };
}

describe("loading the dashboard's database", () => {
  beforeEach(() => {
    rmSync(called!, { force: true });
    mkdirSync(bin!, { recursive: true });
    writeFileSync(join(bin!, "psql"), `#!/bin/sh\n: >'${called}'\necho "no route to host" >&2\nexit 2\n`);
    chmodSync(join(bin!, "psql"), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.skipIf(!python).each([
    ["of 19 characters", "abcdefghijklmnopqrs", "it must have 20 characters or more, not 19"],
    ["of 19 characters and the end of a line", "abcdefghijklmnopqrs\n", "it must have 20 characters or more, not 19"],
    ["with other letters", "pässword-of-twenty-characters", "it must be one line of printable ASCII characters"],
  ])("refuses a password %s before it asks the server anything (S4-W01)", (_, given, sentence) => {
    const { code, error, asked } = load(given);
    expect([code, asked]).toEqual([1, false]);
    expect(error).toContain(sentence);
    expect(error).not.toContain(given.trim());
  });

  it.skipIf(!python)("takes a password of 20 characters", () => {
    const { code, error, asked } = load("abcdefghijklmnopqrst\n");
    expect([code, asked]).toEqual([1, true]);
    expect(error).toContain("cannot connect to db.example.com:5432 as postgres: no route to host");
  });

  it("names the package of the client, on Debian and on Amazon Linux", () => {
    const { code, error } = load("abcdefghijklmnopqrst", join(folder, "nothing"));
    expect([code, error]).toEqual([1, expect.stringContaining("psql is missing")]);
    expect(error).toMatch(/Debian: postgresql-client,.*Amazon Linux: postgresql17,/);
  });
});
