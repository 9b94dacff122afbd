import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { MachineRole, type MachineRoleProps } from ".";

const valid: MachineRoleProps = { words: ["guestbook-dev", "web"], description: "Machines of web" };
const role = (props: Partial<MachineRoleProps> = {}) =>
  synthesize((stack) => new MachineRole(stack, "identity", { ...valid, ...props }));

describe("the role of machines", () => {
  it("is for EC2 to take, and lends its name to the profile that machines boot with", () => {
    const { one } = role();
    expect(one(IamRole)).toMatchObject({ name: "guestbook-dev-web", description: "Machines of web" });
    expect(JSON.parse(one(IamRole).assume_role_policy).Statement).toEqual([
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
    ]);
    expect(one(IamInstanceProfile)).toMatchObject({
      name: "guestbook-dev-web",
      role: expect.stringMatching(/^\$\{aws_iam_role\.identity_role_\w+\.name\}$/),
    });
  });

  it("lets machines be reached through Session Manager, and reads no parameter of the account for it", () => {
    const { Statement } = JSON.parse(role().one(IamRolePolicy).policy);
    expect(Statement).toEqual([
      {
        Effect: "Allow",
        Action: [
          "ssm:UpdateInstanceInformation",
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: ["*"],
      },
    ]);
  });

  it("allows what its statements say, under their conditions, in a policy of their own", () => {
    const conditions = { StringEquals: { "aws:ResourceTag/slipway:slot": "guestbook-dev-puppet" } };
    const { all } = role({ statements: [{ actions: ["ec2:AttachVolume"], resources: ["arn:x"], conditions }] });
    expect(all(IamRolePolicy).map(({ name }) => name)).toEqual(["guestbook-dev-web", "session-manager"]);
    expect(JSON.parse(all(IamRolePolicy)[0]!.policy).Statement).toEqual([
      { Effect: "Allow", Action: ["ec2:AttachVolume"], Resource: ["arn:x"], Condition: conditions },
    ]);
  });

  it("cuts a name that IAM would refuse", () => {
    expect(role({ words: ["guestbook-dev", "w".repeat(80)] }).one(IamRole).name).toHaveLength(64);
  });

  it("tells machines what to boot with, and what to wait for", () => {
    let grants = 0;
    const { document } = synthesize((stack) => {
      const made = new MachineRole(stack, "identity", {
        ...valid,
        statements: [{ actions: ["a:B"], resources: ["*"] }],
      });
      grants = made.grants.length;
      const { name, arn, profileName, profileArn } = made;
      new TerraformOutput(stack, "facts", { value: { name, arn, profileName, profileArn } });
    });
    expect(grants).toBe(2);
    expect(document.output.facts.value).toEqual({
      name: expect.stringMatching(/^\$\{aws_iam_role\.\S+\.name\}$/),
      arn: expect.stringMatching(/^\$\{aws_iam_role\.\S+\.arn\}$/),
      profileName: expect.stringMatching(/^\$\{aws_iam_instance_profile\.\S+\.name\}$/),
      profileArn: expect.stringMatching(/^\$\{aws_iam_instance_profile\.\S+\.arn\}$/),
    });
  });
});
