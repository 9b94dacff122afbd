import { expect, it } from "vitest";
import { jsonLog, reasonOf } from "./log";

it("the log is one JSON object per line", () => {
  const lines: string[] = [];
  const log = jsonLog((line) => lines.push(line));
  log.warn("redis lost", { reason: "two\nlines" });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  expect(JSON.parse(lines[0]!)).toEqual({
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    level: "warn",
    event: "redis lost",
    reason: "two\nlines",
  });
});

it("the reason of several failures is the reason of each", () => {
  expect(reasonOf(new AggregateError([new Error("a"), new Error("b")]))).toBe("a; b");
  expect(reasonOf("text")).toBe("text");
});
