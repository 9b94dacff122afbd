import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DataResource, TerraformOutput, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { Connections } from "../connections";
import { Slot, type SlotProps } from ".";

const valid: SlotProps = {
  name: "guestbook-dev",
  placement: { vpcId: "vpc-1", subnetIds: ["subnet-a"] },
  zone: "eu-west-1a",
  subnetCidr: "10.0.16.0/24",
  privateIp: "10.0.16.11",
  image: { amiId: "ami-0123456789abcdef0" },
  instanceType: "t3.medium",
  dataGib: 20,
  ports: 8140,
};
const slot = (props: Partial<SlotProps> = {}) =>
  synthesize((stack) => new Slot(stack, "puppet", { ...valid, ...props }));
const group = (props: Partial<SlotProps> = {}) => slot(props).one(AutoscalingGroup);
const template = (props: Partial<SlotProps> = {}) => slot(props).one(LaunchTemplate);
const statements = (props: Partial<SlotProps> = {}) =>
  slot(props)
    .all(IamRolePolicy)
    .flatMap(({ name, policy }) => (name === "session-manager" ? [] : JSON.parse(policy).Statement));

describe("a slot", () => {
  it("keeps exactly one machine, in its zone (S0-28)", () => {
    expect(group()).toMatchObject({
      availability_zones: ["eu-west-1a"],
      min_size: 1,
      desired_capacity: 1,
      max_size: 1,
      health_check_type: "EC2",
      suspended_processes: ["AZRebalance"],
    });
    // AWS refuses both together.
    expect(group()).not.toHaveProperty("vpc_zone_identifier");
  });

  it("gives each of its machines the same interface, hence the same address", () => {
    const { one } = slot();
    expect(one(NetworkInterface)).toMatchObject({ subnet_id: "subnet-a", private_ips: ["10.0.16.11"] });
    expect(one(LaunchTemplate).network_interfaces).toEqual([
      {
        device_index: 0,
        network_interface_id: expect.stringMatching(/^\$\{aws_network_interface\.puppet_interface_\w+\.id\}$/),
        delete_on_termination: "false",
      },
    ]);
  });

  it("has its security group on the interface, where AWS wants it, and nowhere else", () => {
    const { one } = slot();
    expect(one(NetworkInterface).security_groups).toEqual([expect.stringContaining("puppet_connections_group")]);
    expect(one(LaunchTemplate)).not.toHaveProperty("vpc_security_group_ids");
    expect(one(LaunchTemplate)).not.toHaveProperty("key_name");
  });

  it("carries the security groups of others beside its own (S1-37)", () => {
    const { one } = synthesize((stack) => {
      const member = {
        connections: new Connections(new Construct(stack, "member"), "connections", { vpcId: "vpc-1" }),
      };
      new Slot(stack, "puppet", { ...valid, alsoAs: [member] });
    });
    expect(one(NetworkInterface).security_groups).toEqual([
      expect.stringContaining("puppet_connections_group"),
      expect.stringContaining("member_connections_group"),
    ]);
  });

  it("shares the security group of a quorum, and has none of its own then (S1-32)", () => {
    const { one, all } = synthesize((stack) => {
      const quorum = {
        connections: new Connections(new Construct(stack, "quorum"), "connections", { vpcId: "vpc-1" }),
      };
      new Slot(stack, "puppet", { ...valid, memberOf: quorum });
    });
    expect(one(NetworkInterface).security_groups).toEqual([expect.stringContaining("quorum_connections_group")]);
    expect(all(SecurityGroup)).toHaveLength(1);
  });

  it("gets another interface with another address, as AWS takes the first address from none", () => {
    const { one, addresses } = slot();
    const [trigger] = one(NetworkInterface).lifecycle.replace_triggered_by;
    expect(addresses()).toContain(trigger);
    expect(one(DataResource).input).toEqual({ privateIp: "10.0.16.11" });
  });

  it("is reached by the security group of another, on its port", () => {
    const { one } = synthesize((stack) => {
      const web = { connections: new Connections(new Construct(stack, "web"), "connections", { vpcId: "vpc-1" }) };
      new Slot(stack, "puppet", valid).connections.allowFrom(web, "catalogues");
    });
    expect(one(VpcSecurityGroupIngressRule)).toMatchObject({ from_port: 8140, to_port: 8140 });
  });

  it("answers for its credentials to itself only, and encrypts its root volume", () => {
    expect(template({ rootGib: 16, rootDevice: "/dev/sda1" })).toMatchObject({
      metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
      block_device_mappings: [{ device_name: "/dev/sda1", ebs: { volume_size: 16, encrypted: "true" } }],
    });
  });

  it("boots no machine before it was granted its rights", () => {
    expect(group().depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.puppet_identity_session-manager_/),
      expect.stringMatching(/^aws_iam_role_policy\.puppet_identity_policy_/),
    ]);
  });

  it("carries its tags as plain text: on group, machine, interface and volumes", () => {
    const { one } = slot({ tags: { backup: "${daily}" } });
    const tags = { backup: "$${daily}", "slipway:slot": "guestbook-dev-puppet", Name: "guestbook-dev-puppet" };
    expect(one(AutoscalingGroup).tag).toEqual(
      Object.entries(tags).map(([key, value]) => ({ key, value, propagate_at_launch: true })),
    );
    expect(one(LaunchTemplate).tag_specifications).toEqual([
      { resource_type: "instance", tags },
      { resource_type: "volume", tags },
    ]);
    expect(one(NetworkInterface).tags).toEqual(tags);
    const data = { "slipway:data": "guestbook-dev", Name: "guestbook-dev-puppet-data" };
    expect(one(EbsVolume).tags).toEqual({ ...tags, ...data });
  });

  it("tells others where it is, and by which names AWS knows it", () => {
    const { document } = synthesize((stack) => {
      const { privateIp, autoScalingGroupName, roleName, roleArn, dataVolumeId } = new Slot(stack, "puppet", valid);
      new TerraformOutput(stack, "facts", {
        value: { privateIp, autoScalingGroupName, roleName, roleArn, dataVolumeId },
      });
    });
    expect(document.output.facts.value).toEqual({
      privateIp: "10.0.16.11",
      autoScalingGroupName: "guestbook-dev-puppet",
      roleName: expect.stringMatching(/^\$\{aws_iam_role\.\S+\.name\}$/),
      roleArn: expect.stringMatching(/^\$\{aws_iam_role\.\S+\.arn\}$/),
      dataVolumeId: expect.stringMatching(/^\$\{aws_ebs_volume\.puppet_data_\w+\.id\}$/),
    });
  });
});

describe("the replacement of the machine in a slot", () => {
  it("is never an apply's doing: several slots would be replaced at once", () => {
    expect(group()).not.toHaveProperty("instance_refresh");
    expect(group().launch_template).toEqual({
      id: expect.stringMatching(/^\$\{aws_launch_template\.puppet_template_\w+\.id\}$/),
      version: "$Latest",
    });
  });

  it("ends the old machine first: both cannot have the interface", () => {
    expect(group().instance_maintenance_policy).toEqual({ min_healthy_percentage: 0, max_healthy_percentage: 100 });
  });

  it("is one command, for one slot", () => {
    let command = "";
    const { one } = synthesize((stack) => {
      command = new Slot(stack, "puppet", valid).replaceCommand;
    });
    expect(command).toBe(
      `aws autoscaling start-instance-refresh --region eu-west-1 --auto-scaling-group-name ${one(AutoscalingGroup).name} --preferences MinHealthyPercentage=0,MaxHealthyPercentage=100`,
    );
  });

  it("follows the end of the old machine in any removal: its interface and volume must be free to go", () => {
    expect(group({ onRemoval: "destroy" })).toMatchObject({ force_delete: false });
  });
});

describe("the data volume of a slot", () => {
  it("is encrypted, in the machine's zone, and attached by no apply: the machine takes it at boot (S0-42)", () => {
    const { one, all } = slot();
    expect(one(EbsVolume)).toMatchObject({
      availability_zone: "eu-west-1a",
      size: 20,
      type: "gp3",
      encrypted: true,
    });
    expect(all(VolumeAttachment)).toEqual([]);
  });

  it("may be attached to machines of this slot, and nothing else may be", () => {
    const actions = ["ec2:AttachVolume", "ec2:DetachVolume"];
    expect(statements()).toEqual([
      {
        Effect: "Allow",
        Action: actions,
        Resource: [expect.stringMatching(/^\$\{aws_ebs_volume\.puppet_data_\w+\.arn\}$/)],
      },
      {
        Effect: "Allow",
        Action: actions,
        Resource: ["arn:*:ec2:*:*:instance/*"],
        Condition: { StringEquals: { "aws:ResourceTag/slipway:slot": "guestbook-dev-puppet" } },
      },
      { Effect: "Allow", Action: ["ec2:DescribeVolumes", "ec2:DescribeInstances"], Resource: ["*"] },
    ]);
    expect(template().tag_specifications[0].tags["slipway:slot"]).toBe("guestbook-dev-puppet");
  });

  it("is none where none is asked for, and there are no rights for one", () => {
    expect(slot({ dataGib: undefined }).all(EbsVolume)).toEqual([]);
    expect(statements({ dataGib: undefined })).toEqual([]);
    const read = { actions: ["secretsmanager:GetSecretValue"], resources: ["arn:x"] };
    expect(statements({ dataGib: undefined, statements: [read] })).toEqual([
      { Effect: "Allow", Action: read.actions, Resource: read.resources },
    ]);
  });

  it("is destroyed by no plan, unless asked otherwise", () => {
    expect(slot().one(EbsVolume)).toMatchObject({ final_snapshot: true, lifecycle: { prevent_destroy: true } });
    const gone = slot({ onRemoval: "destroy" }).one(EbsVolume);
    expect(gone.final_snapshot).toBe(false);
    expect(gone).not.toHaveProperty("lifecycle");
  });
});

describe("the user data of a slot", () => {
  it("names the data volume and other resources, and keeps every other text as it is", () => {
    const { document, one } = synthesize((stack) => {
      const secret = new TerraformVariable(stack, "secret", { type: "string" });
      new Slot(stack, "puppet", {
        ...valid,
        userData: ({ dataVolumeId }) => `#!/bin/sh\necho \${HOME} "%{x}" ${dataVolumeId} ${secret.stringValue}\n`,
      });
    });
    const [name, text] = Object.entries<string>(document.locals)[0]!;
    expect(one(LaunchTemplate).user_data).toBe(`\${base64encode(local.${name})}`);
    expect(text).toMatch(
      /^#!\/bin\/sh\necho \$\{"\$"\}\{HOME\} "%%\{x\}" \$\{aws_ebs_volume\.\w+\.id\} \$\{var\.secret\}\n$/,
    );
  });

  it("is none unless asked for, and knows of no volume where there is none", () => {
    expect(template()).not.toHaveProperty("user_data");
    const userData: SlotProps["userData"] = ({ dataVolumeId }) => `#!/bin/sh\n# ${dataVolumeId}\n`;
    const { user_data } = template({ dataGib: undefined, userData });
    expect(Buffer.from(user_data, "base64").toString()).toBe("#!/bin/sh\n# undefined\n");
  });
});

describe("a slot refuses", () => {
  it.each<[string, Partial<SlotProps>, string]>([
    ["two subnets", { placement: { vpcId: "vpc-1", subnetIds: ["a", "b"] } }, "placement must be exactly one subnet"],
    ["a zone id", { zone: "euw1-az1" }, "zone must be the name of an availability zone"],
    ["an unknown type", { instanceType: "t3.smal" }, "instanceType must be an EC2 instance type that Slipway knows"],
    ["an address outside its subnet", { privateIp: "10.0.17.11" }, "privateIp must be an IPv4 address in 10.0.16.0/24"],
    ["the address of the router", { privateIp: "10.0.16.1" }, "privateIp must be none of the first four addresses"],
    ["a subnet with host bits", { subnetCidr: "10.0.16.1/24" }, "subnetCidr must be the first address of its range"],
    ["a root that holds no image", { rootGib: 4 }, "rootGib must be a whole number from 8 to 16384"],
    ["no GiB", { dataGib: 0 }, "dataGib must be a whole number from 1 to 16384"],
    ["text that cloud-init ignores", { userData: () => "echo" }, "userData must be text that begins as cloud-init"],
    ["no port", { ports: 0 }, "ports must be a whole number from 1 to 65535"],
  ])("%s", (_, props, message) => {
    expect(() => slot(props)).toThrow(message);
  });
});
