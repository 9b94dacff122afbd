/**
 * Mesos, Marathon, registrator, Sensu, GoCD and the Chef server are in no Debian, so none of them reads here what is made for
 * it. In their place stand golden files, which were compared with each program's documentation: see "Not proved here" in
 * docs/systems/guestbook-mesos-control-plane.md. systemd, JSON and YAML are read by the real thing.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { describeWith } from "../../../../e2e/support/requirements";
import { temporaryFolder } from "../../../../e2e/support/temporary";
import { ports } from "../../../../src/core/guestbook-mesos-ports";
import { looksRandom } from "../../../../src/core/secret-text";
import { machines } from "./cluster";
import { complaints, converged, flags, golden, once, systemd, text } from "./control-plane";
import { converge, ruby } from "./converge";

const names = Object.keys(machines) as (keyof typeof machines)[];
const zookeeper = "zk://10.220.64.11:2181,10.220.80.11:2181,10.220.96.11:2181";
const changed = <T extends object>(machine: { node: T; address: string }, attributes: object) => ({
  ...machine,
  node: {
    ...machine.node,
    attributes: {
      guestbook_mesos: {
        ...(machine.node as unknown as { attributes: { guestbook_mesos: object } }).attributes.guestbook_mesos,
        ...attributes,
      },
    },
  } as never,
});

describeWith("every machine of the control plane", [ruby], () => {
  it.each(names)("is converged the second time without a change (%s)", (name) => {
    const [first, second] = converged(name).runs;
    expect(first!.updated).not.toEqual([]);
    expect(second!.updated).toEqual([]);
  });

  it.each(names)("has no secret in a file: those are in memory, and in nobody's recipe (%s)", (name) => {
    for (const [path, { text: content }] of Object.entries(converged(name).files)) {
      if (typeof content !== "string" || path.startsWith("/usr/local/")) continue;
      const words = content.replace(/arn:\S+/g, "").split(/[^\w+/-]+/);
      expect({ path, random: words.filter(looksRandom) }).toEqual({ path, random: [] });
      expect(content).not.toMatch(/^\s*(password|secret)\s*[:=]\s*\S/im);
      expect(path).not.toMatch(/^\/run\//);
    }
  });

  it("is monitored under its own id, with the checks of its roles, and forgotten when it goes (S1-57, S1-58)", () => {
    for (const [name, roles] of Object.entries({
      master: ["mesos_master"],
      agent: ["mesos_agent"],
      management: ["marathon", "chef_server", "sensu_backend"],
      gocd: ["gocd_server"],
      gocdAgent: ["gocd_agent"],
    })) {
      expect(parse(text(name as keyof typeof machines, "/etc/sensu/agent.yml"))).toMatchObject({
        name: "i-0123456789abcdef0",
        "backend-url": [`ws://10.220.64.31:${ports.sensuAgents}`],
        subscriptions: ["linux", ...roles],
        deregister: true,
      });
    }
  });

  it("has no agent of Sensu where there is no Sensu", () => {
    const { files } = once(changed(machines.gocdAgent, { sensu: { backends: [] } }));
    expect(Object.keys(files).filter((path) => path.includes("sensu"))).toEqual([]);
  });
});

describeWith("the units of the control plane", [ruby, systemd], () => {
  it.each(names)("are what systemd takes (%s)", (name) => expect(complaints(name)).toEqual([]));

  it("are not called well when they are not", () => {
    const file = Object.entries(converged("marathon").files).find(([path]) => path.endsWith("marathon.service"))![1];
    const before = file.text;
    (file as { text: string }).text = before.replace("Type=exec", "Type=nonsense");
    expect(complaints("marathon")).not.toEqual([]);
    (file as { text: string }).text = before;
  });
});

describeWith("the wrapper cookbooks of the control plane", [], () => {
  const folder = join(__dirname, "..");
  const cookbooks = readdirSync(join(folder, "cookbooks"));

  it("are our own, one for each role, and build on none of the Supermarket's (S1-05, S1-24, S1-48, S1-49)", () => {
    for (const cookbook of cookbooks) {
      const metadata = readFileSync(join(folder, "cookbooks", cookbook, "metadata.rb"), "utf8");
      for (const [, needed] of metadata.matchAll(/^depends '([^']+)'/gm)) expect(cookbooks).toContain(needed);
    }
    const recipes: Record<string, string> = {
      ...{
        mesos_master: "guestbook_mesos_master",
        mesos_agent: "guestbook_mesos_agent",
        marathon: "guestbook_marathon",
      },
      ...{ chef_server: "guestbook_chef_server", sensu_backend: "guestbook_sensu::backend" },
      ...{ gocd_server: "guestbook_gocd::server", gocd_agent: "guestbook_gocd::agent" },
    };
    for (const [role, recipe] of Object.entries(recipes)) {
      const { run_list } = JSON.parse(readFileSync(join(folder, `roles/${role}.json`), "utf8"));
      expect({ role, run_list }).toEqual({ role, run_list: ["role[base]", `recipe[${recipe}]`] });
    }
  });

  it.each(names)("wait for other machines as long as it takes: nothing has an order of its own (%s, S1-63)", (name) => {
    const services = Object.entries(converged(name).files).filter(
      ([path, { text: unit }]) =>
        /^\/etc\/systemd\/system\/.*\.(service|conf)$/.test(path) && /^Exec(Start|StartPre)=/m.test(unit ?? ""),
    );
    for (const [path, { text: unit }] of services) {
      // A job of a timer comes again with the next time.
      if (unit.includes("Type=oneshot")) continue;
      expect({ path, unit }).toEqual({ path, unit: expect.stringMatching(/^StartLimitIntervalSec=0$/m) });
      if (path.endsWith(".service"))
        expect({ path, unit }).toEqual({ path, unit: expect.stringMatching(/^Restart=/m) });
    }
  });
});

describeWith("ports in cookbooks", [ruby], () => {
  it("are those of the one table", () => {
    const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const table = Object.fromEntries(Object.entries(ports).map(([name, port]) => [snake(name), port]));
    expect(converged("master").attributes.guestbook_mesos.ports).toEqual(table);
  });
});

describeWith("ZooKeeper's address", [ruby], () => {
  it("is one text for masters, agents and Marathon, whose own state is elsewhere (S1-21)", () => {
    for (const name of ["master", "agent"] as const) expect(text(name, "/etc/mesos/zk")).toBe(`${zookeeper}/mesos\n`);
    for (const name of ["management", "marathon"] as const) {
      const environment = text(name, "/etc/marathon/environment").split("\n");
      expect(environment).toContain(`MARATHON_MASTER=${zookeeper}/mesos`);
      expect(environment).toContain(`MARATHON_ZK=${zookeeper}/marathon`);
    }
  });

  it("is what the package's wrapper makes --zk and --master of", () => {
    expect(text("master", "/etc/default/mesos-master")).toBe(`PORT=${ports.mesosMaster}\nZK=$(cat /etc/mesos/zk)\n`);
    expect(text("agent", "/etc/default/mesos-agent")).toBe("MASTER=$(cat /etc/mesos/zk)\n");
  });
});

describeWith("a Mesos master", [ruby], () => {
  it("has its flags as files, as the package's wrapper reads them (S1-06, S1-18)", () => {
    expect(flags("master", "master")).toEqual({
      ...{ cluster: "guestbook", quorum: "2", registry: "replicated_log", log_auto_initialize: "true" },
      ...{ work_dir: "/var/lib/mesos", ip: "10.220.64.21", hostname: "10.220.64.21", "?no-hostname_lookup": "" },
      ...{ zk_session_timeout: "10secs", agent_ping_timeout: "15secs", max_agent_ping_timeouts: "5" },
      ...{ recovery_agent_removal_limit: "40%" },
      ...{ authenticate_frameworks: "true", credentials: "/run/slipway/mesos-credentials" },
    });
  });

  it("gives an agent up only after ZooKeeper has had its time", () => {
    const seconds = (name: string) => Number.parseInt(flags("master", "master")[name]!, 10);
    expect(seconds("agent_ping_timeout") * seconds("max_agent_ping_timeouts")).toBeGreaterThan(
      seconds("zk_session_timeout"),
    );
  });

  it("passes the gate before each start, and is started as often as it ends (S1-30, S1-33)", () => {
    const unit = text("master", "/etc/systemd/system/mesos-master.service.d/slipway.conf");
    expect(unit.match(/^(ExecStartPre|StartLimit\w+)=.*$/gm)).toEqual([
      "StartLimitIntervalSec=0",
      "ExecStartPre=/usr/local/lib/slipway/mesos-master-gate",
      "ExecStartPre=/usr/local/lib/slipway/mesos-master-credentials",
    ]);
  });

  it("asks no framework for an account where there is none", () => {
    const { files } = once(changed(machines.master, { marathon: {} }));
    expect(Object.keys(files)).not.toContain("/etc/mesos-master/authenticate_frameworks");
    expect(files["/etc/systemd/system/mesos-master.service.d/slipway.conf"]!.text).not.toContain("credentials");
  });

  it.each([
    ["three masters and a quorum of 1", 3, 1],
    ["three masters and a quorum of 3", 3, 3],
    ["two masters and a quorum of 2", 2, 2],
    ["four masters and a quorum of 3", 4, 3],
  ])("is not converged with %s (S1-21, S1-30)", (_, count, quorum) => {
    const masters = ["10.220.64.21", "10.220.80.21", "10.220.96.21", "10.220.64.22"].slice(0, count);
    expect(() => once(changed(machines.master, { mesos: { cluster: "guestbook", masters, quorum } }))).toThrow(
      /the quorum floor\(n\/2\)\+1/,
    );
  });

  it("is one of the masters that are configured, or is not converged", () => {
    expect(() => once({ ...machines.master, address: "10.220.64.99" })).toThrow(
      "10.220.64.99, this machine, is none of 10.220.64.21, 10.220.80.21, 10.220.96.21",
    );
  });
});

describeWith("a Mesos agent", [ruby], () => {
  it("has its flags as files, and offers the ports that the front ends may reach (S1-19, S1-20)", () => {
    expect(flags("agent", "agent")).toEqual({
      ...{ ip: "10.220.64.101", hostname: "10.220.64.101", "?no-hostname_lookup": "", port: `${ports.mesosAgent}` },
      ...{ containerizers: "docker,mesos", executor_registration_timeout: "10mins", work_dir: "/var/lib/mesos" },
      ...{ recover: "reconnect", reconfiguration_policy: "additive", docker_config: "file:///etc/mesos/docker.json" },
      attributes: "az:eu-west-1a;instance:i-0123456789abcdef0",
      resources: `ports(*):[${ports.tasks.from}-${ports.tasks.to}]`,
    });
  });

  it("finds the kernel's second version of cgroups by itself, and is told nothing of the first (S1-D01)", () => {
    expect(Object.keys(flags("agent", "agent")).filter((flag) => /cgroup|isolation/.test(flag))).toEqual([]);
  });

  it("lets no container fill the disk with its log, and keeps containers while Docker restarts (S1-04)", () => {
    expect(JSON.parse(text("agent", "/etc/docker/daemon.json"))).toEqual({
      ...{ "live-restore": true, "log-driver": "json-file" },
      "log-opts": { "max-size": "10m", "max-file": "3" },
    });
  });

  it("knows who knows the registry's account, and not the account (S1-16)", () => {
    const registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    expect(JSON.parse(text("agent", "/etc/mesos/docker.json"))).toEqual({ credHelpers: { [registry]: "slipway" } });
    expect(converged("agent").files["/usr/local/bin/docker-credential-slipway"]!.mode).toBe("0755");
    for (const open of [{}, { kind: "docker-hub", repository: "example/guestbook" }]) {
      const { files } = once(changed(machines.agent, { registry: open }));
      expect(JSON.parse(files["/etc/mesos/docker.json"]!.text)).toEqual({});
    }
  });

  it("runs what drains it, what looks after its health, and registrator (S1-31, S1-38)", () => {
    const { units } = converged("agent").runs[0]!;
    for (const unit of [
      "mesos-agent.service",
      "slipway-agent-drain.service",
      "slipway-agent-health.timer",
      "registrator.service",
    ]) {
      expect({ unit, ...units[unit] }).toMatchObject({ unit, enabled: true, active: true });
    }
  });

  it("registers what is published here, under the machine's own address (S1-11, S1-34, S1-35, S1-38, S1-D03)", () => {
    expect(text("agent", "/etc/systemd/system/registrator.service")).toBe(golden("registrator.service"));
  });

  it("restarts Docker before a task can run, and its agent whenever a flag changes", () => {
    const [first] = converged("agent").runs;
    const order = first!.steps.filter(({ updated }) => updated).map(({ resource, action }) => `${action} ${resource}`);
    expect(order.indexOf("restart service[docker]")).toBeLessThan(order.indexOf("start service[mesos-agent]"));
    expect(order).toContain("restart service[mesos-agent]");
  });
});

describeWith("Marathon", [ruby], () => {
  it("is told all by its environment: the port that masters call back on, and never a name (S1-07, S1-22)", () => {
    expect(text("management", "/etc/marathon/environment")).toBe(golden("marathon.environment"));
    expect(text("management", "/etc/systemd/system/marathon.service")).toBe(golden("marathon.service"));
  });

  it("waits for a task as long as an agent waits for its executor", () => {
    const [, milliseconds] = /^MARATHON_TASK_LAUNCH_TIMEOUT=(\d+)$/m.exec(
      text("marathon", "/etc/marathon/environment"),
    )!;
    expect(`${Number(milliseconds) / 60_000}mins`).toBe(flags("agent", "agent").executor_registration_timeout);
  });

  it("registers without an account where there is none", () => {
    const { files } = once(changed(machines.marathon, { marathon: {} }));
    expect(files["/etc/marathon/environment"]!.text).not.toContain("AUTHENTICATION");
    expect(files["/etc/systemd/system/marathon.service"]!.text).not.toContain("secret");
  });

  it("runs the same on a machine of its own (S1-52, W01)", () => {
    const [together, apart] = (["management", "marathon"] as const).map((name) =>
      text(name, "/etc/marathon/environment").replaceAll(machines[name].address, "OWN"),
    );
    expect(apart).toBe(together);
    expect(Object.keys(converged("marathon").files).filter((path) => /cinc-project|backend/.test(path))).toEqual([]);
  });
});

describeWith("the Chef server", [ruby], () => {
  it("keeps its data and the keys to it on the volume (S1-47)", () => {
    expect(text("management", "/etc/cinc-project/cinc-server.rb")).toBe(golden("cinc-server.txt"));
    const mounts = Object.entries(converged("management").files).filter(([path]) => path.endsWith(".mount"));
    const pairs = mounts.map(([, { text: unit }]) => /^What=(.*)\nWhere=(.*)$/m.exec(unit)!.slice(1));
    expect(pairs).toEqual([
      ["/srv/management/chef/etc", "/etc/cinc-project"],
      ["/srv/management/chef/var", "/var/opt/cinc-project"],
    ]);
  });

  it("is set up, filled, pruned and backed up by units of its own (S1-53, S1-55)", () => {
    const { units } = converged("management").runs[0]!;
    for (const unit of ["setup.service", "upload.timer", "prune.timer", "backup.timer"]) {
      expect(units[`slipway-chef-${unit}`]).toMatchObject({ enabled: true, active: true });
    }
  });

  it("is set up again when its configuration changes, and no first setup is cut short by a restart (S1-53)", () => {
    const root = temporaryFolder("chef-server");
    const { node, address } = machines.chef;
    const actions = (settings: typeof node) =>
      converge(settings, { address, root, times: 1 })
        .runs[0]!.steps.filter(({ resource }) => resource === "service[slipway-chef-setup]")
        .map(({ action, because }) => `${action}${because ? ` because of ${because}` : ""}`);
    const later = changed(machines.chef, { chef_server: { search_heap_mib: 2048 } }).node;
    const configuration = "stop because of template[/etc/cinc-project/cinc-server.rb]";
    // What has not been started yet cannot be stopped: the first converge starts it, and leaves it alone.
    expect(actions(node)).toEqual([
      ...[configuration, "stop because of template[/etc/slipway/chef-server.json]"],
      ...["enable", "start"],
    ]);
    expect(actions(later)).toEqual([configuration, "enable", "start"]);
    expect(actions(later)).toEqual(["enable", "start"]);
    expect(text("chef", "/etc/systemd/system/slipway-chef-setup.service")).toContain("\nType=exec\n");
  });

  it("asks knife to trust its own certificate, and no other (S1-47)", () => {
    expect(text("chef", "/etc/slipway/knife.rb")).toContain("ssl_verify_mode :verify_peer");
  });
});

describeWith("Sensu", [ruby], () => {
  // biome-ignore lint/suspicious/noExplicitAny: JSON
  const checks = () => JSON.parse(text("management", "/etc/sensu/checks.json")) as any[];

  it("leaves Marathon its port, and keeps its store to itself and on the volume (S1-52, S1-57)", () => {
    expect(text("management", "/etc/sensu/backend.yml")).toBe(golden("sensu-backend.yml"));
    const { "api-listen-address": api, "agent-port": agents, "state-dir": data } = parse(golden("sensu-backend.yml"));
    expect([api, agents, data]).toEqual([`[::]:${ports.sensuApi}`, ports.sensuAgents, "/srv/management/sensu"]);
    expect(text("sensu", "/etc/sensu/backend.yml")).toBe(golden("sensu-backend.yml"));
  });

  it("has its checks as JSON, each with a program of ours on the machines that run it (S1-59, S1-60)", () => {
    const shown = checks().map(
      ({ metadata, command, subscriptions }) => `${metadata.name} @ ${subscriptions}: ${command}`,
    );
    expect(shown.join("\n")).toBe(golden("sensu-checks.txt").trim());
    for (const { command } of checks()) {
      const [program] = command.split(" ");
      for (const name of names) expect(converged(name).files[program]).toMatchObject({ mode: "0755" });
    }
  });

  it("finds in its agents every label that a check asks for", () => {
    for (const { command, subscriptions } of checks()) {
      for (const [, label] of command.matchAll(/\{\{ \.labels\.(\w+) \}\}/g)) {
        const asked = names.filter((name) =>
          parse(text(name, "/etc/sensu/agent.yml")).subscriptions.some((one: string) => subscriptions.includes(one)),
        );
        expect(asked).not.toEqual([]);
        for (const name of asked) expect(parse(text(name, "/etc/sensu/agent.yml")).labels).toHaveProperty(label!);
      }
    }
  });

  it("hears of a machine that falls silent by the handler that its setup makes, as of checks (S1-57)", () => {
    const setup = readFileSync(join(__dirname, "../cookbooks/guestbook_sensu/files/sensu-backend-setup"), "utf8");
    const [, handler] = /handlers\/(\w+)", handler\)/.exec(setup)!;
    for (const { handlers } of checks()) expect(handlers).toEqual([handler]);
    for (const name of names) {
      expect(parse(text(name, "/etc/sensu/agent.yml"))["keepalive-handlers"]).toEqual([handler]);
    }
  });

  it("sees the quorum from one master at a time, and has one alarm for all of them (S1-60)", () => {
    const together = checks().filter(({ round_robin, proxy_entity_name }) => round_robin || proxy_entity_name);
    expect(together).toHaveLength(1);
    expect(together[0]).toMatchObject({
      ...{ metadata: { name: "mesos-quorum" }, subscriptions: ["mesos_master"] },
      ...{ round_robin: true, proxy_entity_name: "mesos" },
    });
  });

  it("gives its checks and accounts to the backend again when a check changes", () => {
    const root = temporaryFolder("sensu");
    const { node, address } = machines.sensu;
    const restarts = (settings: typeof node) =>
      converge(settings, { address, root, times: 1 }).runs[0]!.steps.filter(
        ({ resource, action }) => resource === "service[slipway-sensu-setup]" && action === "restart",
      ).length;
    restarts(node);
    expect(restarts(node)).toBe(0);
    const sensu = { ...(node.attributes.guestbook_mesos.sensu as object), interval_seconds: 7 };
    expect(restarts(changed(machines.sensu, { sensu }).node)).toBe(1);
  });
});

describeWith("GoCD", [ruby], () => {
  it("keeps configuration and data on the volume, and leaves the configuration to itself (S1-61)", () => {
    const { files } = converged("gocd");
    expect(Object.keys(files)).not.toContain("/etc/go/cruise-config.xml");
    const mounts = Object.entries(files).filter(([path]) => path.endsWith(".mount"));
    expect(mounts.map(([, { text: unit }]) => /^What=(.*)\nWhere=(.*)$/m.exec(unit)!.slice(1))).toEqual([
      ["/srv/gocd/config", "/etc/go"],
      ["/srv/gocd/server", "/var/lib/go-server"],
    ]);
    expect(text("gocd", "/usr/share/go-server/wrapper-config/wrapper-properties.conf")).toBe(golden("go-server.conf"));
  });

  it("has agents that find it, register by themselves and may use Docker (S1-61)", () => {
    expect(text("gocdAgent", "/usr/share/go-agent/wrapper-config/wrapper-properties.conf")).toBe(
      golden("go-agent.conf"),
    );
    const { files, runs } = converged("gocdAgent");
    expect(files["/var/lib/go-agent/config/autoregister.properties"]!.to).toBe("/run/go-agent/autoregister.properties");
    expect(runs[0]!.updated).toContain("group[docker]");
    expect(JSON.parse(text("gocdAgent", "/etc/slipway/gocd-agent.json")).resources).toEqual(["docker", "ruby"]);
  });
});
