import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { type Ports, portsText, validPorts } from "../../src/core/ports";

/** Anything that others can be allowed to talk to. */
export interface Connectable {
  readonly connections: Connections;
}

export interface ConnectionsProps {
  readonly vpcId: string;
  /**
   * TCP ports the owner listens on: one number, or a range with both ends included.
   * @default - none: the owner only makes calls
   */
  readonly ports?: Ports;
}

/**
 * The security group of one thing. Closed in both directions until someone is allowed in or out.
 *
 * Each arrow is one `aws_vpc_security_group_*_rule` with one peer and an address made of the peers' ids. Rules inside the
 * group itself are never used: Terraform would then remove the arrows at the next apply.
 */
export class Connections extends Construct {
  readonly securityGroupId: string;
  private readonly ports: Ports | undefined;

  constructor(scope: Construct, id: string, { vpcId, ports }: ConnectionsProps) {
    super(scope, id);
    if (ports !== undefined && !validPorts(ports)) {
      throw new InvalidProps(this, {
        prop: "ports",
        got: ports,
        want: "a whole number from 1 to 65535, or a range of two with from <= to",
        fix: "name the ports that the owner listens on",
      });
    }
    this.ports = ports;
    this.securityGroupId = new SecurityGroup(this, "group", {
      vpcId,
      namePrefix: `${scope.node.path.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-`.slice(-64).replace(/^sg-|^-+/, ""),
      // Immutable in AWS: never put into it what may change.
      description: describe(`network access of ${scope.node.path}`),
      // A group in use cannot be deleted, so its successor comes first and its rules go with it.
      revokeRulesOnDelete: true,
      tags: { Name: scope.node.path },
      lifecycle: { createBeforeDestroy: true },
    }).id;
  }

  /**
   * Lets `peer` open connections to this thing's ports: one rule on each side.
   * `reason` ends up in the AWS console.
   */
  allowFrom(peer: Connectable, reason: string): void {
    const { connections } = peer;
    const rule = this.rule(`${connections.owner} to ${this.owner}: ${reason}`);
    new VpcSecurityGroupIngressRule(this, `from-${connections.owner}`, {
      ...rule,
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: connections.securityGroupId,
    });
    new VpcSecurityGroupEgressRule(connections, `to-${this.owner}`, {
      ...rule,
      securityGroupId: connections.securityGroupId,
      referencedSecurityGroupId: this.securityGroupId,
    });
  }

  /** Lets an address range, such as an office or a VPN, open connections to this thing's ports. `name` is its address. */
  allowFromAddresses(name: string, cidr: string, reason: string): void {
    new VpcSecurityGroupIngressRule(this, `from-${name}`, {
      ...this.rule(`${name} to ${this.owner}: ${reason}`),
      securityGroupId: this.securityGroupId,
      ...(cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr }),
    });
  }

  /**
   * Lets the whole internet (IPv4) open connections to `port`, by default to all of this thing's ports.
   * @returns the rule, for whoever has to account for it
   */
  allowFromInternet(reason: string, port: Ports | undefined = this.ports): VpcSecurityGroupIngressRule {
    const rule = this.rule(`internet to ${this.owner}: ${reason}`, port);
    // The port is part of the address: a rule that changed its port could meet the one that takes its old port over.
    return new VpcSecurityGroupIngressRule(
      this,
      `from-internet-${portsText({ from: rule.fromPort, to: rule.toPort })}`,
      {
        ...rule,
        securityGroupId: this.securityGroupId,
        cidrIpv4: "0.0.0.0/0",
      },
    );
  }

  /** Lets this thing call HTTPS endpoints anywhere: image registries, AWS APIs. */
  allowToInternet(reason: string): void {
    new VpcSecurityGroupEgressRule(this, "to-internet", {
      ...this.rule(`${this.owner} to internet: ${reason}`, 443),
      securityGroupId: this.securityGroupId,
      cidrIpv4: "0.0.0.0/0",
    });
  }

  private rule(description: string, ports = this.ports) {
    if (ports === undefined) {
      throw new InvalidProps(this, {
        prop: "ports",
        got: ports,
        want: "the TCP ports that its owner listens on",
        fix: "give the owner ports, or allow nobody in",
      });
    }
    const { from, to } = typeof ports === "number" ? { from: ports, to: ports } : ports;
    return { ipProtocol: "tcp", fromPort: from, toPort: to, description: describe(description) };
  }

  private get owner(): string {
    return this.node.scope!.node.id;
  }
}

/**
 * Text that AWS accepts as a description of a group or a rule.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
 */
function describe(text: string): string {
  return text.replace(/[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/g, " ").slice(0, 255);
}
