import { type Ports, validPorts } from "./ports";

/** Ports with their protocol, a range with both ends included: `7946/udp`, `30000-32767/tcp`. */
export type ProtocolPorts = `${number}/${"tcp" | "udp"}` | `${number}-${number}/${"tcp" | "udp"}`;

/** The parts of ports with their protocol; nothing for other text. */
export function parseProtocolPorts(text: string): { readonly protocol: string; readonly ports: Ports } | undefined {
  const [, from, to = from, protocol] = /^(\d{1,5})(?:-(\d{1,5}))?\/(tcp|udp)$/.exec(text) ?? [];
  if (protocol === undefined) return undefined;
  const ports = { from: Number(from), to: Number(to) };
  return validPorts(ports) ? { protocol, ports } : undefined;
}
