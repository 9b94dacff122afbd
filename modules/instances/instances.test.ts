import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformOutput, type TerraformStack, TerraformVariable } from "cdktf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { Instances, type InstancesProps } from ".";

const valid: InstancesProps = {
  name: "guestbook-dev",
  placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
  image: { amiId: "ami-0123456789abcdef0" },
  instanceType: "t3.small",
  count: 2,
  userData: "#cloud-config\npackages: [puppet-agent]\n",
  ports: 80,
};
const build = (stack: TerraformStack, props: Partial<InstancesProps> = {}) =>
  new Instances(stack, "web", { ...valid, ...props });
const instances = (props: Partial<InstancesProps> = {}) => synthesize((stack) => void build(stack, props));
const machines = (props: Partial<InstancesProps> = {}) => instances(props).all(Instance);
const template = (props: Partial<InstancesProps> = {}) => instances(props).one(LaunchTemplate);
const addresses = (props: Partial<InstancesProps> = {}) =>
  instances(props)
    .addresses()
    .filter((address) => address.startsWith("aws_instance."));

/** Who was registered, as `key=address`. */
function registered(props: Partial<InstancesProps>): string[] {
  const seen: string[] = [];
  const { document } = synthesize((stack) => {
    const register = (key: string, instanceId: string) => {
      seen.push(key);
      new TerraformOutput(stack, key, { value: instanceId });
    };
    build(stack, { ...props, registry: { register } });
  });
  return seen.map((key) => `${key}=${document.output[key].value.replace(/^\$\{aws_instance\.|_\w+\.id\}$/g, "")}`);
}

describe("instances", () => {
  it("are as many machines as are counted, in the zones in turn (S0-34)", () => {
    expect(machines().map(({ subnet_id }) => subnet_id)).toEqual(["subnet-a", "subnet-b"]);
    expect(machines({ count: 5 }).map(({ subnet_id }) => subnet_id)).toEqual(
      ["a", "b", "a", "b", "a"].map((zone) => `subnet-${zone}`),
    );
  });

  it("have addresses that no other number of machines moves (S0-38)", () => {
    expect(addresses()).toEqual([
      expect.stringMatching(/^aws_instance\.web_machine-1_/),
      expect.stringMatching(/^aws_instance\.web_machine-2_/),
    ]);
    expect(addresses({ count: 3 }).slice(0, 2)).toEqual(addresses());
  });

  it("differ in nothing but subnet and name, and read the same user data to the byte (S0-38)", () => {
    const [first, second, ...others] = machines();
    expect(others).toEqual([]);
    const alike = ({
      subnet_id,
      tags,
      root_block_device: { tags: _, ...root },
      ...machine
    }: typeof first & object) => ({
      ...machine,
      root,
    });
    expect(alike(first!)).toEqual(alike(second!));
    expect(first).not.toHaveProperty("user_data");
    expect(first).not.toHaveProperty("user_data_base64");
    expect(Buffer.from(template().user_data, "base64").toString()).toBe(valid.userData);
  });

  it("start from the template's version of their day (S0-35)", () => {
    expect(template()).toMatchObject({ image_id: "ami-0123456789abcdef0", instance_type: "t3.small" });
    expect(machines()[0]!.launch_template).toEqual({
      id: expect.stringMatching(/^\$\{aws_launch_template\.web_template_\w+\.id\}$/),
      version: expect.stringMatching(/^\$\{tostring\(aws_launch_template\.web_template_\w+\.latest_version\)\}$/),
    });
  });

  it("have no public address to ask for, no key, and one security group", () => {
    const [machine] = machines();
    expect(machine!.vpc_security_group_ids).toEqual([expect.stringContaining("web_connections_group")]);
    expect(template().vpc_security_group_ids).toEqual(machine!.vpc_security_group_ids);
    for (const key of ["key_name", "associate_public_ip_address"]) expect(machine).not.toHaveProperty(key);
    for (const key of ["key_name", "network_interfaces"]) expect(template()).not.toHaveProperty(key);
  });

  it("let nobody in or out until told to", () => {
    const { all } = instances();
    expect([...all(VpcSecurityGroupIngressRule), ...all(VpcSecurityGroupEgressRule)]).toEqual([]);
  });

  it("answer for their credentials to themselves only, and an apply sees to it", () => {
    const options = { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 };
    expect(template().metadata_options).toMatchObject(options);
    for (const machine of machines()) expect(machine.metadata_options).toEqual(options);
  });

  it("encrypt their root volume, also where somebody starts one from the template", () => {
    const props = { rootGib: 20, rootDevice: "/dev/sda1" };
    const ebs = { volume_size: 20, volume_type: "gp3", encrypted: "true", delete_on_termination: "true" };
    expect(template(props).block_device_mappings).toEqual([{ device_name: "/dev/sda1", ebs }]);
    expect(machines(props)[0]!.root_block_device).toMatchObject({
      ...{ volume_size: 20, volume_type: "gp3", encrypted: true, delete_on_termination: true },
    });
  });

  it("may do what their statements say, and boot only after they were granted it", () => {
    const { all } = instances({ statements: [{ actions: ["a:B"], resources: ["arn:x"] }] });
    expect(JSON.parse(all(IamRolePolicy)[0]!.policy).Statement).toEqual([
      { Effect: "Allow", Action: ["a:B"], Resource: ["arn:x"] },
    ]);
    expect(all(Instance)[0]!.depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.web_identity_session-manager_/),
      expect.stringMatching(/^aws_iam_role_policy\.web_identity_policy_/),
    ]);
  });

  it("are named one by one, with the same keys as in the template, so that no apply takes a tag away", () => {
    const tags = { backup: "$${daily}" };
    expect(template({ tags: { backup: "${daily}" } }).tag_specifications).toEqual(
      ["instance", "volume"].map((resource_type) => ({ resource_type, tags: { ...tags, Name: "guestbook-dev-web" } })),
    );
    const [, second] = machines({ tags: { backup: "${daily}" } });
    expect(second!.tags).toEqual({ ...tags, Name: "guestbook-dev-web-2" });
    expect(second!.root_block_device.tags).toEqual(second!.tags);
  });

  it("tell others their ids and their role", () => {
    const { document } = synthesize((stack) => {
      const { instanceIds, roleName, roleArn } = build(stack);
      new TerraformOutput(stack, "facts", { value: { instanceIds, roleName, roleArn } });
    });
    expect(document.output.facts.value).toEqual({
      instanceIds: {
        "machine-1": expect.stringMatching(/^\$\{aws_instance\.web_machine-1_\w+\.id\}$/),
        "machine-2": expect.stringMatching(/^\$\{aws_instance\.web_machine-2_\w+\.id\}$/),
      },
      roleName: expect.stringMatching(/^\$\{aws_iam_role\.\S+\.name\}$/),
      roleArn: expect.stringMatching(/^\$\{aws_iam_role\.\S+\.arn\}$/),
    });
  });
});

describe("instances in service", () => {
  it("are all of them, by one number (S0-26, S0-38)", () => {
    expect(registered({})).toEqual(["web-machine-1=web_machine-1", "web-machine-2=web_machine-2"]);
    expect(registered({ count: 3 })).toHaveLength(3);
  });

  it("are fewer where a machine is to answer its last requests before it goes, or its first tests before it comes", () => {
    expect(registered({ count: 3, inService: 2 })).toEqual(registered({}));
    expect(registered({ inService: 0 })).toEqual([]);
  });

  it("are nobody's where no registry is given", () => {
    expect(Object.keys(instances().document.resource)).not.toContain("aws_lb_target_group_attachment");
  });
});

describe("the replacement of instances", () => {
  it("is never an apply's doing: the provider would replace all of them at once", () => {
    for (const machine of machines()) {
      expect(machine.lifecycle).toEqual({ ignore_changes: ["launch_template", "subnet_id"] });
    }
  });

  it("is one command per machine", () => {
    let commands: Readonly<Record<string, string>> = {};
    const known = synthesize((stack) => {
      commands = build(stack).replaceCommands;
    }).addresses();
    expect(Object.keys(commands)).toEqual(["machine-1", "machine-2"]);
    for (const command of Object.values(commands)) expect(known).toContain(command.split("-replace=")[1]);
  });
});

describe("the user data of instances", () => {
  it("may hold values of other resources, beside text that stays as it is", () => {
    const { document, one } = synthesize((stack) => {
      const secret = new TerraformVariable(stack, "secret", { type: "string" });
      build(stack, { userData: `#!/bin/sh\necho "\${HOME}" ${secret.stringValue}\n` });
    });
    const [name, text] = Object.entries<string>(document.locals)[0]!;
    expect(one(LaunchTemplate).user_data).toBe(`\${base64encode(local.${name})}`);
    expect(text).toBe('#!/bin/sh\necho "${"$"}{HOME}" ${var.secret}\n');
  });

  it("reaches the machines unchanged, whatever is in it, and is none unless asked for", () => {
    expect(template({ userData: undefined })).not.toHaveProperty("user_data");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const script = `#!/bin/sh\n${text.replace(/[\0\r]/g, "")}`;
        expect(Buffer.from(template({ userData: script }).user_data, "base64").toString()).toBe(script);
      }),
      { numRuns: 10 },
    );
  });
});

describe("instances refuse", () => {
  const nowhere = { vpcId: "vpc-1", subnetIds: [] };
  it.each<[string, Partial<InstancesProps>, string]>([
    ["no subnet", { placement: nowhere }, "placement must be at least one subnet"],
    ["an unknown type", { instanceType: "t3.smal" }, "instanceType must be an EC2 instance type that Slipway knows"],
    ["no machine", { count: 0 }, "count must be a whole number from 1 to 100"],
    ["half a machine", { count: 1.5 }, "count must be a whole number from 1 to 100"],
    ["more in service than there are", { inService: 3 }, "inService must be a whole number from 0 to 2"],
    ["service nowhere", { inService: 1 }, "inService must be left out where no registry is given"],
    ["a root that holds no image", { rootGib: 4 }, "rootGib must be a whole number from 8 to 16384"],
    ["text that cloud-init ignores", { userData: "echo" }, "userData must be text that begins as cloud-init"],
    ["no port", { ports: 0 }, "ports must be a whole number from 1 to 65535"],
  ])("%s", (_, props, message) => {
    expect(() => instances(props)).toThrow(message);
  });
});
