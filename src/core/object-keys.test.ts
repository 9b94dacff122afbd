import { describe, expect, it } from "vitest";
import { filePathFault } from "./object-keys";

describe("the path of a file in a bucket", () => {
  it.each([
    "Puppetfile",
    "manifests/site.pp",
    "a/.gitkeep",
    "site-modules/role/templates/x.env.epp",
    "a...b",
  ])("may be %s", (path) => expect(filePathFault(path)).toBeUndefined());

  it.each([
    "",
    "/etc/passwd",
    "a/",
    "a//b",
    "../a",
    "a/../b",
    "a/./b",
    "a b",
    "a\\b",
    "ä",
    "${x}",
    "a".repeat(513),
  ])("may not be %j", (path) => expect(filePathFault(path)?.want).toContain("a relative path of letters"));
});
