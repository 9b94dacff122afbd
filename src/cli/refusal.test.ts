import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { filesIn } from "../synth/testing/folders";
import { main } from "./main";

const policy = vi.hoisted(() => ({ refuses: false }));
vi.mock("../policy", async (original) => {
  const real = await original<typeof import("../policy")>();
  const place = { stack: "wordpress-platform-dev", address: "aws_vpc.x", path: undefined, argument: "cidr_block" };
  const finding = {
    rule: "T-01",
    title: "a rule of this test",
    severity: "high",
    why: "because",
    fix: "mend it",
  } as const;
  const findings = [{ ...finding, ...place, given: "this", wanted: "that" }];
  return {
    ...real,
    judgeStacks: () => ({ findings: policy.refuses ? findings : [], accepted: [], rules: 1, resources: 1 }),
  };
});

it("a synth that the policy refuses says why, with exit code 2, and leaves the previous output as it was", async () => {
  const root = join(__dirname, "../..");
  const out = mkdtempSync(join(tmpdir(), "slipway-cli-"));
  const err: string[] = [];
  const synth = () => main(["synth", "--out", out], root, { out: () => {}, err: (text) => err.push(text) });

  expect(await synth()).toBe(0);
  const before = filesIn(out);
  policy.refuses = true;
  expect(await synth()).toBe(2);
  expect(err.join("\n")).toContain("T-01 (high): a rule of this test");
  expect(err.join("\n")).toContain("Nothing was written: the previous output is as it was.");
  expect(filesIn(out)).toEqual(before);
  rmSync(out, { recursive: true });
});
