import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { bakedImage, imageCatalogue, imageName, readCatalogue } from "./image-catalogue";

const root = join(__dirname, "../..");
const packer = join(root, "packer");
const roles = Object.keys(imageCatalogue());

/** Folders of templates: those in which something is built; what they share is no template by itself. */
const templates = readdirSync(packer, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => name !== "common" && /^build \{/m.test(hcl(name)));

/** All that Packer reads in a folder, the shared file behind its link included, without comments. */
function hcl(folder: string): string {
  return readdirSync(join(packer, folder))
    .filter((file) => file.endsWith(".pkr.hcl"))
    .map((file) => readFileSync(join(packer, folder, file), "utf8"))
    .join("\n")
    .replace(/^\s*#.*$/gm, "");
}

const mysql = {
  kind: "machine",
  version: "1.0-1",
  architecture: "x86_64",
  base: { name: "debian-*", owner: "1".repeat(12) },
};
const web = { kind: "container", version: "1.0-1", architecture: "x86_64", base: { image: "debian:12" } };

describe("the image catalogue", () => {
  it("names an image after its role and version", () => {
    expect(imageName("mysql", readCatalogue({ mysql }))).toBe("slipway-mysql-1.0-1");
  });

  it("keeps a name that a document fixes, whatever the version (S4-35)", () => {
    expect(imageName("web", readCatalogue({ web: { ...mysql, name: "web-prod", version: "2.0-7" } }))).toBe("web-prod");
    expect(imageName("webworker-dashboard")).toBe("rescale-dashboard-ami-prod");
  });

  it("refuses one name for two roles", () => {
    const written = { a: { ...mysql, name: "web-prod" }, b: { ...mysql, name: "web-prod" } };
    expect(() => readCatalogue(written)).toThrow("two roles have the name web-prod; each image needs one of its own");
  });

  it("gives every role a name of its own, which AWS accepts", () => {
    const names = roles.map((role) => imageName(role));
    expect(new Set(names).size).toBe(roles.length);
    for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9()[\] ./\-'@_]{3,128}$/);
  });

  it.each([
    ["mysq", 'packer/images.json has no role "mysq"; did you mean "mysql"?'],
    ["zookeeper", 'packer/images.json has no role "zookeeper"; it has mysql, web'],
    ["toString", 'packer/images.json has no role "toString"; it has mysql, web'],
    ["", 'packer/images.json has no role ""; it has mysql, web'],
  ])("does not know the role %j, and says what it knows", (role, message) => {
    expect(() => bakedImage(role, readCatalogue({ mysql, web }))).toThrow(message);
  });

  it.each([
    [
      "a machine without owner",
      { ...mysql, base: { name: "debian-*" } },
      /base\.owner must be the account that publishes debian-\*, got nothing/,
    ],
    [
      "an owner that is no account",
      { ...mysql, base: { name: "debian-*", owner: "debian" } },
      /base\.owner must be .* got "debian"/,
    ],
    ["a twin without owner", { ...web, base: { image: "debian:12", name: "debian-*" } }, /base\.owner must be/],
    ["a machine without base", { ...mysql, base: {} }, /base\.name is missing/],
    ["a container without base", { ...web, base: {} }, /base\.image is missing/],
    ["an unknown kind", { ...mysql, kind: "vm" }, /kind must be "container" or "machine", got "vm"/],
    [
      "a version without build",
      { ...mysql, version: "1.0" },
      /version must be <release>-<build> such as 1\.4-1, got "1\.0"/,
    ],
    ["a moving version", { ...mysql, version: "latest" }, /version must be/],
    [
      "an unknown processor",
      { ...mysql, architecture: "amd64" },
      /architecture must be "x86_64" or "arm64", got "amd64"/,
    ],
    ["a name that AWS would not take", { ...mysql, name: "Prod: web" }, /name must be 3 to 128 .* got "Prod: web"/],
    ["a name that looks like another image's", { ...mysql, name: "slipway-mysql-1.0-1" }, /not starting with slipway-/],
    ["an empty name", { ...mysql, name: "" }, /name must be/],
    ["nothing at all", {}, /kind must be .*; .*version must be .*; .*architecture must be/],
  ])("refuses %s", (_, image, message) => {
    expect(() => readCatalogue({ role: image })).toThrow(message);
  });

  it("refuses a role that could not be part of a name", () => {
    expect(() => readCatalogue({ "My SQL": mysql })).toThrow(/My SQL: a role is written in lower case/);
  });

  it("names each mistake with its role, and all of them at once", () => {
    expect(() => readCatalogue({ a: { ...mysql, version: "x" }, b: { ...web, base: {} } })).toThrow(
      /^packer\/images\.json: a: version .*; b: base\.image/,
    );
  });

  it("takes every version of the form release-build", () => {
    const version = fc.tuple(fc.array(fc.nat(99), { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 999 }));
    fc.assert(
      fc.property(version, ([release, build]) => {
        const written = `${release.join(".")}-${build}`;
        expect(imageName("r", readCatalogue({ r: { ...mysql, version: written } }))).toBe(`slipway-r-${written}`);
      }),
    );
  });
});

describe("Packer and the stacks agree", () => {
  it("has a template for every role, and a role for every template", () => {
    expect([...templates].sort()).toEqual([...roles].sort());
  });

  describe.each(templates)("packer/%s", (role) => {
    it("takes name, base, owner and processor from the catalogue, for its own role", () => {
      const text = hcl(role);
      expect(text).toMatch(/images\s*=\s*jsondecode\(file\(abspath\("\$\{path\.root\}\/\.\.\/images\.json"\)\)\)/);
      expect(text).toMatch(/image\s*=\s*local\.images\[local\.role\]/);
      expect([...text.matchAll(/^\s*role\s*=\s*"(.*)"$/gm)].map(([, name]) => name)).toEqual([role]);
    });

    it("bakes exactly the name that is looked up", () => {
      const [, fixed, template] = /image_name\s*=\s*lookup\(local\.image, "(\w+)", "(.*)"\)/.exec(hcl(role))!;
      const image = bakedImage(role);
      const named = template!.replace("${local.role}", role).replace("${local.image.version}", image.version);
      expect(image[fixed as keyof typeof image] ?? named).toBe(imageName(role));
      expect([...hcl(role).matchAll(/ami_name\s*=\s*(.*)/g)].map(([, name]) => name)).toEqual(["local.image_name"]);
    });

    it("never replaces an image that machines may be running from (problem 5)", () => {
      expect(hcl(role)).not.toMatch(/force_deregister|force_delete_snapshot/);
    });

    it("has no block that Packer 1.6 refuses: those are in packer/plugins (S2-37)", () => {
      expect(hcl(role)).not.toMatch(/required_plugins|^data "/m);
    });

    it("holds no secret, and no address or account of somebody", () => {
      expect(hcl(role)).not.toMatch(/password|secret_key|access_key|AKIA|\b[0-9]{12}\b/i);
    });
  });

  it("has one shared file for all machine images, so that none is encrypted less", () => {
    for (const role of templates) {
      expect(readFileSync(join(packer, role, "machine.pkr.hcl"), "utf8")).toBe(
        readFileSync(join(packer, "common/machine.pkr.hcl"), "utf8"),
      );
    }
  });

  it("keeps the plugins where only packer init reads them", () => {
    expect(hcl("plugins")).toMatch(/required_plugins/);
    expect(existsSync(join(packer, "plugins/images.json"))).toBe(false);
  });

  it.each(["dev", "production"])("runs in %s the WordPress image that is baked (S2-28)", (environment) => {
    const { wordpress } = parse(readFileSync(join(root, "environments", `${environment}.yaml`), "utf8"));
    expect(wordpress.services.wordpress.image).toBe(bakedImage("wordpress").version);
  });
});
