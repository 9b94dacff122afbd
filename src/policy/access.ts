import { isReference } from "../core/terraform-json";
import { type Doc, type Entry, view } from "./doc";

/** One security group rule, in numbers. */
export interface AccessRule {
  readonly entry: Entry;
  readonly direction: "ingress" | "egress";
  readonly protocol: string;
  /** First and last port; all of them where the rule names none. */
  readonly from: number;
  readonly to: number;
  /** Address range on the other side, when it is one. */
  readonly cidr: string | undefined;
}

const kinds = {
  aws_vpc_security_group_ingress_rule: "ingress",
  aws_vpc_security_group_egress_rule: "egress",
} as const;

export const accessRules = view((doc: Doc): readonly AccessRule[] =>
  Object.entries(kinds).flatMap(([type, direction]) =>
    doc.all(type).map((entry) => {
      const { ip_protocol, from_port, to_port, cidr_ipv4, cidr_ipv6 } = entry.body;
      const protocol = String(ip_protocol ?? "-1");
      const everyPort = protocol === "-1" || from_port === undefined || Number(from_port) === -1;
      const [from, to] = everyPort ? [0, 65_535] : [Number(from_port), Number(to_port ?? from_port)];
      const cidr = cidr_ipv4 ?? cidr_ipv6;
      return { entry, direction, protocol, from, to, cidr: cidr === undefined ? undefined : String(cidr) };
    }),
  ),
);

/**
 * Whether an address range is the internet rather than somebody. Two halves of the internet are the internet too, so the
 * line is drawn at the largest range that one owner can have.
 */
export function isWorld(cidr: string | undefined): boolean {
  if (cidr === undefined || isReference(cidr)) return false;
  const length = Number(cidr.split("/")[1] ?? Number.NaN);
  return length < (cidr.includes(":") ? 16 : 8);
}

/** Rules by which the internet gets in on one of the ports. */
export function worldOn(doc: Doc, ports: readonly number[]): readonly AccessRule[] {
  return accessRules(doc).filter(
    ({ direction, protocol, from, to, cidr }) =>
      direction === "ingress" &&
      isWorld(cidr) &&
      !protocol.startsWith("icmp") &&
      ports.some((port) => from <= port && port <= to),
  );
}

/** `tcp 22 from 0.0.0.0/0`. */
export function accessText({ protocol, from, to, cidr, direction }: AccessRule): string {
  const ports = from === to ? from : `${from}-${to}`;
  return `${protocol} ${ports} ${direction === "ingress" ? "from" : "to"} ${cidr ?? "a group"}`;
}
