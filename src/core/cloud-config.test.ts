import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cloudConfig } from "./cloud-config";
import { userDataFault } from "./user-data";

const path = "/etc/slipway/mysql.json";
/** The files as cloud-init reads them. */
const filesOf = (text: string) => parse(text, { version: "1.1" }).write_files as Record<string, string>[];

describe("user data that writes files", () => {
  it("is what cloud-init knows", () => {
    const text = cloudConfig([{ path, json: { database: "wordpress" } }]);
    expect(userDataFault(text)).toBeUndefined();
    expect(filesOf(text)).toEqual([
      { path, owner: "root:root", permissions: "0644", content: '{"database":"wordpress"}\n' },
    ]);
  });

  it("holds text of any kind, and gives it back as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (one, other) => {
        const json = { one, "#other": other, quotes: `'"\\`, line: "a\nb: c\u2028d" };
        const [file] = filesOf(cloudConfig([{ path, json }]));
        expect(JSON.parse(file!.content!)).toEqual(json);
      }),
    );
  });

  it("keeps references to other resources in one piece", () => {
    expect(cloudConfig([{ path, json: { dataVolume: "${TfToken[TOKEN.7]}" } }])).toContain("${TfToken[TOKEN.7]}");
  });
});
