import { afterAll, beforeAll, expect, it } from "vitest";
import { ruby } from "../../systems/guestbook-mesos/chef/test/converge";
import { docker, eventually } from "../machine/harness/engine";
import { makesImages } from "../machine/harness/images";
import { describeWith } from "../support/requirements";
import { consul } from "./consul-program";
import type { FrontEnd } from "./front-end";
import { Site } from "./front-end-site";
import type { Visitor } from "./front-end-visitor";

const { requirement, program } = await consul();
const requirements = [...(await makesImages()), ruby, requirement];

/** By when the other front end must answer, as the issue of the system promises. */
const promised = 15;

/**
 * Loses the front end that has the address, and gives the time until visitors are answered again. The promise is about the
 * settings of Heartbeat and keepalived; where the machine of the test is too busy to keep it, it gets a second chance.
 */
async function lose(site: Site, visitor: Visitor, harm: (machine: FrontEnd) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (const chance of [1, 2]) {
    const { holder } = await site.holder();
    const { seconds, meanwhile } = await site.takeOver(visitor, harm);
    // Nobody was refused by the front end that is left.
    expect(meanwhile.length).toBeGreaterThan(0);
    expect(meanwhile.filter((status) => status !== 200)).toEqual([]);
    times.push(seconds);
    if (seconds <= promised || chance === 2) break;
    await holder.powerOn();
  }
  process.stderr.write(`taken over after ${times.map((seconds) => seconds.toFixed(1)).join(", then ")} s\n`);
  return times.at(-1)!;
}

describeWith("two front ends with Heartbeat, as they were converged", requirements, () => {
  let site: Site;
  let visitor: Visitor;
  const all = () => Object.values(site.frontEnds);
  const upstream = (machine: FrontEnd) => machine.run("cat", "/etc/nginx/conf.d/upstream-guestbook.conf");
  const servers = async (machine: FrontEnd) =>
    [...(await upstream(machine)).matchAll(/^ {2}server ([^\s;]+)/gm)].map(([, server]) => server!).sort();

  beforeAll(async () => {
    site = await Site.open("heartbeat", program);
    visitor = await site.visitor(21);
  });
  afterAll(async () => {
    await site?.close();
  });

  it("serve before Consul is there: nginx takes the configuration without a server (S1-40)", async () => {
    for (const machine of all()) {
      await machine.serves();
      expect(await servers(machine)).toEqual(["127.0.0.1:65535"]);
      await machine.run("nginx", "-t", "-q");
    }
  });

  it("agree by unicast on which of them has the Elastic IP (S1-44, S1-45)", async () => {
    const { holder } = await site.holder();
    expect(holder.props.name).toBe("fe-1");
    const answer = await eventually("an answer", 60, async () => {
      const got = await visitor.get(site.gateway.elastic, "/healthz");
      if (got.status !== 200) throw new Error(`${got.status}`);
      return got;
    });
    expect(answer.text).toBe("ok\n");
    expect((await visitor.get(site.gateway.elastic)).status).toBe(502);
    expect(await holder.run("stat", "-L", "-c", "%a", "/etc/ha.d/authkeys")).toBe("600");
  });

  it("send visitors to the tasks that Consul knows, as soon as it knows them (S1-02, S1-35, S1-39, S1-40, S1-41)", async () => {
    await site.gateway.startConsul();
    const tasks = [await site.task(1, "1.0.0-0123456789ab"), await site.task(2, "1.0.0-0123456789ab")];
    const wanted = tasks.map(({ address }) => `${address}:80`).sort();
    for (const machine of all()) {
      await eventually("both tasks in the upstream", 90, async () => expect(await servers(machine)).toEqual(wanted));
      await machine.run("nginx", "-t", "-q");
    }
    const seen = await eventually("the pages of both tasks", 60, async () => {
      const { status, text } = await visitor.get(site.gateway.elastic);
      const page = `${status} ${text}`;
      pages.add(/<dd>(task-\d)<\/dd>/.exec(page)?.[1] ?? page);
      if (!pages.has("task-1") || !pages.has("task-2")) throw new Error([...pages].join());
      return page;
    });
    expect(seen).toContain("<dd>1.0.0-0123456789ab</dd>");
    // The address that nginx counts is the visitor's own.
    expect(seen).toMatch(/<dd>10\.229\.\d+\.21<\/dd>/);
  });
  const pages = new Set<string>();

  it("leave out a task that has died (S1-35, S1-40)", async () => {
    const { holder } = await site.holder();
    const before = await servers(holder);
    const task = await site.task(3, "1.0.0-0123456789ab");
    await eventually("the third task", 60, async () => expect(await servers(holder)).toContain(`${task.address}:80`));
    await docker("kill", task.name);
    await eventually("the rest", 60, async () => expect(await servers(holder)).toEqual(before));
    expect((await visitor.get(site.gateway.elastic)).status).toBe(200);
  });

  it("take limits from Consul's keys and values, and leave those alone that nginx refuses (S1-36, S1-42)", async () => {
    const { holder } = await site.holder();
    const rate = "kv/guestbook/frontend/limits/requests_per_second";
    const limits = () => holder.run("cat", "/etc/nginx/conf.d/limits.conf");
    await site.gateway.consul("PUT", rate, "many");
    await eventually("a refusal", 60, async () =>
      expect(await holder.run("journalctl", "-u", "consul-template", "-o", "cat")).toContain(
        "nginx refuses conf.d/limits.conf",
      ),
    );
    expect(await limits()).toContain("rate=10r/s;");
    await site.gateway.consul("PUT", rate, "3");
    await eventually("the new limit", 60, async () => expect(await limits()).toContain("rate=3r/s;"));
    await site.gateway.consul("PUT", "kv/guestbook/frontend/limits/burst", "5");
    await eventually("the new limit", 60, async () => expect(await limits()).toContain("burst=5 "));
    await holder.run("nginx", "-t", "-q");
  });

  it("refuse the flood of one client, and serve another at the same time (S1-42)", async () => {
    const flooder = await site.visitor(22);
    let flooding = true;
    const flood = flooder.flood(site.gateway.elastic, 400).finally(() => {
      flooding = false;
    });
    const served: number[] = [];
    // Three requests a second are his, and five at once.
    while (flooding && served.length < 4) served.push((await visitor.get(site.gateway.elastic)).status);
    const statuses = await flood;
    const count = (wanted: number) => statuses.filter((status) => status === wanted).length;
    expect(count(429)).toBeGreaterThan(300);
    expect(count(200)).toBeGreaterThan(0);
    expect(count(200) + count(429)).toBe(400);
    expect(served.length).toBeGreaterThan(0);
    expect(served.filter((status) => status !== 200)).toEqual([]);
    for (const name of ["requests_per_second", "burst"])
      await site.gateway.consul("DELETE", `kv/guestbook/frontend/limits/${name}`);
    const { holder } = await site.holder();
    await eventually("the limits of the description", 60, async () =>
      expect(await holder.run("cat", "/etc/nginx/conf.d/limits.conf")).toMatch(/rate=10r\/s;[\s\S]*burst=20 /),
    );
  });

  it(`answer by the other one within ${promised} seconds when one is killed (S1-44, S1-45, S1-46)`, async () => {
    expect(await lose(site, visitor, (machine) => machine.kill())).toBeLessThanOrEqual(promised);
    expect((await visitor.get(site.gateway.elastic)).text).toContain("Awesome Guestbook");
  });

  it("hand over when nginx fails its checks, and not before the other is there (S1-44)", async () => {
    const { holder, other } = await site.holder();
    await other.powerOn();
    await eventually("Heartbeat on both", 90, async () =>
      expect(await other.run("cl_status", "nodestatus", holder.props.name)).toBe("active"),
    );
    await eventually("an end of the transition", 90, async () =>
      expect(await holder.run("cl_status", "rscstatus")).toBe("all"),
    );
    // Who comes back stands by.
    expect((await site.holder()).holder).toBe(holder);
    await site.takeOver(visitor, (machine) => machine.run("systemctl", "stop", "nginx"));
    expect((await site.holder()).holder).toBe(other);
  });
});

describeWith("two front ends with keepalived, as they were converged", requirements, () => {
  let site: Site;
  let visitor: Visitor;

  beforeAll(async () => {
    site = await Site.open("keepalived", program);
    visitor = await site.visitor(21);
  });
  afterAll(async () => {
    await site?.close();
  });

  it("run a configuration that keepalived takes, with scripts that it trusts (S1-44)", async () => {
    for (const machine of Object.values(site.frontEnds)) {
      await machine.serves();
      const check = await machine.run("sh", "-c", "keepalived --config-test 2>&1 || true");
      // All that it has to say: what moves is AWS's address, and none of the machine's.
      expect(check).toMatch(/^(\(front_door\) No VIP specified; at least one is sensible\n?)*$/);
    }
  });

  it(`answer by the other one within ${promised} seconds when one is killed (S1-44, S1-45)`, async () => {
    expect(await lose(site, visitor, (machine) => machine.kill())).toBeLessThanOrEqual(promised);
  });
});
