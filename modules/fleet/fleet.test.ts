import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformOutput, type TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { Connections } from "../connections";
import { Fleet, type FleetProps } from ".";

const build = (stack: TerraformStack, props: Partial<FleetProps> = {}) =>
  new Fleet(stack, "machines", {
    name: "wordpress-dev",
    placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
    image: { amiId: "ami-0123456789abcdef0" },
    instanceType: "t3.small",
    min: 0,
    desired: 1,
    max: 30,
    ...props,
  });
const fleet = (props?: Partial<FleetProps>) => synthesize((stack) => void build(stack, props));
const group = (props?: Partial<FleetProps>) => fleet(props).one(AutoscalingGroup);
const template = (props?: Partial<FleetProps>) => fleet(props).one(LaunchTemplate);

/** All that Session Manager needs. No ssm:GetParameter: it would be every parameter of the account. */
const sessions = {
  Effect: "Allow",
  Action: [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  Resource: ["*"],
};

describe("a fleet", () => {
  it("keeps machines in number across the subnets of its placement (S2-09)", () => {
    expect(group()).toMatchObject({
      vpc_zone_identifier: ["subnet-a", "subnet-b"],
      min_size: 0,
      desired_capacity: 1,
      max_size: 30,
      health_check_type: "EC2",
      health_check_grace_period: 300,
      wait_for_capacity_timeout: "10m",
    });
  });

  it("carries the security groups of others beside its own (S1-37)", () => {
    const { one } = synthesize((stack) => {
      const member = {
        connections: new Connections(new Construct(stack, "member"), "connections", { vpcId: "vpc-1" }),
      };
      build(stack, { alsoAs: [member] });
    });
    expect(one(LaunchTemplate).network_interfaces[0].security_groups).toEqual([
      expect.stringContaining("connections_group"),
      expect.stringContaining("member_connections_group"),
    ]);
  });

  it("gives no machine a public address or a key, and one security group (S2-R04)", () => {
    expect(template()).not.toHaveProperty("key_name");
    expect(template().network_interfaces).toEqual([
      {
        associate_public_ip_address: "false",
        delete_on_termination: "true",
        device_index: 0,
        security_groups: [expect.stringContaining("machines_connections_group")],
      },
    ]);
  });

  it("lets nobody in or out until the stack says so (S2-11)", () => {
    const { all } = fleet({ ports: { from: 32_768, to: 65_535 } });
    expect([...all(VpcSecurityGroupIngressRule), ...all(VpcSecurityGroupEgressRule)]).toEqual([]);
  });

  it("gives each machine a public address only where asked for (S3-D04)", () => {
    const [given] = template({ publicAddress: true }).network_interfaces;
    expect(given).toMatchObject({ associate_public_ip_address: "true", security_groups: [expect.any(String)] });
  });

  it("answers for its credentials to itself only: version 2 of the metadata service, one hop", () => {
    expect(template().metadata_options).toEqual({
      http_endpoint: "enabled",
      http_tokens: "required",
      http_put_response_hop_limit: 1,
      instance_metadata_tags: "disabled",
    });
  });

  it("encrypts the root volume", () => {
    expect(template({ volumeGib: 50, rootDevice: "/dev/sda1" }).block_device_mappings).toEqual([
      {
        device_name: "/dev/sda1",
        ebs: { volume_size: 50, volume_type: "gp3", encrypted: "true", delete_on_termination: "true" },
      },
    ]);
  });

  it("is reached through Session Manager, and may do nothing else unless told so (S2-13, S2-R07)", () => {
    const { one, document } = fleet();
    expect(document.resource).not.toHaveProperty("aws_iam_role_policy_attachment");
    expect(JSON.parse(one(IamRolePolicy).policy).Statement).toEqual([sessions]);
    expect(JSON.parse(one(IamRole).assume_role_policy).Statement).toEqual([
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
    ]);
    expect(one(IamInstanceProfile)).toMatchObject({ name: "wordpress-dev-machines" });
  });

  it("may do what its statements say, under their conditions (S2-13)", () => {
    const conditions = { ArnEquals: { "ecs:cluster": "arn:c" } };
    const statements = [
      { actions: ["ecs:Poll"], resources: ["arn:x"], conditions },
      { actions: ["a:B"], resources: ["*"] },
    ];
    expect(
      fleet({ statements })
        .all(IamRolePolicy)
        .map(({ policy }) => JSON.parse(policy)),
    ).toEqual([
      {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["ecs:Poll"], Resource: ["arn:x"], Condition: conditions },
          { Effect: "Allow", Action: ["a:B"], Resource: ["*"] },
        ],
      },
      { Version: "2012-10-17", Statement: [sessions] },
    ]);
  });

  it("boots no machine before it was granted its rights, and ends the last before they go", () => {
    expect(group({ statements: [{ actions: ["a:B"], resources: ["*"] }] }).depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.machines_identity_session-manager_/),
      expect.stringMatching(/^aws_iam_role_policy\.machines_identity_policy_/),
    ]);
  });

  it("writes user data as cloud-init gets it, whatever is in it", () => {
    const userData = '#!/bin/sh\necho "${HOME} %{x} `id` \\n"\n';
    expect(Buffer.from(template({ userData }).user_data, "base64").toString()).toBe(userData);
    expect(template()).not.toHaveProperty("user_data");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const script = `#!/bin/sh\n${text.replace(/[\0\r]/g, "")}`;
        expect(Buffer.from(template({ userData: script }).user_data, "base64").toString()).toBe(script);
      }),
      { numRuns: 10 },
    );
  });
});

describe("the user data of a fleet", () => {
  it("may hold values of other resources, beside text that stays as it is", () => {
    const { document, one } = synthesize((stack) => {
      const secret = new TerraformVariable(stack, "secret", { type: "string" });
      build(stack, { userData: `#!/bin/sh\necho "\${HOME}" ${secret.stringValue}\n` });
    });
    const [name, text] = Object.entries<string>(document.locals)[0]!;
    expect(one(LaunchTemplate).user_data).toBe(`\${base64encode(local.${name})}`);
    expect(text).toBe('#!/bin/sh\necho "${"$"}{HOME}" ${var.secret}\n');
  });
});

describe("the user data of a fleet that must know its group", () => {
  it("is told the name of the group, before apply", () => {
    const { one } = fleet({ userData: ({ autoScalingGroupName }) => `#!/bin/sh\n# ${autoScalingGroupName}\n` });
    const text = Buffer.from(one(LaunchTemplate).user_data, "base64").toString();
    expect(text).toBe(`#!/bin/sh\n# ${one(AutoscalingGroup).name}\n`);
    expect(() => fleet({ userData: () => "echo" })).toThrow("test/machines: userData must be text that begins as");
  });
});

describe("what the machines of a fleet may do", () => {
  it("may name the group exactly, before apply", () => {
    const { one, all } = fleet({
      statements: ({ autoScalingGroupName }) => [
        {
          actions: ["autoscaling:CompleteLifecycleAction"],
          resources: [`arn:x:autoScalingGroupName/${autoScalingGroupName}`],
        },
      ],
    });
    const policy = all(IamRolePolicy).find(({ name }) => name !== "session-manager")!.policy;
    const [statement] = JSON.parse(policy).Statement;
    expect(statement.Resource).toEqual([`arn:x:autoScalingGroupName/${one(AutoscalingGroup).name}`]);
  });
});

describe("a fleet behind load balancers", () => {
  const targetGroups = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/50dc6c495c0c9188"];

  it("registers its machines in their target groups, and replaces those that they find ill (S4-40, S4-R07)", () => {
    expect(group({ targetGroups, healthCheckGraceSeconds: 600 })).toMatchObject({
      target_group_arns: targetGroups,
      health_check_type: "ELB",
      health_check_grace_period: 600,
    });
  });

  it("ends no machine for a service that fails, where asked not to", () => {
    expect(group({ targetGroups, healthCheckedBy: "machine" })).toMatchObject({
      target_group_arns: targetGroups,
      health_check_type: "EC2",
    });
  });

  it("is the same group as before, under the same name", () => {
    expect(group({ targetGroups }).name).toBe(group().name);
    expect(group()).not.toHaveProperty("target_group_arns");
  });
});

describe("the end of a machine in a fleet", () => {
  it("waits for what the machine has to hand over, but not for ever, where asked to", () => {
    const terminationHook = { name: "leave-swarm", timeoutSeconds: 300 };
    expect(fleet({ terminationHook }).one(AutoscalingLifecycleHook)).toEqual({
      name: "leave-swarm",
      autoscaling_group_name: expect.stringMatching(/^\$\{aws_autoscaling_group\.machines_group_\w+\.name\}$/),
      lifecycle_transition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeat_timeout: 300,
      default_result: "CONTINUE",
    });
  });

  it("waits for nothing unless asked to", () => {
    expect(fleet().all(AutoscalingLifecycleHook)).toEqual([]);
  });
});

describe("the start of a machine in a fleet", () => {
  const launchHook = { name: "join-swarm", timeoutSeconds: 900 };
  const launching = {
    name: "join-swarm",
    lifecycle_transition: "autoscaling:EC2_INSTANCE_LAUNCHING",
    heartbeat_timeout: 900,
    default_result: "ABANDON",
  };

  it("ends where the machine says so, from the first machine on, and otherwise is started over", () => {
    const { one } = fleet({ launchHook });
    expect(one(AutoscalingGroup).initial_lifecycle_hook).toEqual([launching]);
    expect(one(AutoscalingLifecycleHook)).toEqual({
      autoscaling_group_name: expect.stringMatching(/^\$\{aws_autoscaling_group\.machines_group_\w+\.name\}$/),
      ...launching,
    });
  });

  it("waits otherwise in place: for a change of the group's own hook the provider would make the group anew", () => {
    const later = { ...launchHook, timeoutSeconds: 600 };
    expect(group({ launchHook }).lifecycle.ignore_changes).toEqual(["initial_lifecycle_hook"]);
    expect(group({ launchHook: later }).name).toBe(group({ launchHook }).name);
    expect(fleet({ launchHook: later }).one(AutoscalingLifecycleHook).heartbeat_timeout).toBe(600);
    expect(group({ launchHook, sizeManagedBy: "ecs" }).lifecycle.ignore_changes).toEqual([
      ...["desired_capacity", "initial_lifecycle_hook"],
    ]);
  });

  it("waits for the first time, or no longer, in another group beside the old one", () => {
    expect(group({ launchHook }).name).not.toBe(group().name);
    expect(group()).not.toHaveProperty("initial_lifecycle_hook");
  });

  it("keeps an apply waiting, which counts machines in service, longer than the machine may take", () => {
    expect(group({ launchHook }).wait_for_capacity_timeout).toBe("1500s");
  });
});

describe("a new image, type or user data", () => {
  it("rolls out: the group names the number of the template's version, and refreshes when it changes (problem 3)", () => {
    expect(group().launch_template).toEqual({
      id: expect.stringMatching(/^\$\{aws_launch_template\.\w+\.id\}$/),
      version: expect.stringMatching(/^\$\{tostring\(aws_launch_template\.\w+\.latest_version\)\}$/),
    });
    expect(fleet().json).not.toMatch(/\$Latest|\$Default/);
    expect(group().instance_refresh).toMatchObject({ strategy: "Rolling" });
  });

  it("starts new machines before it ends old ones, and goes back by itself (problem 4)", () => {
    expect(group().instance_refresh.preferences).toEqual({
      min_healthy_percentage: 100,
      max_healthy_percentage: 110,
      instance_warmup: "120",
      auto_rollback: true,
      skip_matching: true,
      scale_in_protected_instances: "Wait",
    });
    expect(group().default_instance_warmup).toBe(120);
  });

  it("reaches machines that ECS protects from scale-in too (problem 3)", () => {
    expect(group({ sizeManagedBy: "ecs" }).instance_refresh.preferences.scale_in_protected_instances).toBe("Refresh");
  });

  it("changes neither the name of the group nor of the template, so that nothing is made anew", () => {
    const after = { image: { amiId: "ami-99999999" }, instanceType: "m7i.large", userData: "#!/bin/sh\n", max: 9 };
    expect(group(after).name).toBe(group().name);
    expect(template(after).name).toBe(template().name);
  });
});

describe("a generation of a fleet", () => {
  it("has a name of its own, so that its successor is created first (problem 1)", () => {
    expect(group().name).toMatch(/^wordpress-dev-machines-[0-9a-f]{6}$/);
    expect(group().lifecycle.create_before_destroy).toBe(true);
    expect(template()).toMatchObject({ name: group().name, lifecycle: { create_before_destroy: true } });
  });

  it.each<[string, Partial<FleetProps>]>([
    ["another kind of processor", { instanceType: "t4g.small" }],
    ["another manager of its size", { sizeManagedBy: "ecs" }],
    ["another name", { name: "wordpress-test" }],
  ])("ends with %s (problem 1)", (_, props) => {
    expect(group(props).name).not.toBe(group().name);
  });

  it("is known by name before apply, to a capacity provider that shares it (problem 1)", () => {
    const { document, one } = synthesize((stack) => {
      new TerraformOutput(stack, "generation", { value: build(stack).generation });
    });
    expect(document.output.generation.value).toBe(one(AutoscalingGroup).name);
  });
});

describe("the size of a fleet", () => {
  it("is ours unless ECS manages it: then desired is only where it starts, and no machine is ended under its tasks", () => {
    expect(group()).toMatchObject({ protect_from_scale_in: false });
    expect(group().lifecycle).not.toHaveProperty("ignore_changes");
    expect(group({ sizeManagedBy: "ecs" })).toMatchObject({
      protect_from_scale_in: true,
      desired_capacity: 1,
      lifecycle: { ignore_changes: ["desired_capacity"] },
    });
  });

  it("carries the mark that ECS sets, so that no apply takes it away (problem 9)", () => {
    const mark = { key: "AmazonECSManaged", value: "true", propagate_at_launch: true };
    expect(group({ sizeManagedBy: "ecs" }).tag).toContainEqual(mark);
    expect(group().tag).not.toContainEqual(mark);
  });
});

describe("the tags of a fleet", () => {
  it("reach group, machines and volumes as plain text (problem 9)", () => {
    const { one } = fleet({ tags: { project: "slip${way}" } });
    const tags = { project: "slip$${way}", Name: "wordpress-dev-machines" };
    expect(one(AutoscalingGroup).tag).toEqual([
      { key: "project", value: "slip$${way}", propagate_at_launch: true },
      { key: "Name", value: "wordpress-dev-machines", propagate_at_launch: true },
    ]);
    expect(one(LaunchTemplate).tag_specifications).toEqual([
      { resource_type: "instance", tags },
      { resource_type: "volume", tags },
    ]);
  });
});

describe("the removal of a fleet", () => {
  it("waits for its machines to end, unless all goes anyway (problem 2)", () => {
    expect(group().force_delete).toBe(false);
    expect(group({ onRemoval: "destroy" }).force_delete).toBe(true);
  });
});

describe("a fleet refuses", () => {
  it.each([
    [2, 1, 3],
    [0, 4, 3],
    [3, 3, 1],
    [-1, 0, 1],
    [0, 0, 0],
    [0, 1.5, 2],
    [0, 1, 5001],
    [0, Number.NaN, 2],
  ])("min %d, desired %d, max %d (bad input 72)", (min, desired, max) => {
    expect(() => fleet({ min, desired, max })).toThrow("test/machines: min, desired, max must be in ascending order");
  });

  it.each([7, 16_385, 30.5, Number.NaN])("a volume of %d GiB", (volumeGib) => {
    expect(() => fleet({ volumeGib })).toThrow("test/machines: volumeGib must be a whole number from 8 to 16384");
  });

  it("an unknown instance type, with suggestions (bad input 78)", () => {
    expect(() => fleet({ instanceType: "t9.micro" })).toThrow(
      'test/machines: instanceType must be an EC2 instance type that Slipway knows, got "t9.micro"; did you mean t2.micro',
    );
  });

  it.each([
    { minHealthyPercent: 101 },
    { minHealthyPercent: -1 },
    { maxHealthyPercent: 100 },
    { maxHealthyPercent: 201 },
    { minHealthyPercent: 50, maxHealthyPercent: 151 },
  ])("a refresh that cannot go on: %j", (refresh) => {
    expect(() => fleet({ refresh })).toThrow("test/machines: refresh must be minHealthyPercent from 0 to 100");
  });

  it.each<[string, Partial<FleetProps>]>([
    ["refresh.warmupSeconds", { refresh: { warmupSeconds: -1 } }],
    ["healthCheckGraceSeconds", { healthCheckGraceSeconds: 7201 }],
  ])("a %s out of range", (prop, props) => {
    expect(() => fleet(props)).toThrow(`test/machines: ${prop} must be whole seconds from 0 to 7200`);
  });

  it("user data over 16 KiB, counted in bytes (bad input 79)", () => {
    const userData = `#!/bin/sh\n${"é".repeat(8187)}`;
    expect(Buffer.byteLength(userData)).toBe(16_384);
    expect(template({ userData }).user_data).toBeDefined();
    expect(() => fleet({ userData: `${userData}x` })).toThrow(
      'test/machines: userData must be at most 16384 bytes, got "16385 bytes"',
    );
  });

  it.each(["#!/bin/sh\r\nid\r\n", "#!/bin/sh\n\0"])("user data with a stray character: %j", (userData) => {
    expect(() => fleet({ userData })).toThrow("test/machines: userData must be free of NUL and carriage return");
  });

  it.each([
    "echo hello",
    "",
    " #!/bin/sh",
    "# cloud-config",
  ])("user data that cloud-init would ignore: %j", (userData) => {
    expect(() => fleet({ userData })).toThrow(
      "test/machines: userData must be text that begins as cloud-init knows it",
    );
  });

  it.each<[string, object]>([
    ["name", { name: "leave swarm", timeoutSeconds: 300 }],
    ["timeoutSeconds", { name: "leave-swarm", timeoutSeconds: 29 }],
  ])("a hook without a sound %s", (prop, hook) => {
    for (const kind of ["launchHook", "terminationHook"]) {
      const props = { [kind]: hook } as Partial<FleetProps>;
      expect(() => fleet(props)).toThrow(`test/machines: ${kind}.${prop} must be`);
    }
  });

  it("two hooks of one name, of which AWS would keep the second", () => {
    const hook = { name: "swarm", timeoutSeconds: 300 };
    expect(() => fleet({ launchHook: hook, terminationHook: hook })).toThrow(
      "test/machines: terminationHook.name must be another name than launchHook's",
    );
  });
});
