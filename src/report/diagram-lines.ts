import { isReference, list } from "../core/terraform-json";
import { passages, portsOf } from "./access";
import { type Drawing, world } from "./diagram-drawing";
import type { Part } from "./diagram-parts";
import { exposure } from "./exposure";
import { isLoopback, localOpenings } from "./local-exposure";
import type { Entry, StackDocument, System } from "./system";

/** The arrows of the security groups. What may call the whole world is left out: everything that updates itself may. */
export function drawAccess(drawing: Drawing, stacks: readonly StackDocument[], system: System): void {
  const { world: openings, arrows } = exposure(stacks);
  for (const { from, group, ports } of openings) {
    for (const to of drawing.carriers(group)) drawing.line(drawing.outside(from), to, ports, "access");
  }
  for (const { from, to, ports } of arrows) {
    for (const one of drawing.carriers(from)) {
      for (const other of drawing.carriers(to)) drawing.line(one, other, ports, "access");
    }
  }
  for (const one of passages(system)) {
    const inside = one.peerIsGroup || one.peerIsOwn || isReference(one.peer) || world.includes(one.peer);
    if (one.direction === "ingress" || inside || one.peer.startsWith("pl-")) continue;
    for (const from of drawing.carriers(one.group))
      drawing.line(from, drawing.outside(one.peer), portsOf(one), "access");
  }
}

/** The ports of this machine that lead into containers. */
export function drawLocal(drawing: Drawing, system: System): void {
  for (const { group, from, ports } of localOpenings(system)) {
    if (!isLoopback(from)) continue;
    for (const to of drawing.carriers(group)) drawing.line(drawing.outside(from), to, ports, "access");
  }
}

/** Names that stand for things, containers that run on machines, tunnels. */
export function drawParts(drawing: Drawing, parts: readonly Part[], system: System): void {
  for (const { entry, kind, related } of parts) {
    for (const one of kind === "name" ? namedBy(entry, related, parts) : []) {
      drawing.line(drawing.of(entry), drawing.of(one), "", "part");
    }
    if (kind !== "containers") continue;
    const hosts = parts.filter(({ kind, entry }) => kind === "machines" && related.includes(entry));
    for (const host of hosts) drawing.line(drawing.of(entry), drawing.of(host.entry), "runs on", "part");
  }
  for (const vpn of system.all("aws_vpn_connection")) {
    const [gateway] = system.resolve(vpn.body.vpn_gateway_id ?? vpn.body.transit_gateway_id, vpn);
    const [customer] = system.resolve(vpn.body.customer_gateway_id, vpn);
    drawing.line(drawing.of(customer), drawing.of(gateway), "VPN, 2 tunnels", "tunnel");
  }
}

/** What a record leads to: what it refers to, or the machines that have its address. */
function namedBy({ body }: Entry, related: readonly Entry[], parts: readonly Part[]): Entry[] {
  const addresses = list(body.records);
  const machines = parts.filter(({ kind, related: own }) => {
    const interfaces = own.filter(({ type }) => type === "aws_network_interface");
    const leads = (one: Entry) =>
      related.includes(one) || list(one.body.private_ips).some((ip) => addresses.includes(ip));
    return kind === "machines" && interfaces.some(leads);
  });
  return [...related, ...machines.map(({ entry }) => entry)];
}
