import { Netmask } from "netmask";
import { type Block, blocks } from "../core/terraform-json";
import { type Entry, nameOf, type System } from "./system";

/** One side of a connection that a security group lets through. */
export interface Passage {
  readonly direction: "ingress" | "egress";
  /** The group that has the rule. */
  readonly group: string;
  readonly address: string;
  /** The group on the other side, or the address range. */
  readonly peer: string;
  readonly peerIsGroup: boolean;
  /** Whether the other side is addresses of one of the system's own networks. */
  readonly peerIsOwn: boolean;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/**
 * Everything that security groups let through, however it is written: as rules of their own, as older rules with a type,
 * or inside the group.
 */
export function passages(system: System): Passage[] {
  return [
    ...system.all("aws_vpc_security_group_ingress_rule").flatMap((rule) => ruleOf(system, rule, "ingress", rule.body)),
    ...system.all("aws_vpc_security_group_egress_rule").flatMap((rule) => ruleOf(system, rule, "egress", rule.body)),
    ...system
      .all("aws_security_group_rule")
      .flatMap((rule) => ruleOf(system, rule, rule.body.type === "egress" ? "egress" : "ingress", rule.body)),
    ...[...system.all("aws_security_group"), ...system.all("aws_default_security_group")].flatMap((group) =>
      (["ingress", "egress"] as const).flatMap((direction) =>
        blocks(group.body[direction]).flatMap((body) => ruleOf(system, group, direction, body)),
      ),
    ),
  ];
}

/** `tcp 443`, `tcp 32768-65535`, `all traffic`. */
export function portsOf({ protocol, from, to }: Passage): string {
  if (protocol === "-1") return "all traffic";
  return `${protocol} ${from === to ? from : `${from}-${to}`}`;
}

/** Whether everything that `inner` lets through, `outer` lets through too. */
export function covers(outer: Passage, inner: Passage): boolean {
  const sameProtocol = outer.protocol === "-1" || outer.protocol === inner.protocol;
  return sameProtocol && outer.from <= inner.from && inner.to <= outer.to;
}

function ruleOf(system: System, at: Entry, direction: Passage["direction"], body: Block): Passage[] {
  const inside = at.type === "aws_security_group" || at.type === "aws_default_security_group";
  const owners = inside ? [at] : system.resolve(body.security_group_id, at);
  const owner = { group: owners[0] ? nameOf(owners[0]) : String(body.security_group_id), address: owners[0]?.address };
  const protocol = String(body.ip_protocol ?? body.protocol ?? "-1");
  const every = protocol === "-1" || body.from_port === undefined;
  const ports = every ? { from: 0, to: 65_535 } : { from: Number(body.from_port), to: Number(body.to_port) };
  return peersOf(system, at, body, owner.group).map(({ peer, peerIsGroup }) => ({
    ...{ direction, group: owner.group, address: owner.address ?? owner.group, peer, peerIsGroup, protocol, ...ports },
    peerIsOwn: !peerIsGroup && isOwn(system, peer, at),
    reason: String(body.description ?? ""),
  }));
}

function peersOf(system: System, at: Entry, body: Block, self: string) {
  const texts = (value: unknown) => (value === undefined || value === null ? [] : [value].flat()).map(String);
  const ranges = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"];
  const groups = ["referenced_security_group_id", "source_security_group_id", "security_groups"];
  return [
    ...ranges
      .flatMap((range) => texts(body[range]))
      .map((range) => ({ peer: nameOfList(system, range, at) ?? range, peerIsGroup: false })),
    ...groups
      .flatMap((group) => texts(body[group]))
      .map((id) => ({ peer: system.resolve(id, at).map(nameOf)[0] ?? id, peerIsGroup: true })),
    ...(body.self === true ? [{ peer: self, peerIsGroup: true }] : []),
  ];
}

/** A list of addresses that AWS keeps is known by its name; its id differs from region to region. */
function nameOfList(system: System, range: string, at: Entry): string | undefined {
  const [list] = system.resolve(range, at);
  return list?.type === "data.aws_ec2_managed_prefix_list" ? String(list.body.name) : undefined;
}

/** Whether an address range lies in a VPC of the system, or is one of its VPCs or subnets by reference. */
function isOwn(system: System, range: string, at: Entry): boolean {
  const referred = system.resolve(range, at);
  if (referred.length > 0) return referred.every(({ type }) => type === "aws_vpc" || type === "aws_subnet");
  const vpcs = ["aws_vpc", "aws_vpc_ipv4_cidr_block_association"].flatMap((type) => system.all(type));
  return vpcs.some(({ body }) => contains(String(body.cidr_block), range));
}

/** Whether an IPv4 range takes in another. What is no IPv4 range takes in nothing, and lies in nothing. */
function contains(outer: string, inner: string): boolean {
  const ranges = [outer, inner].every((cidr) => /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(cidr));
  return ranges && new Netmask(outer).contains(inner);
}
