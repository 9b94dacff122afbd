import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Construct } from "constructs";
import { accept } from "../../src/core/accept";
import type { OnRemoval } from "../../src/core/removal";
import type { Statement } from "../machine-role";

export interface ElasticIpProps {
  /** Name of the system and its environment, such as `guestbook-mesos-dev`: first part of the name in AWS. */
  readonly name: string;
  /** Region of the address and of whoever moves it. */
  readonly region: string;
  /** Tag of the machines that may have the address, by key and value, on each machine and on its network interface. */
  readonly holders: { readonly key: string; readonly value: string };
  /**
   * With `keep`, Terraform refuses to plan the address's end: others know it.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/**
 * A public address that machines hand to each other by themselves. Terraform asks AWS for it and never says who has it: an apply after a
 * failover would otherwise move it back. While no machine has it, AWS bills it, and nobody answers there.
 */
export class ElasticIp extends Construct {
  /** `eipalloc-…`, by which machines take it. Known only after apply. */
  readonly allocationId: string;
  /** The address. Known only after apply; it stays. */
  readonly ipv4: string;
  /** What a machine must be allowed in order to take the address, and to let it go. */
  readonly moveStatements: readonly Statement[];

  constructor(scope: Construct, id: string, { name, region, holders, onRemoval = "keep" }: ElasticIpProps) {
    super(scope, id);
    const address = new Eip(this, "address", {
      domain: "vpc",
      tags: { Name: `${name}-${id}` },
      lifecycle: {
        // Who has it, AWS says and no code does, so no plan changes it. To ignore instance and network_interface would do harm: Terraform
        // would put both into the configuration once a machine has the address, of which the provider takes one.
        ignoreChanges: ["associate_with_private_ip"],
        preventDestroy: onRemoval === "keep" ? true : undefined,
      },
    });
    accept(
      address,
      "NET-10",
      "machines take this address by themselves, and Terraform must not know which of them has it",
    );
    this.allocationId = address.allocationId;
    this.ipv4 = address.publicIp;
    const actions = ["ec2:AssociateAddress", "ec2:DisassociateAddress"];
    this.moveStatements = [
      // AWS asks about each end: the address, the machine, and the interface that gets it.
      { actions, resources: [`arn:*:ec2:${region}:*:elastic-ip/${address.allocationId}`] },
      {
        actions,
        resources: ["instance", "network-interface"].map((kind) => `arn:*:ec2:${region}:*:${kind}/*`),
        conditions: { StringEquals: { [`aws:ResourceTag/${holders.key}`]: holders.value } },
      },
      // AWS knows no narrower resource: who has the address now.
      {
        actions: ["ec2:DescribeAddresses", "ec2:DescribeInstances"],
        resources: ["*"],
        conditions: { StringEquals: { "aws:RequestedRegion": region } },
      },
    ];
  }
}
