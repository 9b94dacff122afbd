import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { DataAwsSsmParametersByPath } from "@cdktf/provider-aws/lib/data-aws-ssm-parameters-by-path";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { QuorumStep, type QuorumStepProps } from ".";

const step = (props: Partial<QuorumStepProps> = {}) =>
  synthesize((stack) => {
    const group = new AutoscalingGroup(stack, "group", { minSize: 1, maxSize: 1 });
    new QuorumStep(stack, "step", {
      ...{ path: "/shop/dev/masters", members: "masters", count: 5, quorum: 3, after: [group], ...props },
    });
  });

describe("a step of a quorum", () => {
  it("is noted once the members are made (bad input 96)", () => {
    const { insecure_value, name, depends_on } = step().one(SsmParameter);
    expect([name, JSON.parse(insecure_value)]).toEqual(["/shop/dev/masters/applied", { count: 5, quorum: 3 }]);
    expect(depends_on).toEqual(["aws_autoscaling_group.group"]);
  });

  it("is compared with what the last apply noted, and with nothing where there is none: one that cannot be read is refused", () => {
    const made = step();
    expect(made.one(DataAwsSsmParametersByPath)).toMatchObject({
      ...{ path: "/shop/dev/masters", with_decryption: false },
    });
    const [{ condition, error_message }] = made.one(SsmParameter).lifecycle.precondition;
    const before = "data.aws_ssm_parameters_by_path.step_before_842AE9DD";
    const note = `jsondecode(${before}.values[index(${before}.names, "/shop/dev/masters/applied")])`;
    expect(condition).toBe(
      `\${length(${before}.names) == 0 ? true : try(${note}.count == 5 || ${note}.quorum == 3, false)}`,
    );
    expect(error_message).toContain("change one, apply, replace all masters, then change the other.");
  });

  it.each<[Partial<QuorumStepProps>, string]>([
    [{ path: "masters" }, "path must be a path of two parts or more"],
    [{ path: "/aws/masters" }, "path must be a path of two parts or more"],
    [{ count: 0 }, "count must be a whole number from 1 to 255"],
    [{ quorum: 6 }, "quorum must be a whole number from 1 to 5"],
  ])("refuses %j", (props, message) => {
    expect(() => step(props)).toThrow(`test/step: ${message}`);
  });
});
