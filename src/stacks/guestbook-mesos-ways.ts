import type { Connectable } from "../../modules/connections";
import { accept } from "../core/accept";
import { type Arrow, arrowsOf, type Group, type PortChoice, ports } from "../core/guestbook-mesos-ports";
import { parseProtocolPorts } from "../core/protocol-ports";

/** Who has which security group. */
export type Groups = Readonly<Partial<Record<Group, Connectable>>>;

/**
 * Opens each way of the table of ports, on both sides. The way to AWS's endpoints is the network's own; whoever is admitted at the
 * front ends is `admit`, or the internet.
 */
export function openWays(groups: Groups, choice: PortChoice, admit: readonly string[] | undefined): void {
  const group = (name: string) => groups[name as Group]!.connections;
  for (const arrow of arrowsOf(choice)) {
    const { to, from, reason } = arrow;
    if (to === "endpoints") continue;
    if (to === "internet") group(from).allowToInternet(reason, ports.https);
    else if (from === "visitors") admitVisitors(groups[to]!, arrow, admit);
    else if (from === to) group(to).allowAmong([arrow.ports], reason);
    else group(to).allowFrom({ connections: group(from) }, reason, portsOf(arrow));
  }
}

/** All of the table's ways between two groups are TCP: what a group says to itself alone is not. */
const portsOf = ({ ports: passed }: Arrow) => parseProtocolPorts(passed)!.ports;

function admitVisitors({ connections }: Connectable, arrow: Arrow, admit: readonly string[] | undefined): void {
  const open = portsOf(arrow);
  if (admit === undefined) {
    const rule = connections.allowFromInternet(arrow.reason, open);
    accept(
      rule,
      "X-19",
      "visitors meet the front ends themselves: the system has an address that moves, and no load balancer",
    );
    return;
  }
  for (const range of admit) {
    const name = `${range.replace(/[^0-9]+/g, "-")}-${arrow.ports.replace("/", "-")}`;
    connections.allowFromAddresses(name, range, arrow.reason, open);
  }
}
