import { expect, it } from "vitest";
import { CannotRun } from "./run";
import { onDisk } from "./secrets";

const refused = (code: string) => () =>
  onDisk("/project/.secrets/shop-local", () => {
    const path = "/project/.secrets/shop-local/password";
    throw Object.assign(new Error(`${code}: open '${path}'`), { code, path });
  });

it("tells whose the secrets may be when they may not be read, and how to get them back", () => {
  for (const code of ["EACCES", "EPERM"]) {
    expect(refused(code)).toThrow(CannotRun);
    expect(refused(code)).toThrow(
      /at \/project\/\.secrets\/shop-local\/password: E.*; it may belong to root, after sudo; give it back: sudo chown -R "\$\(id -un\)" \/project\/\.secrets$/,
    );
  }
});

it("leaves a mistake of ours what it is", () => {
  const mistake = new Error("no secret url for password");
  expect(() =>
    onDisk("/project/.secrets/shop-local", () => {
      throw mistake;
    }),
  ).toThrow(mistake);
});
