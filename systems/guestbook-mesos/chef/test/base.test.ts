import { expect, it } from "vitest";
import { describeWith } from "../../../../e2e/support/requirements";
import { type Converged, converge, nodeSettings, ruby } from "./converge";

const machine = () => converge(nodeSettings("base", {}, { hostname: "zk-1", runList: ["role[base]"] }));

describeWith("every machine of the cluster", [ruby], () => {
  let done: Converged;
  const text = (path: string) => done.files[path]?.text;
  it("changes nothing where everything is as it should be", () => {
    done = machine();
    expect(done.runs[0]!.updated).not.toEqual([]);
    expect(done.runs[1]!.updated).toEqual([]);
  });

  it("asks the local Consul for names below consul, and the network's resolver for all others (S1-29)", () => {
    const lines = text("/etc/systemd/resolved.conf.d/consul.conf")!.split("\n");
    expect(lines).toEqual(expect.arrayContaining(["DNS=127.0.0.1:8600", "Domains=~consul"]));
    const restarted = done.runs[0]!.steps.find(({ action }) => action === "restart");
    expect(restarted?.resource).toBe("service[systemd-resolved]");
  });

  it("converges again every ten minutes, not all machines at once (S1-47, S1-55)", () => {
    expect(done.runs[0]!.units["cinc-client.timer"]).toMatchObject({ enabled: true, active: true });
    const timer = text("/etc/systemd/system/cinc-client.timer")!.split("\n");
    expect(timer).toEqual(expect.arrayContaining(["OnUnitInactiveSec=10min", "RandomizedDelaySec=120"]));
    expect(text("/etc/systemd/system/cinc-client.service")).toContain(
      "ExecStart=/usr/local/lib/slipway/node-converge --again",
    );
    expect(done.files["/usr/local/lib/slipway/fetch-secret"]).toMatchObject({ mode: "0755", owner: "root" });
  });

  it("has the name of its settings, and finds itself and the front ends without asking anyone", () => {
    expect(text("/etc/hostname")).toBe("zk-1\n");
    expect(text("/etc/hosts")).toContain("10.220.64.11 zk-1.guestbook-mesos-dev.internal zk-1\n");
    const peers = { "fe-1": "10.220.0.11", "fe-2": "10.220.16.11" };
    const settings = nodeSettings("base", { frontend: { peers } }, { hostname: "fe-1", runList: ["role[base]"] });
    const { files } = converge(settings, { address: "10.220.0.11" });
    expect(files["/etc/hosts"]!.text.match(/^10\.220\.\S+ \S+ \S+$/gm)).toEqual([
      "10.220.0.11 fe-1.guestbook-mesos-dev.internal fe-1",
      "10.220.16.11 fe-2.guestbook-mesos-dev.internal fe-2",
    ]);
    expect(text("/etc/cloud/cloud.cfg.d/90-slipway-name.cfg")).toContain("preserve_hostname: true");
  });

  it("keeps its journal, where our programs and Cinc write, within bounds", () => {
    expect(text("/etc/systemd/journald.conf.d/limits.conf")).toContain("SystemMaxUse=500M");
  });
});
