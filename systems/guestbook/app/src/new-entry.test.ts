import { describe, expect, it } from "vitest";
import { complaintsAbout, maxFormBytes, tidied } from "./new-entry";

const good = { name: "Ada", message: "Hello" };

describe("a new entry", () => {
  it("is stored without white space around it, with line feeds, composed", () => {
    expect(tidied({ name: "  Ada\t", message: "\r\none\r\ntwo\rthree \n", other: "x" })).toEqual({
      name: "Ada",
      message: "one\ntwo\nthree",
    });
    expect(tidied({ name: "e\u0301", message: "x" }).name).toBe("\u00e9");
  });

  it("is empty where a field is missing or is no text", () => {
    expect(tidied({ name: 4 })).toEqual({ name: "", message: "" });
  });

  it.each([
    good,
    { name: "李明", message: "Tab\tand\nline" },
    { name: "👩‍🚀", message: "🚀".repeat(2000) },
    { name: "x".repeat(80), message: "<script>" },
  ])("may be $name", (entry) => expect(complaintsAbout(entry)).toEqual({}));

  it.each([
    ["name", "", "Please tell your name."],
    ["name", "\u200b\u200d", "Please tell your name."],
    ["name", "x".repeat(81), "Please use at most 80 characters; these are 81."],
    ["name", "two\nlines", "Please write your name on one line."],
    ["name", "be\u0007ll", "Please remove the control characters in it."],
    ["name", "right\u202eleft", "Please remove the control characters in it."],
    ["message", "", "Please write a message."],
    ["message", "🚀".repeat(2001), "Please use at most 2000 characters; these are 2001."],
    ["message", "zero\u0000byte", "Please remove the control characters in it."],
  ])("is refused with the %s %j", (field, text, complaint) => {
    expect(complaintsAbout({ ...good, [field]: text })).toEqual({ [field]: complaint });
  });

  it("fits into a form when it is as long as it may be", () => {
    const form = new URLSearchParams({ name: "🚀".repeat(80), message: "🚀".repeat(2000) });
    expect(form.toString().length).toBeLessThan(maxFormBytes);
  });
});
