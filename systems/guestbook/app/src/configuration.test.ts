import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BadConfiguration, readConfiguration, readDatabase, readPort } from "./configuration";

const folder = mkdtempSync(join(tmpdir(), "guestbook-"));
afterAll(() => rmSync(folder, { recursive: true }));

const url = "postgres://guest:s%40cret@db.example/guestbook";
const given = { REDIS_HOST: "redis.example", DATABASE_URL: url };

function mistakesOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfiguration(environment);
    return [];
  } catch (error) {
    if (error instanceof BadConfiguration) return error.mistakes;
    throw error;
  }
}

describe("the configuration", () => {
  it("needs REDIS_HOST and DATABASE_URL and nothing else (S0-11, S0-12)", () => {
    expect(readConfiguration(given)).toEqual({
      port: 80,
      redis: { host: "redis.example", port: 6379, tls: false },
      database: {
        host: "db.example",
        port: 5432,
        database: "guestbook",
        user: "guest",
        password: "s@cret",
        ssl: false,
      },
      version: "development",
    });
  });

  it("takes every variable", () => {
    const all = { ...given, PORT: "8080", REDIS_PORT: "6380", REDIS_TLS: "on", GUESTBOOK_VERSION: "1.0.0-abc" };
    expect(readConfiguration(all)).toMatchObject({
      port: 8080,
      redis: { port: 6380, tls: true },
      version: "1.0.0-abc",
    });
  });

  it("takes the URL from a file, which may end with a line feed", () => {
    const file = join(folder, "url");
    writeFileSync(file, `${url}\n`);
    expect(readDatabase({ DATABASE_URL_FILE: file })).toEqual(readDatabase({ DATABASE_URL: url }));
  });

  it("takes an empty variable for one that is not set", () => {
    expect(readConfiguration({ ...given, PORT: "", REDIS_TLS: "", DATABASE_URL_FILE: "" })).toEqual(
      readConfiguration(given),
    );
  });

  it("tells every mistake at once", () => {
    expect(mistakesOf({ PORT: "0", REDIS_HOST: "redis:6379", REDIS_PORT: "x", REDIS_TLS: "yes" })).toEqual([
      'PORT must be a port from 1 to 65535, got "0"',
      'REDIS_HOST must be a host name without a port, got "redis:6379"',
      'REDIS_PORT must be a port from 1 to 65535, got "x"',
      'REDIS_TLS must be on or off, got "yes"',
      "set DATABASE_URL to postgres://user:password@host/database, or DATABASE_URL_FILE",
    ]);
  });

  it("refuses two URLs, and a file that is not there", () => {
    expect(mistakesOf({ ...given, DATABASE_URL_FILE: "/nowhere" })).toEqual([
      "set DATABASE_URL or DATABASE_URL_FILE, not both",
    ]);
    expect(mistakesOf({ REDIS_HOST: "::1", DATABASE_URL_FILE: "/nowhere" })).toEqual([
      'DATABASE_URL_FILE must name a file that can be read, got "/nowhere" (ENOENT)',
    ]);
  });

  it("gives the health check its port, whatever else is missing", () => {
    expect([readPort({}), readPort({ PORT: "8080" })]).toEqual([80, 8080]);
  });
});
