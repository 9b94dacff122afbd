import { describe, expect, it } from "vitest";
import { plainTags } from "./plain-tags";

describe("tags", () => {
  it.each<[string, Record<string, string> | undefined, Record<string, string>]>([
    ["are none but the resource's own where none are given", undefined, { Name: "web" }],
    ["come before the resource's own", { team: "a" }, { team: "a", Name: "web" }],
    ["do not take the place of the resource's own", { Name: "mine" }, { Name: "web" }],
    ["are plain text on both sides", { "${a}": "%{b}" }, { "$${a}": "%%{b}", Name: "web" }],
  ])("%s", (_, given, written) => {
    expect(plainTags(given, { Name: "web" })).toEqual(written);
  });
});
