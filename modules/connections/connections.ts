import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { accept } from "../../src/core/accept";
import { InvalidProps } from "../../src/core/invalid-props";
import { type Ports, portsText, samePorts } from "../../src/core/ports";
import { type Passable, parsePassable } from "../../src/core/protocol-ports";
import type { ConnectionsProps } from "./props";
import { addresses, checkPorts, describe, passageFor, refuseTwins, ruleFor } from "./rule";

/** Anything that others can be allowed to talk to. */
export interface Connectable {
  readonly connections: Connections;
}

/**
 * The security group of one thing. Closed in both directions until someone is allowed in or out. Each arrow is one `aws_vpc_security_group_*_rule` with one peer and an address made of the peers' ids. Rules inside the
 * group itself are never used: Terraform would then remove the arrows at the next apply.
 */
export class Connections extends Construct {
  readonly securityGroupId: string;
  private readonly ports: Ports | undefined;

  constructor(scope: Construct, id: string, { vpcId, ports }: ConnectionsProps) {
    super(scope, id);
    if (ports !== undefined) checkPorts(this, ports);
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
   * Lets `peer` open connections to this thing's ports: one rule on each side. Other ports than its own are part of the
   * rules' addresses, so that there may be a second arrow between the same two, once. `reason` ends up in the AWS console.
   */
  allowFrom(peer: Connectable, reason: string, ports?: Ports): void {
    const { connections } = peer;
    const rule = ruleFor(this, ports ?? this.ports, `${connections.owner} to ${this.owner}: ${reason}`);
    const suffix = ports === undefined || samePorts(ports, this.ports) ? "" : `-${portsText(ports)}`;
    const id = `from-${connections.owner}${suffix}`;
    refuseTwins(this, id, rule);
    new VpcSecurityGroupIngressRule(this, id, {
      ...rule,
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: connections.securityGroupId,
    });
    new VpcSecurityGroupEgressRule(connections, `to-${this.owner}${suffix}`, {
      ...rule,
      securityGroupId: connections.securityGroupId,
      referencedSecurityGroupId: this.securityGroupId,
    });
  }

  /**
   * Lets those who share this group reach each other, such as the machines of one cluster, on ports that need not be the
   * owner's: one rule on each side for each of them.
   */
  allowAmong(ports: readonly Passable[], reason: string): void {
    for (const one of ports) {
      const parsed = parsePassable(one);
      if (!parsed) {
        const want = "ports from 1 to 65535 with their protocol, such as 7946/udp or 30000-32767/tcp";
        throw new InvalidProps(this, { prop: "ports", got: one, want, fix: "protocols are tcp and udp" });
      }
      const rule = {
        ...passageFor(this, parsed, `among ${this.owner}: ${reason}`),
        securityGroupId: this.securityGroupId,
        referencedSecurityGroupId: this.securityGroupId,
      };
      const name = one.replace("/", "-");
      new VpcSecurityGroupIngressRule(this, `from-own-${name}`, rule);
      new VpcSecurityGroupEgressRule(this, `to-own-${name}`, rule);
    }
  }

  /** Lets an address range, such as an office or a VPN, open connections to this thing's ports. `name` is its address. */
  allowFromAddresses(name: string, cidr: string, reason: string, ports = this.ports): void {
    const rule = ruleFor(this, ports, `${name} to ${this.owner}: ${reason}`);
    const { securityGroupId } = this;
    new VpcSecurityGroupIngressRule(this, `from-${name}`, { ...rule, securityGroupId, ...addresses(cidr) });
  }

  /** Lets addresses that AWS keeps in a list open connections to this thing's ports. `name` is the rule's address. */
  allowFromPrefixList(name: string, prefixListId: string, reason: string): void {
    const rule = ruleFor(this, this.ports, `${name} to ${this.owner}: ${reason}`);
    const { securityGroupId } = this;
    new VpcSecurityGroupIngressRule(this, `from-${name}`, { ...rule, securityGroupId, prefixListId });
  }

  /**
   * Lets this thing open connections to TCP ports of an address range outside, such as a data centre behind a VPN. `name` and
   * `ports` are the rule's address. The other side has a firewall of its own.
   */
  allowToAddresses(name: string, cidr: string, ports: Ports, reason: string): void {
    const rule = ruleFor(this, ports, `${this.owner} to ${name}: ${reason}`);
    const { securityGroupId } = this;
    new VpcSecurityGroupEgressRule(this, `to-${name}-${portsText(ports)}`, {
      ...rule,
      securityGroupId,
      ...addresses(cidr),
    });
  }

  /**
   * Lets the whole internet (IPv4) open connections to `port`, by default to all of this thing's ports.
   * @returns the rule, for whoever has to account for it
   */
  allowFromInternet(reason: string, port: Ports | undefined = this.ports): VpcSecurityGroupIngressRule {
    const rule = ruleFor(this, port, `internet to ${this.owner}: ${reason}`);
    // The port is part of the address: a rule that changed its port could meet the one that takes its old port over.
    const id = `from-internet-${portsText({ from: rule.fromPort, to: rule.toPort })}`;
    const { securityGroupId } = this;
    return new VpcSecurityGroupIngressRule(this, id, { ...rule, securityGroupId, cidrIpv4: "0.0.0.0/0" });
  }

  /**
   * Lets this thing call HTTPS endpoints anywhere. Another port, such as 80 for the packages of Debian, which are signed, is one
   * more rule beside it, and the policy's report shows its reason.
   */
  allowToInternet(reason: string, port = 443): VpcSecurityGroupEgressRule {
    const https = port === 443;
    const id = https ? "to-internet" : `to-internet-${port}`;
    const rule = ruleFor(this, port, `${this.owner} to internet: ${reason}`);
    refuseTwins(this, id, rule);
    const { securityGroupId } = this;
    const egress = new VpcSecurityGroupEgressRule(this, id, { ...rule, securityGroupId, cidrIpv4: "0.0.0.0/0" });
    if (!https) accept(egress, "SG-06", `Asked for by name, for ${this.owner}: ${reason}`);
    return egress;
  }

  private get owner(): string {
    return this.node.scope!.node.id;
  }
}
