import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { Connections } from "../connections";
import { type FrontEndPlace, FrontEnds, type FrontEndsProps } from ".";

const place = (letter: string, range: string): FrontEndPlace => ({
  ...{ subnetId: `subnet-${letter}`, zone: `eu-west-1${letter}` },
  ...{ subnetCidr: `${range}.0/24`, privateIp: `${range}.16` },
});
const machines = { "fe-1": place("a", "10.0.8"), "fe-2": place("b", "10.0.16") };
const valid: FrontEndsProps = {
  ...{ name: "guestbook-mesos-dev", vpcId: "vpc-1", machines, image: { amiId: "ami-0123456789abcdef0" } },
  instanceType: "t3.small",
  userData: ({ key }) => `#cloud-config\n{"hostname":"${key}"}\n`,
};
const frontends = (props: Partial<FrontEndsProps> = {}) =>
  synthesize((stack) => void new FrontEnds(stack, "frontends", { ...valid, ...props }));

describe("front ends", () => {
  it("stand at addresses that the others know, and have public ones of their own (S1-45, S1-46)", () => {
    expect(
      frontends()
        .all(Instance)
        .map(({ subnet_id, private_ip, associate_public_ip_address }) => {
          return [subnet_id, private_ip, associate_public_ip_address];
        }),
    ).toEqual([
      ["subnet-a", "10.0.8.16", true],
      ["subnet-b", "10.0.16.16", true],
    ]);
  });

  it("are made anew by no apply: not for a new image, and not when the Elastic IP has moved (S1-45)", () => {
    for (const { lifecycle, launch_template } of frontends().all(Instance)) {
      expect(lifecycle).toEqual({ ignore_changes: ["launch_template", "associate_public_ip_address"] });
      expect(launch_template.version).toMatch(/latest_version/);
    }
  });

  it("are replaced by a command for each", () => {
    const { document, addresses } = synthesize((stack) => {
      const value = new FrontEnds(stack, "frontends", valid).replaceCommands;
      new TerraformOutput(stack, "commands", { value });
    });
    const commands: string[] = Object.values(document.output.commands.value);
    expect(commands).toHaveLength(2);
    for (const command of commands) expect(addresses()).toContain(command.replace("terraform apply -replace=", ""));
  });

  it("are told who they are, each in its own user data (S1-44)", () => {
    const names = frontends()
      .all(LaunchTemplate)
      .map(({ user_data }) => Buffer.from(user_data, "base64").toString());
    expect(names).toEqual(["fe-1", "fe-2"].map((key) => `#cloud-config\n{"hostname":"${key}"}\n`));
  });

  it("carry the tag by which they may have an address on machine and interface alike (S1-45)", () => {
    for (const { tag_specifications } of frontends().all(LaunchTemplate)) {
      expect(tag_specifications.map((one: { resource_type: string }) => one.resource_type)).toEqual([
        ...["instance", "volume", "network-interface"],
      ]);
      for (const { tags } of tag_specifications) {
        expect(tags).toMatchObject({ "slipway:front-ends": "guestbook-mesos-dev" });
      }
    }
  });

  it("carry the security groups of others beside their own", () => {
    const { all } = synthesize((stack) => {
      const member = {
        connections: new Connections(new Construct(stack, "member"), "connections", { vpcId: "vpc-1" }),
      };
      new FrontEnds(stack, "frontends", { ...valid, alsoAs: [member] });
    });
    for (const { vpc_security_group_ids } of [...all(Instance), ...all(LaunchTemplate)]) {
      expect(vpc_security_group_ids).toEqual([
        expect.stringContaining("frontends_connections_group"),
        expect.stringContaining("member_connections_group"),
      ]);
    }
  });

  it("answer for their credentials to themselves only, on an encrypted volume, and are recovered by AWS", () => {
    for (const machine of frontends({ rootGib: 16 }).all(Instance)) {
      expect(machine).toMatchObject({
        metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
        root_block_device: { encrypted: true, volume_size: 16 },
        maintenance_options: { auto_recovery: "default" },
      });
    }
  });

  it("tell what there is to watch of each", () => {
    const { watched } = ((): FrontEnds => {
      let made: FrontEnds | undefined;
      synthesize((stack) => {
        made = new FrontEnds(stack, "frontends", valid);
      });
      return made!;
    })();
    expect(watched.alarms.map(({ key }) => key)).toEqual(expect.arrayContaining(["fe-1-status", "fe-2-status"]));
  });

  it("may do in AWS what is said, and be reached", () => {
    const read = { actions: ["secretsmanager:GetSecretValue"], resources: ["arn:x"] };
    const policies = frontends({ statements: [read] })
      .all(IamRolePolicy)
      .map(({ policy }) => JSON.parse(policy).Statement);
    expect(policies).toContainEqual([{ Effect: "Allow", Action: read.actions, Resource: read.resources }]);
  });

  it.each<[string, Partial<FrontEndsProps>, string]>([
    ["one alone", { machines: { "fe-1": machines["fe-1"] } }, "machines must be two machines or more"],
    ["one address twice", { machines: { a: machines["fe-1"], b: machines["fe-1"] } }, "an address of its own for each"],
    [
      "a name that is none of a host",
      { machines: { ...machines, FE: place("c", "10.0.24") } },
      "machines must be names of",
    ],
    [
      "an address outside its subnet",
      { machines: { ...machines, "fe-2": { ...machines["fe-2"], privateIp: "10.0.8.17" } } },
      "machines.fe-2.privateIp must be an IPv4 address in 10.0.16.0/24",
    ],
    ["an unknown type", { instanceType: "t3.smal" }, "instanceType must be an EC2 instance type that Slipway knows"],
    ["a root that holds no image", { rootGib: 4 }, "rootGib must be a whole number from 8 to 16384"],
    ["text that cloud-init ignores", { userData: () => "echo" }, "userData must be text that begins as cloud-init"],
  ])("refuse %s", (_, props, message) => expect(() => frontends(props)).toThrow(message));
});
