import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, TerraformStack } from "cdktf";
import { describe, expect, it } from "vitest";
import { accept } from "./accept";

/** What stands beside each VPC in the output; the test synthesis leaves comments out. */
function comments(build: (stack: TerraformStack) => void): unknown[] {
  const outdir = mkdtempSync(join(tmpdir(), "slipway-accept-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    const stack = new TerraformStack(app, "test");
    new AwsProvider(stack, "aws", {});
    build(stack);
    app.synth();
    const document = JSON.parse(readFileSync(join(outdir, "stacks/test/cdk.tf.json"), "utf8"));
    return Object.values<{ "//": { policy?: unknown } }>(document.resource.aws_vpc).map((vpc) => vpc["//"].policy);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const [why, whyToo] = ["the first of two reasons, long enough", "the second of two reasons, long enough"];

describe("what is accepted of a resource", () => {
  it("stands beside it in the output, as said by the generator", () => {
    expect(comments((stack) => accept(new Vpc(stack, "a", {}), "NET-01", why))).toEqual([
      { suppress: [{ rule: "NET-01", reason: why, source: "generator" }] },
    ]);
  });

  it("is collected, each rule with its own reason", () => {
    const build = (stack: TerraformStack) => {
      const vpc = new Vpc(stack, "a", {});
      accept(vpc, "NET-01", why);
      accept(vpc, "NET-02", whyToo);
    };
    expect(comments(build)).toEqual([
      {
        suppress: [
          { rule: "NET-01", reason: why, source: "generator" },
          { rule: "NET-02", reason: whyToo, source: "generator" },
        ],
      },
    ]);
  });

  it("concerns that resource alone", () => {
    const build = (stack: TerraformStack) => {
      accept(new Vpc(stack, "a", {}), "NET-01", why);
      accept(new Vpc(stack, "b", {}), "NET-02", whyToo);
    };
    expect(comments(build)).toEqual([
      { suppress: [expect.objectContaining({ rule: "NET-01" })] },
      { suppress: [expect.objectContaining({ rule: "NET-02" })] },
    ]);
  });
});
