import type { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { type Ports, portsText, validPorts } from "../../src/core/ports";
import type { ParsedPassable } from "../../src/core/protocol-ports";

/** What the two sides of an arrow have in common. */
export function ruleFor(at: Construct, ports: Ports | undefined, description: string, ipProtocol = "tcp") {
  if (ports === undefined) {
    throw new InvalidProps(at, {
      prop: "ports",
      got: ports,
      want: "the TCP ports that its owner listens on",
      fix: "give the owner ports, or allow nobody in",
    });
  }
  checkPorts(at, ports);
  const { from, to } = typeof ports === "number" ? { from: ports, to: ports } : ports;
  return { ipProtocol, fromPort: from, toPort: to, description: describe(description) };
}

/** The same for what was parsed; a protocol without ports names none. */
export function passageFor(at: Construct, { protocol, ports }: ParsedPassable, description: string) {
  if (ports === undefined) return { ipProtocol: protocol, description: describe(description) };
  return ruleFor(at, ports, description, protocol);
}

export function checkPorts(at: Construct, ports: Ports): void {
  if (validPorts(ports)) return;
  throw new InvalidProps(at, {
    prop: "ports",
    got: ports,
    want: "a whole number from 1 to 65535, or a range of two with from <= to",
    fix: "name the ports that the owner listens on",
  });
}

/** Refuses an arrow that is there already: AWS takes a rule once, and each has one address. */
export function refuseTwins(
  at: Construct,
  id: string,
  { fromPort, toPort }: { fromPort: number; toPort: number },
): void {
  if (at.node.tryFindChild(id) === undefined) return;
  throw new InvalidProps(at, {
    prop: "ports",
    got: portsText({ from: fromPort, to: toPort }),
    want: `ports that no rule ${id} opens yet`,
    fix: "write the arrow once, with both reasons in one sentence",
  });
}

/** A range of addresses as the peer of a rule. */
export const addresses = (cidr: string) => (cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr });

/**
 * Text that AWS accepts as a description of a group or a rule.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
 */
export function describe(text: string): string {
  return text.replace(/[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/g, " ").slice(0, 255);
}
