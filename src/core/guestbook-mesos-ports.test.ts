import { describe, expect, it } from "vitest";
import { collisions, listeners, type Role } from "./guestbook-mesos-listeners";
import { arrowsOf, type PortChoice, ports } from "./guestbook-mesos-ports";

const usual: PortChoice = { management: "together", ha: "heartbeat", tls: false, configuration: "server" };
const written = (choice: Partial<PortChoice> = {}) =>
  arrowsOf({ ...usual, ...choice }).map(({ to, from, ports: open }) => `${from} -> ${to} ${open}`);

describe("the ways of the guestbook on Mesos", () => {
  it("are these, where the management is one machine (S1-52)", () => {
    expect(written()).toEqual([
      "visitors -> frontend 80/tcp",
      "frontend -> frontend 694/udp",
      "frontend -> agent 31000-32000/tcp",
      "zookeeper -> zookeeper 2181/tcp",
      "master -> zookeeper 2181/tcp",
      "agent -> zookeeper 2181/tcp",
      "management -> zookeeper 2181/tcp",
      "zookeeper -> zookeeper 2888/tcp",
      "zookeeper -> zookeeper 3888/tcp",
      "master -> master 5050/tcp",
      "agent -> master 5050/tcp",
      "management -> master 5050/tcp",
      "gocd-agent -> master 5050/tcp",
      "master -> agent 5051/tcp",
      "agent -> agent 5051/tcp",
      "management -> agent 5051/tcp",
      "gocd-agent -> management 8080/tcp",
      "master -> management 15101/tcp",
      "machine -> master 8300/tcp",
      "machine -> machine 8301/tcp",
      "machine -> machine 8301/udp",
      "machine -> management 443/tcp",
      "machine -> management 8081/tcp",
      "gocd-agent -> gocd 8153/tcp",
      "agent -> database 3306/tcp",
      "agent -> cache 6379/tcp",
      "network -> endpoints 443/tcp",
      "machine -> internet 443/tcp",
    ]);
  });

  it("lead to each of the three where they stand apart, and are as many (S1-W01)", () => {
    const apart = written({ management: "apart" });
    expect(apart).toHaveLength(written().length);
    expect(apart.filter((arrow) => /chef|marathon|sensu/.test(arrow))).toEqual([
      "marathon -> zookeeper 2181/tcp",
      "marathon -> master 5050/tcp",
      "marathon -> agent 5051/tcp",
      "gocd-agent -> marathon 8080/tcp",
      "master -> marathon 15101/tcp",
      "machine -> chef 443/tcp",
      "machine -> sensu 8081/tcp",
    ]);
  });

  it("have protocol 112 in place of Heartbeat's port for keepalived (S1-44)", () => {
    const [first, last] = [written(), written({ ha: "keepalived" })];
    expect(last).toEqual(first.map((arrow) => arrow.replace("frontend 694/udp", "frontend vrrp")));
  });

  it("have port 443 of the front ends where there is a certificate", () => {
    expect(written({ tls: true }).filter((arrow) => arrow.startsWith("visitors"))).toEqual([
      "visitors -> frontend 80/tcp",
      "visitors -> frontend 443/tcp",
    ]);
  });

  it.each<Partial<PortChoice>>([
    {},
    { management: "apart" },
    { ha: "keepalived" },
    { tls: true },
  ])("are each there once, with a reason that AWS shows: %j", (choice) => {
    const all = written(choice);
    expect(new Set(all).size).toBe(all.length);
    for (const { reason } of arrowsOf({ ...usual, ...choice })) expect(reason).toMatch(/^[\w ,:;.-]{4,140}$/);
  });

  it("let nobody in by SSH, and the world at the front ends only (S1-01)", () => {
    const all = arrowsOf({ ...usual, tls: true });
    expect(all.filter(({ ports: open }) => open.startsWith("22/"))).toEqual([]);
    expect(all.filter(({ from }) => from === "visitors").map(({ to }) => to)).toEqual(["frontend", "frontend"]);
  });
});

const machines: Readonly<Record<string, readonly Role[]>> = {
  zookeeper: ["zookeeper"],
  master: ["mesos-master", "consul-server"],
  agent: ["mesos-agent"],
  frontend: ["frontend"],
  management: ["chef", "marathon", "sensu"],
  gocd: ["gocd"],
  "gocd-agent": ["gocd-agent"],
};

describe("the programs of a machine", () => {
  it.each(Object.entries(machines))("of kind %s take no port twice", (_, roles) => {
    expect(collisions(roles)).toEqual([]);
  });

  it("would take 8080 and 9090 twice on the management machine, with the ports that they have by themselves (S1-52)", () => {
    const asShipped = {
      ...listeners,
      marathon: [
        { program: "marathon", port: 8080, protocol: "tcp" },
        { program: "libprocess of marathon", port: 9090, protocol: "tcp" },
      ],
      sensu: [{ program: "sensu-backend", port: 8080, protocol: "tcp" }],
    } as const;
    expect(collisions(machines.management!, asShipped)).toEqual([
      "tcp 9090: oc-id, libprocess of marathon",
      "tcp 8080: marathon, sensu-backend",
    ]);
  });

  it("would meet the ports of tasks, where one listened among them", () => {
    const taken = { ...listeners, base: [{ program: "exporter", port: 31_500, protocol: "tcp" }] } as const;
    expect(collisions(["mesos-agent"], taken)).toEqual(["tcp 31000: exporter, tasks"]);
  });

  it("answer on each port that a way leads to", () => {
    const parts: Readonly<Record<string, readonly Role[]>> = { ...machines, machine: [] };
    const apart = arrowsOf({ ...usual, tls: true }).filter(({ to }) => to in parts);
    for (const { to, ports: open } of apart) {
      const [, from, protocol] = /^(\d+)(?:-\d+)?\/(tcp|udp)$/.exec(open)!;
      const all = (["base", ...parts[to]!] as const).flatMap((role) => listeners[role]);
      const found = all.filter(({ port, protocol: own }) => {
        return own === protocol && (typeof port === "number" ? port : port.from) === Number(from);
      });
      expect(found, `${to} ${open}`).toHaveLength(1);
    }
  });

  it("leave the ports of tasks as Mesos offers them", () => expect(ports.tasks).toEqual({ from: 31_000, to: 32_000 }));
});
