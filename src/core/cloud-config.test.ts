import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cloudConfig, jsonAsYaml } from "./cloud-config";
import { userDataFault } from "./user-data";

const path = "/etc/slipway/mysql.json";
/** The document as cloud-init reads it. */
const read = (text: string) => parse(text, { version: "1.1" });
const filesOf = (text: string) => read(text).write_files as Record<string, string>[];

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

  it("writes scripts as they are, for root to run and everybody to read", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (line) => {
        const text = `#!/bin/sh\nset -eu\n: '\t"' "\${1:-}" ${line}\n`;
        const [file] = filesOf(cloudConfig([{ path: "/usr/local/lib/slipway/boot", text, mode: "0755" }]));
        expect(file).toEqual({
          path: "/usr/local/lib/slipway/boot",
          owner: "root:root",
          permissions: "0755",
          content: text,
        });
      }),
    );
  });

  it("lets nobody run a text that is no script", () => {
    expect(filesOf(cloudConfig([{ path, text: "a = 1\n" }]))).toMatchObject([{ permissions: "0644" }]);
  });

  it("packs what is too long, and says so to cloud-init", () => {
    const packed = gzipSync("#!/bin/sh\n".repeat(5000)).toString("base64");
    const text = cloudConfig([{ path: "/usr/local/lib/slipway/long", packed, mode: "0755" }]);
    const [file] = filesOf(text);
    expect(file).toMatchObject({ encoding: "gz+b64", permissions: "0755" });
    expect(gunzipSync(Buffer.from(file!.content!, "base64")).toString()).toBe("#!/bin/sh\n".repeat(5000));
    expect(userDataFault(text)).toBeUndefined();
  });

  it("runs commands in their order, each as a program with arguments that no shell reads", () => {
    const run = [["/usr/local/lib/slipway/boot"], ["systemctl", "enable", "--now", "a $b; c"]] as const;
    const text = cloudConfig([{ path, json: {} }], { run });
    expect(read(text).runcmd).toEqual(run);
    expect(userDataFault(text)).toBeUndefined();
  });

  it("is the same as ever where nothing runs: another text would replace machines", () => {
    expect(cloudConfig([{ path, json: { a: 1 } }], { run: [] })).toBe(cloudConfig([{ path, json: { a: 1 } }]));
    expect(read(cloudConfig([{ path, json: {} }]))).not.toHaveProperty("runcmd");
  });
});

describe("JSON that is YAML as well", () => {
  it("says the same to readers of YAML 1.1, of YAML 1.2 and of JSON", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: "grapheme" })), (document) => {
        // To YAML 1.1 the key `<<` merges maps; nobody here writes one.
        fc.pre(!Object.hasOwn(document, "<<") && !Object.hasOwn(document, "__proto__"));
        const text = jsonAsYaml(document);
        const [old, current, json] = [parse(text, { version: "1.1" }), parse(text), JSON.parse(text)];
        expect([old, current, json]).toEqual([document, document, document]);
      }),
    );
  });
});
