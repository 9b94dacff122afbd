import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { ElasticIp, type ElasticIpProps } from ".";

const valid: ElasticIpProps = {
  name: "guestbook-mesos-dev",
  region: "eu-west-1",
  holders: { key: "slipway:front-ends", value: "guestbook-mesos-dev" },
};
const address = (props: Partial<ElasticIpProps> = {}) =>
  synthesize((stack) => void new ElasticIp(stack, "entrance", { ...valid, ...props }));

describe("an Elastic IP", () => {
  it("is asked for and given to nobody: machines hand it to each other (S1-45)", () => {
    const { one, all } = address();
    expect(one(Eip)).toMatchObject({ domain: "vpc", tags: { Name: "guestbook-mesos-dev-entrance" } });
    for (const owner of ["instance", "network_interface"]) expect(one(Eip)).not.toHaveProperty(owner);
    expect(all(EipAssociation)).toEqual([]);
  });

  it("is left where it is by an apply after a failover (S1-45)", () => {
    // The provider refuses both of instance and network_interface at once, which ignoring them would write.
    expect(address().one(Eip).lifecycle).toEqual({
      ...{ ignore_changes: ["associate_with_private_ip"], prevent_destroy: true },
    });
  });

  it("may go where everything may", () => {
    expect(address({ onRemoval: "destroy" }).one(Eip).lifecycle).not.toHaveProperty("prevent_destroy");
  });

  it("is moved by machines of one tag, this one address alone (S1-45)", () => {
    const { document } = synthesize((stack) => {
      const { moveStatements, allocationId, ipv4 } = new ElasticIp(stack, "entrance", valid);
      new TerraformOutput(stack, "facts", { value: { moveStatements, allocationId, ipv4 } });
    });
    const { moveStatements, allocationId, ipv4 } = document.output.facts.value;
    expect(allocationId).toMatch(/^\$\{aws_eip\.entrance_address_\w+\.allocation_id\}$/);
    expect(ipv4).toMatch(/^\$\{aws_eip\.entrance_address_\w+\.public_ip\}$/);
    const actions = ["ec2:AssociateAddress", "ec2:DisassociateAddress"];
    expect(moveStatements).toEqual([
      { actions, resources: [`arn:*:ec2:eu-west-1:*:elastic-ip/${allocationId}`] },
      {
        actions,
        resources: ["arn:*:ec2:eu-west-1:*:instance/*", "arn:*:ec2:eu-west-1:*:network-interface/*"],
        conditions: { StringEquals: { "aws:ResourceTag/slipway:front-ends": "guestbook-mesos-dev" } },
      },
      {
        actions: ["ec2:DescribeAddresses", "ec2:DescribeInstances"],
        resources: ["*"],
        conditions: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
      },
    ]);
  });
});
