import { type Ports, validPorts } from "./ports";

/** What two machines may say to each other: ports with their protocol, or `vrrp`, which is protocol 112 of IP and has no ports. */
export type Passable = ProtocolPorts | "vrrp";

/** Ports with their protocol, a range with both ends included: `7946/udp`, `30000-32767/tcp`. */
export type ProtocolPorts = `${number}/${"tcp" | "udp"}` | `${number}-${number}/${"tcp" | "udp"}`;

/** The parts of ports with their protocol; nothing for other text. */
export function parseProtocolPorts(text: string): { readonly protocol: string; readonly ports: Ports } | undefined {
  const [, from, to = from, protocol] = /^(\d{1,5})(?:-(\d{1,5}))?\/(tcp|udp)$/.exec(text) ?? [];
  if (protocol === undefined) return undefined;
  const ports = { from: Number(from), to: Number(to) };
  return validPorts(ports) ? { protocol, ports } : undefined;
}

/** What is left of a text on what may be said; without ports, all that the protocol says. */
export interface ParsedPassable {
  /** As security groups name it: `tcp`, `udp`, or the number of another protocol of IP. */
  readonly protocol: string;
  readonly ports: Ports | undefined;
}

/** The parts of what may be said; nothing for other text. */
export function parsePassable(text: string): ParsedPassable | undefined {
  return text === "vrrp" ? { protocol: "112", ports: undefined } : parseProtocolPorts(text);
}
