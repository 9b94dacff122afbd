import { describe, expect, it } from "vitest";
import { containerPathFault } from "./container-path";

describe("a place of shared files in a container", () => {
  it.each(["/var/www/html/wp-content", "/data", "/srv/a_b.c-d"])("may be %s", (path) => {
    expect(containerPathFault(path)).toBeUndefined();
  });

  it.each([
    "data",
    "/",
    "",
    "/data/",
    "//data",
    "/data/../etc",
    "/da ta",
    "/${data}",
    `/${"a".repeat(200)}`,
  ])("is no folder: %j", (path) => expect(containerPathFault(path)?.want).toMatch("a folder of the container"));

  it.each(["/etc", "/usr", "/proc", "/var"])("hides nothing that the container needs: %s", (path) => {
    expect(containerPathFault(path)?.want).toMatch("no programs or devices");
  });
});
