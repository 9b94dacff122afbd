import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Netmask } from "netmask";
import { afterAll, beforeAll, expect, it } from "vitest";
import { converge, nodeSettings, ruby } from "../../systems/guestbook-mesos/chef/test/converge";
import { CleanUp, docker, eventually, tryDocker, uniqueName } from "../machine/harness/engine";
import { debian, makesImages } from "../machine/harness/images";
import { networkWithRange } from "../machine/harness/network";
import { describeWith } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";
import { consul } from "./consul-program";

const { requirement, program } = await consul();
/** As generated secrets are: 32 letters and digits, which Consul reads as a key of 24 bytes in Base64. */
const key = (letter: string) => letter.repeat(32);

describeWith(
  "Consul, from the configuration that our recipes write",
  [...(await makesImages()), ruby, requirement],
  () => {
    const cleanUp = new CleanUp();
    let network: string;
    let address: (number: number) => string;
    let image: string;

    beforeAll(async () => {
      image = await debian("bookworm");
      const made = await networkWithRange(cleanUp);
      network = made.network;
      address = (number) => new Netmask(made.cidr).base.replace(/\d+$/, `${220 + number}`);
    });
    afterAll(() => cleanUp.run());

    /**
     * A machine with what a converge writes, and the key that `fetch-secret` would put beside it. Where the EC2 API would be
     * asked for the servers, they are named: what else is different from a machine is nothing.
     */
    async function agent(number: number, kind: "server" | "client", gossip = key("k")): Promise<string> {
      const told = {
        datacenter: "eu-west-1",
        servers: 3,
        join: { tag_key: "ConsulCluster", tag_value: "guestbook-mesos-dev" },
        gossip_secret_arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:gossip",
      };
      const settings = nodeSettings(
        "mesos-master",
        { consul: told },
        { runList: ["role[base]", `role[consul_${kind}]`] },
      );
      const done = converge(settings, { id: `i-${number}`, address: address(number), times: 1 });
      const folder = temporaryFolder("consul");
      mkdirSync(join(folder, "consul"));
      cpSync(program, join(folder, "consul/program"));
      const written = JSON.parse(done.files["/etc/consul/consul.json"]!.text);
      const servers = [1, 2, 3].map(address);
      writeFileSync(join(folder, "consul/consul.json"), JSON.stringify({ ...written, retry_join: servers }));
      writeFileSync(join(folder, "consul/gossip.json"), JSON.stringify({ encrypt: gossip }));
      const name = uniqueName(`consul-${number}`);
      cleanUp.container(name);
      const files = ["-config-file=/etc/consul/consul.json", "-config-file=/etc/consul/gossip.json"];
      await docker(
        ...["create", "--name", name, "--network", network, "--ip", address(number), image],
        ...["/etc/consul/program", "agent", ...files],
      );
      await docker("cp", join(folder, "consul"), `${name}:/etc/`);
      await docker("start", name);
      return name;
    }

    const members = async (name: string) =>
      (await tryDocker("exec", name, "/etc/consul/program", "members")).stdout
        .split("\n")
        .filter((line) => / alive /.test(line))
        .map((line) => line.split(/ +/)[0]);
    const leader = (name: string) =>
      eventually("a leader", 60, async () => {
        const { code, output } = await tryDocker("exec", name, "/etc/consul/program", "operator", "raft", "list-peers");
        if (code !== 0 || !/ leader /.test(output)) throw new Error(output);
        return output;
      });

    it("is valid to the real program, as it is written (S1-34, S1-37)", async () => {
      for (const kind of ["server", "client"] as const) {
        const name = await agent(9, kind);
        const { code, output } = await tryDocker(
          "exec",
          name,
          "/etc/consul/program",
          "validate",
          "/etc/consul/consul.json",
        );
        expect([code, output]).toEqual([0, expect.stringContaining("Configuration is valid!")]);
        await docker("rm", "--force", name);
      }
    });

    it("has no leader before three servers are there, and keeps one when a server is lost (S1-34)", async () => {
      const first = await agent(1, "server");
      const second = await agent(2, "server");
      await eventually("two members", 60, async () => expect(await members(first)).toEqual(["i-1", "i-2"]));
      expect((await tryDocker("exec", first, "/etc/consul/program", "operator", "raft", "list-peers")).code).not.toBe(
        0,
      );
      const third = await agent(3, "server");
      expect(await leader(first)).toMatch(/i-3/);
      await docker("rm", "--force", third);
      await eventually("a leader of two", 60, async () => expect(await leader(second)).not.toMatch(/i-3 .* leader /));
    });

    it("lets a client in that has the key of the gossip, and no other", async () => {
      const client = await agent(4, "client");
      await eventually("a client", 60, async () => expect(await members(client)).toContain("i-1"));
      const stranger = await agent(5, "client", key("x"));
      await eventually("an attempt", 60, async () => {
        const { output } = await tryDocker("logs", stranger);
        // Said only of another key; of a server that is away, "connection refused" or "no route to host".
        expect(output).toMatch(/Failed to join \S+: No installed keys could decrypt the message/);
      });
      expect(await members(client)).not.toContain("i-5");
    });
  },
);
