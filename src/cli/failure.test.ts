import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { InvalidProps } from "../core/invalid-props";
import { OutputError } from "../synth";
import { explain, UsageError } from "./failure";

const root = new Construct(undefined as never, "stack");
const reporting = Object.assign(new Error("many mistakes"), { report: () => "a report of its own" });

describe("a mistake of the user", () => {
  it.each<[string, unknown, string]>([
    ["a wrong option", new UsageError("no such thing"), "error: no such thing"],
    ["a folder in use", new OutputError("OUT_BUSY", "another synth is writing"), "error: another synth is writing"],
    [
      "a wrong prop",
      new InvalidProps(root, { prop: "port", got: 0, want: "above 0", fix: "use 80" }),
      "error: stack: port must be above 0, got 0; use 80",
    ],
    ["mistakes that were collected", reporting, "a report of its own"],
    [
      "a validation in a stack",
      new Error("Validation failed with the following errors:\n  [a] nobody uses it"),
      "error: Validation failed with the following errors:\n  [a] nobody uses it",
    ],
  ])("ends with exit code 2, and without a stack trace: %s", (_, error, text) => {
    expect(explain(error, false)).toEqual({ text, exitCode: 2 });
  });

  it("has a stack trace when asked for", () => {
    expect(explain(reporting, true).text).toMatch(/^a report of its own\n\nError: many mistakes\n +at /);
  });
});

describe("a bug of ours", () => {
  it.each([
    new TypeError("x is not a function"),
    "text",
  ])("ends with exit code 1, says so, and how to see more: %s", (error) => {
    const { text, exitCode } = explain(error, false);
    expect(exitCode).toBe(1);
    expect(text).toContain("this is a bug in Slipway, not in your description");
    expect(text).toContain("SLIPWAY_DEBUG=1");
    expect(text).not.toContain("    at ");
  });

  it("shows where it happened when asked", () => {
    expect(explain(new TypeError("x"), true).text).toContain("failure.test.ts");
  });
});
