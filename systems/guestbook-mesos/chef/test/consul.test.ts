import { expect, it } from "vitest";
import { describeWith } from "../../../../e2e/support/requirements";
import { converge, nodeSettings, ruby } from "./converge";

const consul = {
  datacenter: "eu-west-1",
  servers: 3,
  join: { tag_key: "ConsulCluster", tag_value: "guestbook-mesos-dev" },
  gossip_secret_arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:gossip",
};
const agent = (kind: "server" | "client", more = {}) => {
  const runList = ["role[base]", `role[consul_${kind}]`];
  const settings = nodeSettings("mesos-master", { consul: { ...consul, ...more } }, { runList, hostname: "master-1" });
  const { files, runs } = converge(settings);
  return { files, runs, told: JSON.parse(files["/etc/consul/consul.json"]!.text) };
};

describeWith("Consul", [ruby], () => {
  it("has servers that wait for each other, and forget who is gone for good (S1-34)", () => {
    const { told, runs } = agent("server");
    expect(told).toMatchObject({
      server: true,
      bootstrap_expect: 3,
      leave_on_terminate: false,
      autopilot: { cleanup_dead_servers: true, min_quorum: 3 },
    });
    expect(runs[0]!.units["consul.service"]).toMatchObject({ enabled: true, active: true });
    expect(runs[1]!.updated).toEqual([]);
  });

  it("has clients that say when they leave, and no others (S1-34)", () => {
    const { told, runs } = agent("client");
    expect(told).toMatchObject({ server: false, leave_on_terminate: true });
    expect(Object.keys(told)).not.toContain("bootstrap_expect");
    expect(runs[1]!.updated).toEqual([]);
  });

  it.each([
    "server",
    "client",
  ] as const)("finds the servers by their tag and answers this machine only, as a %s (S1-37)", (kind) => {
    const { told } = agent(kind);
    expect(told).toMatchObject({
      node_name: "i-0123456789abcdef0",
      datacenter: "eu-west-1",
      bind_addr: "10.220.64.11",
      client_addr: "127.0.0.1",
      retry_join: [
        "provider=aws region=eu-west-1 tag_key=ConsulCluster tag_value=guestbook-mesos-dev addr_type=private_v4",
      ],
      ports: { server: 8300, serf_lan: 8301, serf_wan: -1, http: 8500, dns: 8600, grpc: -1 },
    });
    expect(Object.keys(told)).not.toContain("services");
  });

  it("reads the key of its gossip at every start, and has it in no file that stays", () => {
    const { files, told } = agent("client");
    expect(Object.keys(told)).not.toContain("encrypt");
    const unit = files["/etc/systemd/system/consul.service"]!.text;
    expect(unit).toContain(
      `ExecStartPre=+/usr/local/lib/slipway/fetch-secret --arn ${consul.gossip_secret_arn} --member password --as json:encrypt --owner consul --to /run/slipway/consul/gossip.json\n`,
    );
    expect(unit).toContain("-config-file=/etc/consul/consul.json -config-file=/run/slipway/consul/gossip.json\n");
    expect(files["/etc/consul/consul.json"]).toMatchObject({ mode: "0640", owner: "root", group: "consul" });
  });

  it("refuses an even number of servers", () => {
    expect(() => agent("server", { servers: 4 })).toThrow("want an odd number of servers, got 4");
  });
});
