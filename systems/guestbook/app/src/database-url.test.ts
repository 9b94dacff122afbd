import { describe, expect, it } from "vitest";
import { databaseConnection } from "./database-url";

const read = (url: string) => databaseConnection("DATABASE_URL", url);

describe("a database URL", () => {
  it.each([
    ["postgres://db/guestbook", { host: "db", port: 5432, database: "guestbook" }],
    ["postgresql://u@db:6432/g", { host: "db", port: 6432, user: "u", database: "g" }],
    ["postgres://u:p%2F%40%25@db/g%20b", { user: "u", password: "p/@%", database: "g b" }],
    ["postgres://[fd00::1]/g", { host: "fd00::1" }],
  ])("is read from %s", (url, expected) => expect(read(url)).toMatchObject(expected));

  it.each([
    ["", false],
    ["?sslmode=disable", false],
    ["?sslmode=require", { rejectUnauthorized: false }],
    ["?sslmode=verify-full", { rejectUnauthorized: true }],
    ["?sslmode=verify-full&sslrootcert=/dev/null", { rejectUnauthorized: true, ca: "" }],
  ])("with %s is encrypted as it says", (query, ssl) => {
    expect(read(`postgres://u:p@db/g${query}`).ssl).toEqual(ssl);
  });

  it.each(["require", "verify-ca"])("with %s and an authority of its own takes any name of that authority", (mode) => {
    const { ssl } = read(`postgres://u:p@db/g?sslmode=${mode}&sslrootcert=/dev/null`);
    expect(ssl).toEqual({ rejectUnauthorized: true, ca: "", checkServerIdentity: expect.any(Function) });
  });

  it.each([
    [
      "postgres://u:secret/x@db/g",
      "DATABASE_URL must look like postgres://user:password@host/database; in the password write @ as %40",
    ],
    ["postgres://u:secret#x@db/g", "in the password write @ as %40"],
    ["secret", "must look like postgres://"],
    ["mysql://u:secret@db/g", "DATABASE_URL must start with postgres://"],
    ["postgres://u:secret@db", "DATABASE_URL must name a host and a database"],
    ["postgres:///secret", "DATABASE_URL must name a host and a database"],
    ["postgres://u:secret%zz@db/g", "write it as %25"],
    ["postgres://u:secret@db/g#x", "must not contain #"],
    [
      "postgres://u:secret@db/g?sslmode=prefer",
      'sslmode must be one of disable, require, verify-ca, verify-full, got "prefer"',
    ],
    ["postgres://u:secret@db/g?sslmode=verify-ca", "sslmode=verify-ca needs sslrootcert"],
    ["postgres://u:secret@db/g?sslrootcert=/dev/null", "sslrootcert needs sslmode=verify-full"],
    [
      "postgres://u:secret@db/g?sslmode=require&sslrootcert=/nowhere",
      'sslrootcert must name a file that can be read, got "/nowhere" (ENOENT)',
    ],
    ["postgres://u:secret@db/g?options=x", "may have the parameters sslmode and sslrootcert, not options"],
  ])("is refused as %s, without repeating the password", (url, message) => {
    const refusal = () => read(url);
    expect(refusal).toThrow(message);
    expect(refusal).not.toThrow(/secret/);
  });
});
