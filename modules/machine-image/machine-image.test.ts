import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { MachineImage, type MachineImageSource } from ".";

const image = (source: MachineImageSource) =>
  synthesize((stack) => {
    new TerraformOutput(stack, "ami", { value: new MachineImage(stack, "image", source).amiId });
  });

const name = "al2023-ami-ecs-hvm-2023.0.20260108-kernel-6.1-x86_64";
const parameter = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id";
const ids = { "eu-west-1": "ami-0123456789abcdef0", "us-east-1": "ami-01234567" };

describe("a machine image", () => {
  it("is found by its exact name, available, from one owner (problem 5)", () => {
    const { one, document } = image({ name, owner: "amazon" });
    expect(one(DataAwsAmi)).toMatchObject({
      owners: ["amazon"],
      most_recent: true,
      filter: [
        { name: "name", values: [name] },
        { name: "state", values: ["available"] },
      ],
    });
    expect(document.output.ami.value).toMatch(
      /^\$\{data\.aws_ami\.image_al2023-ami-ecs-hvm-2023-0-20260108-kernel-6-1-x86-64_\w+\.id\}$/,
    );
  });

  it("is of one architecture where asked (problem 5, bad input 64)", () => {
    expect(image({ name, owner: "self", architecture: "arm64" }).one(DataAwsAmi).filter).toContainEqual({
      name: "architecture",
      values: ["arm64"],
    });
  });

  it("is read from a public parameter in every region, in plain sight of the plan (S2-W01)", () => {
    const { one, document, all } = image({ parameter });
    expect(one(DataAwsSsmParameter)).toMatchObject({ name: parameter });
    expect(document.output.ami.value).toMatch(/^\$\{data\.aws_ssm_parameter\.\w+\.insecure_value\}$/);
    expect(all(DataAwsAmi)).toEqual([]);
  });

  it.each(Object.entries(ids))("comes from a map of AMIs: in %s it is %s (S2-W01)", (region, amiId) => {
    const { document } = image({ ids, region });
    expect(document.output.ami.value).toBe(amiId);
    expect(document.data).toBeUndefined();
  });

  it.each<[string, MachineImageSource]>([
    ["a name", { name, owner: "amazon" }],
    ["a parameter", { parameter }],
  ])("is the same for %s with and without the region that a stack gives to every source", (_, source) => {
    expect(image({ region: "eu-west-1", ...source }).json).toEqual(image(source).json);
  });

  it.each([["al2023-ami-*"], ["ab"], ["what?"], [""], ["x".repeat(129)]])("refuses %j as a name", (wrong) => {
    expect(() => image({ name: wrong, owner: "amazon" })).toThrow("test/image: name must be the exact name of an AMI");
  });

  it.each([["*"], [""], ["Amazon"], ["1234"]])("refuses %j as an owner (problem 5)", (owner) => {
    expect(() => image({ name, owner })).toThrow("test/image: owner must be amazon, self or an account number");
  });

  it.each([
    ["aws/service"],
    ["/aws//x"],
    ["/"],
    ["/a b"],
    ["/aws/x/recommended"],
    ["ami-01234567"],
  ])("refuses %j as a parameter", (wrong) => {
    expect(() => image({ parameter: wrong })).toThrow("test/image: parameter must be the full path");
  });

  it.each([
    ["ami-123"],
    ["ami-0123456789ABCDEF0"],
    ["ami-012345678"],
    [""],
  ])("refuses %j as an id (bad input 78)", (wrong) => {
    expect(() => image({ ids: { ...ids, "eu-west-2": wrong }, region: "eu-west-1" })).toThrow(
      "test/image: ids.eu-west-2 must be an AMI id",
    );
  });

  it.each([["eu-west-2"], ["constructor"]])("refuses a map without its region, %s (S2-W01)", (region) => {
    expect(() => image({ ids, region })).toThrow(
      `test/image: ids must be a map with an image for ${region}, got ["eu-west-1","us-east-1"]`,
    );
  });
});
