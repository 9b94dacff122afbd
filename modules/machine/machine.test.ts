import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DataResource, TerraformOutput, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { Connections } from "../connections";
import { Machine, type MachineProps } from ".";

const valid: MachineProps = {
  name: "wordpress-mysql-dev",
  placement: { vpcId: "vpc-1", subnetIds: ["subnet-a"] },
  zone: "eu-west-3a",
  subnetCidr: "10.0.0.0/24",
  privateIp: "10.0.0.151",
  image: { amiId: "ami-0123456789abcdef0" },
  instanceType: "t3.small",
  dataGib: 20,
  ports: 3306,
};
const machine = (props: Partial<MachineProps> = {}) =>
  synthesize((stack) => new Machine(stack, "database", { ...valid, ...props }));
const instance = (props: Partial<MachineProps> = {}) => machine(props).one(Instance);

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

describe("a machine", () => {
  it("is one EC2 instance of the image and type given (S3-06)", () => {
    expect(instance()).toMatchObject({ ami: "ami-0123456789abcdef0", instance_type: "t3.small" });
  });

  it("has the fixed address given, on an interface of its own, and no public one (S3-27, S3-R03)", () => {
    const { one } = machine();
    expect(one(NetworkInterface)).toMatchObject({ subnet_id: "subnet-a", private_ips: ["10.0.0.151"] });
    expect(one(Instance).network_interface).toEqual([
      {
        device_index: 0,
        network_interface_id: expect.stringMatching(/^\$\{aws_network_interface\.database_interface_\w+\.id\}$/),
        delete_on_termination: false,
      },
    ]);
    expect(one(Instance)).not.toHaveProperty("associate_public_ip_address");
  });

  it("keeps the address that AWS chose where none is given", () => {
    const { document } = synthesize((stack) => {
      const { privateIp } = new Machine(stack, "database", { ...valid, privateIp: undefined });
      new TerraformOutput(stack, "ip", { value: privateIp });
    });
    expect(document.output.ip.value).toMatch(/^\$\{aws_network_interface\.\w+\.private_ip\}$/);
  });

  it("gets another interface with another address, as AWS takes the first address from none", () => {
    const { one, addresses } = machine();
    const [trigger] = one(NetworkInterface).lifecycle.replace_triggered_by;
    expect(trigger).toMatch(/^terraform_data\.database_address_\w+$/);
    expect(addresses()).toContain(trigger);
    expect(one(DataResource).input).toEqual({ privateIp: "10.0.0.151" });
  });

  it("lets nobody in or out until told to (S3-28)", () => {
    const { all } = machine();
    expect([...all(VpcSecurityGroupIngressRule), ...all(VpcSecurityGroupEgressRule)]).toEqual([]);
  });

  it("is reached by the security group of another, on its port, in the same subnet (S3-02, S3-23, S3-26)", () => {
    const { one } = synthesize((stack) => {
      const web = { connections: new Connections(new Construct(stack, "web"), "connections", { vpcId: "vpc-1" }) };
      new Machine(stack, "database", valid).connections.allowFrom(web, "queries");
    });
    expect(one(VpcSecurityGroupIngressRule)).toMatchObject({
      from_port: 3306,
      to_port: 3306,
      referenced_security_group_id: expect.stringContaining("web_connections_group"),
      security_group_id: one(NetworkInterface).security_groups[0],
    });
  });

  it("answers for its credentials to itself only: version 2 of the metadata service, one hop", () => {
    expect(instance().metadata_options).toEqual({
      http_endpoint: "enabled",
      http_tokens: "required",
      http_put_response_hop_limit: 1,
    });
  });

  it("is reached through Session Manager, and may do nothing else unless told so", () => {
    const { one, document } = machine();
    expect(document.resource).not.toHaveProperty("aws_iam_role_policy_attachment");
    expect(JSON.parse(one(IamRolePolicy).policy).Statement).toEqual([sessions]);
    expect(JSON.parse(one(IamRole).assume_role_policy).Statement).toEqual([
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
    ]);
    expect(one(IamInstanceProfile).name).toBe("wordpress-mysql-dev-database");
    expect(one(Instance)).not.toHaveProperty("key_name");
  });

  it("may read its secret where its statements say so, before it boots (S3-D05, S3-W06)", () => {
    const statements = [{ actions: ["secretsmanager:GetSecretValue"], resources: ["arn:x"] }];
    const { one, all } = machine({ statements });
    expect(all(IamRolePolicy).map(({ policy }) => JSON.parse(policy).Statement)).toEqual([
      [{ Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: ["arn:x"] }],
      [sessions],
    ]);
    expect(one(Instance).depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.database_identity_session-manager_/),
      expect.stringMatching(/^aws_iam_role_policy\.database_identity_policy_/),
    ]);
  });

  it("is named, tagged and measured every five minutes, or as asked", () => {
    expect(instance()).toMatchObject({ monitoring: false, tags: { Name: "wordpress-mysql-dev-database" } });
    expect(instance({ detailedMonitoring: true, tags: { backup: "${daily}" } })).toMatchObject({
      monitoring: true,
      tags: { Name: "wordpress-mysql-dev-database", backup: "$${daily}" },
    });
  });

  it("tells others where it is and by which names AWS knows it", () => {
    const { document } = synthesize((stack) => {
      const { privateIp, instanceId, roleName, dataVolumeId } = new Machine(stack, "database", valid);
      new TerraformOutput(stack, "facts", { value: { privateIp, instanceId, roleName, dataVolumeId } });
    });
    expect(document.output.facts.value).toEqual({
      privateIp: "10.0.0.151",
      instanceId: expect.stringMatching(/^\$\{aws_instance\.database_instance_\w+\.id\}$/),
      roleName: expect.stringMatching(/^\$\{aws_iam_role\.\S+\.name\}$/),
      dataVolumeId: expect.stringMatching(/^\$\{aws_ebs_volume\.database_data_\w+\.id\}$/),
    });
  });
});

describe("the disks of a machine", () => {
  it("are encrypted, and the root goes with the machine (S3-R03)", () => {
    expect(instance().root_block_device).toMatchObject({
      volume_type: "gp3",
      volume_size: 8,
      encrypted: true,
      delete_on_termination: true,
    });
    expect(machine().one(EbsVolume)).toMatchObject({
      availability_zone: "eu-west-3a",
      size: 20,
      type: "gp3",
      encrypted: true,
    });
  });

  it("are only the root where no data volume is asked for", () => {
    const { all } = machine({ dataGib: undefined });
    expect([...all(EbsVolume), ...all(VolumeAttachment)]).toEqual([]);
  });

  it("outlive the machine: neither volume nor interface depends on it (R-18)", () => {
    const { one } = machine({ userData: ({ dataVolumeId }) => `#!/bin/sh\nmount ${dataVolumeId}\n` });
    expect(JSON.stringify([one(EbsVolume), one(NetworkInterface)])).not.toContain("aws_instance");
    expect(one(VolumeAttachment)).toMatchObject({
      volume_id: expect.stringContaining("aws_ebs_volume"),
      instance_id: expect.stringContaining("aws_instance"),
    });
  });

  it("hold data that no plan destroys, unless asked otherwise (S3-W15, problem 23)", () => {
    expect(machine().one(EbsVolume)).toMatchObject({ final_snapshot: true, lifecycle: { prevent_destroy: true } });
    const gone = machine({ onRemoval: "destroy" }).one(EbsVolume);
    expect(gone.final_snapshot).toBe(false);
    expect(gone).not.toHaveProperty("lifecycle");
  });
});

describe("the replacement of a machine", () => {
  it("follows a new image or new user data", () => {
    expect(instance()).toMatchObject({ user_data_replace_on_change: true });
  });

  it("is refused by AWS where data is kept, and leaves the machine at work with its volume until then", () => {
    const { one } = machine();
    expect(one(Instance).disable_api_termination).toBe(true);
    expect(one(VolumeAttachment)).toMatchObject({ skip_destroy: true });
    expect(one(VolumeAttachment)).not.toHaveProperty("stop_instance_before_detaching");
  });

  it.each<Partial<MachineProps>>([
    { replacement: "allowed" },
    { onRemoval: "destroy" },
  ])("stops the machine before it takes its volume, where allowed: %j", (props) => {
    const { one } = machine(props);
    expect(one(Instance).disable_api_termination).toBe(false);
    expect(one(VolumeAttachment)).toMatchObject({ stop_instance_before_detaching: true });
    expect(one(VolumeAttachment)).not.toHaveProperty("skip_destroy");
  });

  it("loses no data by being allowed", () => {
    expect(machine({ replacement: "allowed" }).one(EbsVolume).lifecycle).toEqual({ prevent_destroy: true });
  });
});

describe("the user data of a machine", () => {
  it("names the data volume and other resources, and keeps every other text as it is", () => {
    const { one } = synthesize((stack) => {
      const secret = new TerraformVariable(stack, "secret", { type: "string" });
      new Machine(stack, "database", {
        ...valid,
        userData: ({ dataVolumeId }) =>
          `#!/bin/sh\necho \${HOME} %{x} $\{TfToken ${dataVolumeId} ${secret.stringValue}\n`,
      });
    });
    expect(one(Instance).user_data).toMatch(
      /^#!\/bin\/sh\necho \$\{"\$"\}\{HOME\} %%\{x\} \$\{"\$"\}\{TfToken \$\{aws_ebs_volume\.\w+\.id\} \$\{var\.secret\}\n$/,
    );
  });

  it("reaches the machine unchanged, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (text) => {
        const script = `#!/bin/sh\n${text.replace(/[\0\r]/g, "")}`;
        // What Terraform makes of a string without values.
        const read = (written: string) => written.replace(/([$%])\1\{/g, "$1{");
        expect(read(instance({ userData: () => script }).user_data)).toBe(script);
      }),
      { numRuns: 20 },
    );
  });

  it("is none unless asked for, and knows of no volume where there is none", () => {
    expect(instance()).not.toHaveProperty("user_data");
    const userData: MachineProps["userData"] = ({ dataVolumeId }) => `#!/bin/sh\n# ${dataVolumeId}\n`;
    expect(instance({ dataGib: undefined, userData }).user_data).toBe("#!/bin/sh\n# undefined\n");
  });
});

describe("a machine refuses", () => {
  it.each<[string, Partial<MachineProps>, string]>([
    ["two subnets", { placement: { vpcId: "vpc-1", subnetIds: ["a", "b"] } }, "placement must be exactly one subnet"],
    ["a zone id", { zone: "euw3-az1" }, "zone must be the name of an availability zone"],
    ["an unknown type", { instanceType: "t3.smal" }, "instanceType must be an EC2 instance type that Slipway knows"],
    [
      "an address outside its subnet",
      { privateIp: "10.0.1.151" },
      'privateIp must be an IPv4 address in 10.0.0.0/24, got "10.0.1.151"',
    ],
    ["the address of the router", { privateIp: "10.0.0.1" }, "privateIp must be none of the first four addresses"],
    ["the last address", { privateIp: "10.0.0.255" }, "privateIp must be none of the first four addresses"],
    ["a subnet with host bits", { subnetCidr: "10.0.0.1/24" }, "subnetCidr must be the first address of its range"],
    ["a root that holds no image", { rootGib: 4 }, "rootGib must be a whole number from 8 to 16384"],
    ["half a GiB", { dataGib: 0.5 }, "dataGib must be a whole number from 1 to 16384"],
    ["no GiB", { dataGib: 0 }, "dataGib must be a whole number from 1 to 16384"],
    ["text that cloud-init ignores", { userData: () => "echo" }, "userData must be text that begins as cloud-init"],
    ["no port", { ports: 0 }, "ports must be a whole number from 1 to 65535"],
  ])("%s", (_, props, message) => {
    expect(() => machine(props)).toThrow(message);
  });
});
