import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { judgeStacks } from "../../src/policy";
import { synthesize } from "../../src/testing/synthesize";
import { DeployedVersion, type DeployedVersionProps } from ".";

const version = (props: Partial<DeployedVersionProps> = {}) =>
  synthesize((stack) => {
    const valid = { path: "/shop/dev/version", description: "Version of the shop", first: "1.0.0" };
    const made = new DeployedVersion(stack, "version", { ...valid, ...props });
    const { path, arn } = made;
    const commands = { deploy: made.deployCommand("eu-west-1"), read: made.readCommand("eu-west-1") };
    new TerraformOutput(stack, "facts", { value: { path, arn, ...commands } });
  });

describe("the deployed version", () => {
  it("stands in one parameter, which everybody may show: it is no secret (S0-W04)", () => {
    expect(version().one(SsmParameter)).toMatchObject({
      ...{ name: "/shop/dev/version", type: "String", insecure_value: "1.0.0", description: "Version of the shop" },
    });
    const { findings } = judgeStacks([{ name: "test", document: version().document }]);
    expect(findings.filter(({ address }) => address.startsWith("aws_ssm_parameter."))).toEqual([]);
  });

  it("belongs to whoever deploys: no apply takes a version back (S0-W04)", () => {
    expect(version().one(SsmParameter).lifecycle).toEqual({ ignore_changes: ["insecure_value"] });
  });

  it("is never one that no registry takes, whoever writes it", () => {
    const allowed = new RegExp(version().one(SsmParameter).allowed_pattern);
    for (const tag of ["1.0.0", "1.4.2-3f9c0de", "_x"]) expect(tag).toMatch(allowed);
    for (const tag of ["", ".1", "a b", "a:b", "x".repeat(129)]) expect(tag).not.toMatch(allowed);
  });

  it("says how it is changed and read", () => {
    expect(version().document.output.facts.value).toEqual({
      path: "/shop/dev/version",
      arn: expect.stringMatching(/^\$\{aws_ssm_parameter\.version_parameter_\w+\.arn\}$/),
      deploy: "aws ssm put-parameter --region eu-west-1 --name /shop/dev/version --overwrite --value <version>",
      read: "aws ssm get-parameter --region eu-west-1 --name /shop/dev/version --query Parameter.Value --output text",
    });
  });

  it.each<[string, Partial<DeployedVersionProps>, string]>([
    ["a relative path", { path: "shop/version" }, "path must be a path of two parts or more"],
    [
      "a path of AWS",
      { path: "/aws/version" },
      'path must be a path of two parts or more, of which the first does not begin with aws or ssm, got "/aws/version"',
    ],
    ["a version that changes by itself", { first: "latest" }, "first must be a tag of up to 128 letters"],
    ["an image reference", { first: "shop:1.0.0" }, "first must be a tag of up to 128 letters"],
  ])("refuses %s", (_, props, message) => {
    expect(() => version(props)).toThrow(message);
  });
});
