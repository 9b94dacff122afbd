import { listeners, type Role } from "../core/guestbook-mesos-listeners";
import { type Arrow, arrowsOf, type PortChoice } from "../core/guestbook-mesos-ports";
import { portsText } from "../core/ports";

const usual: PortChoice = { management: "together", ha: "heartbeat", tls: true, configuration: "server" };

/** The page on who reaches whom in the guestbook on Mesos, in Markdown: what is in the repository is what this makes. */
export function portsPage(): string {
  const keepalived = arrowsOf({ ...usual, ha: "keepalived" }).filter(({ ports }) => ports === "vrrp");
  return [
    "# Ports of `guestbook-mesos`",
    "",
    "`npx slipway ports --write` writes this page, from the table that the security groups are made of",
    "([`src/core/guestbook-mesos-ports.ts`](../../src/core/guestbook-mesos-ports.ts)). A test compares the page, and the rules of both",
    "environments in both directions: each way below is open, and no other.",
    "",
    "Groups refer to groups; address ranges are the visitors (the internet, or what `entrance.admit` names), the VPC at the endpoints of",
    "AWS's APIs, and the internet as the target of calls. `machine` is the group that every EC2 machine carries beside its own. Nothing",
    "listens for SSH: Session Manager opens shells and tunnels.",
    "",
    "## Who reaches whom",
    "",
    ...tableOf(arrowsOf(usual)),
    "",
    "Port 443 of the front ends is open only with `entrance.certificateSecretArn`, and the rows to the Chef server only with",
    "`configuration: server`. With `frontends.ha: keepalived`, the row of port 694 is this one:",
    "",
    ...tableOf(keepalived),
    "",
    "## With the management apart",
    "",
    "With `management: { apart: … }` there are three groups in the place of one:",
    "",
    ...tableOf(
      arrowsOf({ ...usual, management: "apart" }).filter(({ to, from }) =>
        [to, from].some((end) => ["chef", "marathon", "sensu"].includes(end)),
      ),
    ),
    "",
    "## What listens on each machine",
    "",
    "On any address, 127.0.0.1 included: a test proves that no machine has two programs with one port. Marathon's callback is not on",
    "9090 and Sensu's API not on 8080, as they would be by themselves, for that reason; ZooKeeper's AdminServer, 8080 too, is off.",
    "",
    "| runs | listens |",
    "|---|---|",
    ...Object.keys(listeners).map(
      (role) => `| ${role === "base" ? "every machine" : role} | ${listenedBy(role as Role)} |`,
    ),
    "",
  ].join("\n");
}

function tableOf(arrows: readonly Arrow[]): string[] {
  const rows = arrows.map(({ to, from, ports, reason }) => `| ${to} | ${passed(ports)} | ${from} | ${reason} |`);
  return ["| to | ports | from | why |", "|---|---|---|---|", ...rows];
}

const passed = (ports: Arrow["ports"]) => (ports === "vrrp" ? "IP protocol 112" : ports.split("/").reverse().join(" "));

function listenedBy(role: Role): string {
  const programs = new Map<string, string[]>();
  for (const { program, port, protocol } of listeners[role]) {
    programs.set(program, [...(programs.get(program) ?? []), `${portsText(port)}/${protocol}`]);
  }
  const texts = [...programs].map(([program, taken]) => `${program} ${taken.join(", ")}`);
  return texts.join("; ") || "nothing of its own";
}
