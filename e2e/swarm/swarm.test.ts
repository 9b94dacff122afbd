import { afterAll, beforeAll, expect, it } from "vitest";
import { Emulator } from "../machine/harness/emulator";
import { CleanUp, docker, eventually, program, tryDocker, uniqueName } from "../machine/harness/engine";
import type { Finished } from "../support/process";
import { describeWith } from "../support/requirements";
import { app, makesImages, spoiled } from "./images";
import { Postgres } from "./postgres";
import { Repository, stackWith } from "./repository";
import { account, hasIpvs, type Node, Swarm } from "./swarm";
import { isPage, Visitor } from "./visitor";

const region = "us-east-1";
const [first, second] = ["first-password-of-the-app", "second 'password' of the app"];

describeWith("the dashboard on a swarm of three", [...(await makesImages()), await program("git", "git")], () => {
  const cleanUp = new CleanUp();
  const [databaseSecret, registrySecret] = [uniqueName("database"), uniqueName("registry-account")];
  const credentialsOfAws = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  let swarm: Swarm;
  let postgres: Postgres;
  let repository: Repository;
  let emulator: Emulator;

  const poll = (node: Node, ...args: string[]): Promise<Finished> =>
    node.program(
      {
        ...{ SLOW_CALL_SECONDS: "0", BACK_TIMEOUT_SECONDS: "3", SLIPWAY_CONVERGE_SECONDS: "120" },
        ...{ SLIPWAY_DATABASE_SECRET: "/machine/database-secret", SLIPWAY_REGISTRY_LOGIN: "/machine/registry-login" },
        ...credentialsOfAws,
      },
      ...["/machine/poll-updates.sh", ...args],
    );
  const polled = async (...args: string[]) => poll(await swarm.leader(), ...args);
  const page = async (node: Node, path = "/") =>
    (await fetch(`${await node.url()}${path}`, { signal: AbortSignal.timeout(8000) })).text();
  const version = async (node: Node) => JSON.parse(await page(node, "/healthz")).version;
  const versions = () => Promise.all(swarm.nodes.map(version));
  const visit = async (nodes: readonly Node[]) => {
    const visitor = await Visitor.of(nodes);
    cleanUp.add(() => visitor.end());
    return visitor;
  };
  const credentials = (password: string) => ({ username: "dashboard_app", password });

  beforeAll(async () => {
    const network = uniqueName("net");
    await docker("network", "create", network);
    cleanUp.add(() => tryDocker("network", "rm", network));
    repository = await Repository.create();
    swarm = await Swarm.start(network, repository.bare, 3, cleanUp);
    for (const tag of ["1.0.0", "1.1.0"]) await swarm.push(await app("front", tag), `dashboard/dash-front:${tag}`);
    await swarm.push(await app("back", "1.1.2"), "dashboard/dash-back:1.1.2");
    const broken = await spoiled(await app("front", "1.1.0"), "echo 'raise SystemExit(1)' > /app/front.py", cleanUp);
    await swarm.push(broken, "dashboard/dash-front:1.2.0");
    postgres = await Postgres.start(network, "superuser", cleanUp);
    emulator = await Emulator.start(network, region, cleanUp);
    const settings = {
      ...{ region, mode: "cluster", cluster: "dashboard-e2e", joinSecretArn: "arn:not-used-here" },
      databaseSecretArn: await emulator.putSecret(databaseSecret, credentials(first)),
      registrySecretArn: await emulator.putSecret(registrySecret, account),
      ...{ databaseHost: postgres.address, databasePort: 5432, databaseName: "dashboard" },
      repository: { url: "file:///srv/repository.git", branch: "master" },
      ...{ stackFile: "systems/dashboard/docker-compose.yml", namespace: `${swarm.registry.inside}/dashboard` },
      endpoint: emulator.urlInside,
    };
    for (const node of swarm.nodes) await node.write("/etc/slipway/dashboard.json", JSON.stringify(settings));
    await repository.push(stackWith("1.0.0", "1.1.2"));
  });
  afterAll(() => cleanUp.run());

  it("is deployed by the leader alone, from the branch, the secret and the settings (S4-14, S4-62, S4-63, S4-D11)", async () => {
    const loaded = await postgres.load(first);
    expect([loaded.code, loaded.output]).toEqual([0, expect.stringContaining("loaded: two rows")]);
    const leader = await swarm.leader();
    for (const node of swarm.nodes.filter((each) => each !== leader)) {
      expect(await poll(node)).toMatchObject({ code: 0, output: expect.stringContaining("does not lead the swarm") });
    }
    const { code, output } = await poll(leader);
    expect([code, output]).toEqual([0, expect.stringMatching(/commit [0-9a-f]{40} is served/)]);
  });

  it("comes from a registry that wants an account, which no machine keeps (S4-W04)", async () => {
    const front = `${swarm.registry.inside}/dashboard/dash-front:1.1.0`;
    for (const node of swarm.nodes) {
      const { code, output } = await node.program({}, "docker", "pull", "--quiet", front);
      expect([code, output]).toEqual([1, expect.stringMatching(/no basic auth credentials|unauthorized/)]);
      expect(await node.run("sh", "-c", "ls -A /run | grep slipway; cat ~/.docker/config.json 2>/dev/null; true")).toBe(
        "",
      );
    }
  });

  it("gives a new password to the services from time to time, and starts no task for it (S4-W04)", async () => {
    const leader = await swarm.leader();
    const tasks = async () =>
      (await leader.run("docker", "stack", "ps", "--no-trunc", "--quiet", "dashboard")).split("\n").sort();
    const before = await tasks();
    await leader.run("touch", "--date", "4 hours ago", "/var/lib/slipway/dashboard/registry");
    const { code, output } = await poll(leader);
    expect([code, output]).toEqual([0, expect.stringContaining(`a new password of ${swarm.registry.inside}`)]);
    // Waits until Swarm is through with whatever it was told before.
    await leader.run("docker", "service", "update", "--quiet", "dashboard_dash-front");
    expect(await tasks()).toEqual(before);
  });

  it("shows both rows on the published port of every machine (S4-05, S4-06, S4-R01)", async () => {
    for (const node of swarm.nodes) {
      const text = await eventually("the page", 20, async () => {
        const shown = await page(node);
        if (!isPage(shown)) throw new Error(shown);
        return shown;
      });
      expect(text).toContain("<title>Dashboard</title>");
      expect(await version(node)).toBe("1.0.0");
    }
  });

  it("uses the routing mesh only where the kernel has IPVS", async () => {
    const format =
      "{{.Spec.EndpointSpec.Mode}} {{range .Spec.EndpointSpec.Ports}}{{.PublishMode}} {{.PublishedPort}}{{end}}";
    const leader = await swarm.leader();
    const wanted = hasIpvs() ? "vip ingress 5000" : "dnsrr host 5000";
    expect(await leader.run("docker", "service", "inspect", "--format", format, "dashboard_dash-front")).toBe(wanted);
  });

  it("gives dash-back alone the secret, at /var/run/aws_db, for its own user only (S4-14, S4-15, S4-D01)", async () => {
    const inside = async (service: string, script: string) => {
      for (const node of swarm.nodes) {
        const id = await node.run("docker", "ps", "--quiet", "--latest", "--filter", `name=dashboard_${service}`);
        if (id) return node.run("docker", "exec", id, "sh", "-c", script);
      }
      throw new Error(`${service} runs nowhere`);
    };
    expect(await inside("dash-back", "cat /var/run/aws_db; stat -Lc ' %a %u' /var/run/aws_db; id -u")).toBe(
      `${first} 440 10001\n10001`,
    );
    expect(await inside("dash-back", "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline")).not.toContain(first);
    expect(await inside("dash-front", "ls /var/run")).not.toContain("aws_db");
  });

  it("is left alone while nothing changes, and by the second of two at once (S4-62, S4-64)", async () => {
    expect(await polled()).toMatchObject({ code: 0, output: expect.stringContaining("nothing changed since") });
    const both = await Promise.all([polled("--force"), polled("--force")]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const outputs = both.map(({ output }) => output).sort();
    expect(outputs).toEqual([
      expect.stringContaining("another run is under way"),
      expect.stringContaining("is served"),
    ]);
  });

  it("gets a version that the branch names, while the page keeps answering (S4-60, S4-61, S4-65)", async () => {
    const visitor = await visit(swarm.nodes);
    await repository.push(stackWith("1.1.0", "1.1.2"));
    const { code, output } = await polled();
    const { visits, failures } = await visitor.end();
    expect([code, output]).toEqual([0, expect.stringContaining("is served")]);
    expect(await versions()).toEqual(["1.1.0", "1.1.0", "1.1.0"]);
    expect(failures).toEqual([]);
    expect(visits).toBeGreaterThan(20);
  });

  it("goes back from a version that does not run, while the page keeps answering, and does not try it again", async () => {
    const visitor = await visit(swarm.nodes);
    const commit = await repository.push(stackWith("1.2.0", "1.1.2"));
    const { code, output } = await polled();
    expect([code, output]).toEqual([3, expect.stringContaining(`commit ${commit} is bad`)]);
    expect(output).toContain("the version before it is served");
    expect((await visitor.end()).failures).toEqual([]);
    expect(await versions()).toEqual(["1.1.0", "1.1.0", "1.1.0"]);
    const again = await polled();
    expect([again.code, again.output]).toEqual([3, expect.stringContaining(`commit ${commit} failed before`)]);
  });

  it.each([
    ["a tag that moves", stackWith("latest", "1.1.2"), /must have tags like 1\.2\.3, not .*dash-front:latest/],
    ["no stack file", "services: [", /it is not valid/],
  ])("refuses a commit with %s, and stays as it is (S4-60)", async (_, content, sentence) => {
    await repository.push(content.replace("dash-front:1.0.0", "dash-front:latest"));
    const { code, output } = await polled();
    expect([code, output]).toEqual([3, expect.stringMatching(sentence)]);
    expect(isPage(await page(swarm.nodes[0]!))).toBe(true);
  });

  it("keeps what runs while a rotated password waits for the database, and gets it under a new name then (S4-D07)", async () => {
    await repository.push(stackWith("1.1.0", "1.1.2"));
    expect((await polled()).code).toBe(0);
    const held = async () => {
      const format = "{{range .Spec.TaskTemplate.ContainerSpec.Secrets}}{{.SecretName}}{{end}}";
      const leader = await swarm.leader();
      return leader.run("docker", "service", "inspect", "--format", format, "dashboard_dash-back");
    };
    const before = await held();
    const visitor = await visit(swarm.nodes);
    // In the order of the runbook: the deployment changes the secret, and only then can an operator load it.
    await emulator.putSecret(databaseSecret, credentials(second));
    const early = await polled();
    expect([early.code, early.output]).toEqual([1, expect.stringContaining("load the database, or mend the settings")]);
    expect(early.output).toContain("the version before it is served");
    expect(await held()).toBe(before);
    expect((await postgres.load(second)).code).toBe(0);
    const { code, output } = await polled();
    expect([code, output]).toEqual([0, expect.stringMatching(/with the secret aws_db_[0-9a-f]{12} .*is served/s)]);
    expect((await visitor.end()).failures).toEqual([]);
    const name = /secret (aws_db_\w+)/.exec(output)![1]!;
    expect(name).not.toBe(before);
    expect(await held()).toBe(name);
  });

  it("loses the images that nothing uses, and no other one", async () => {
    const node = swarm.nodes[0]!;
    const spare = await spoiled(await app("front", "1.0.0"), "touch /app/spare", cleanUp);
    await swarm.push(spare, "dashboard/dash-spare:1.0.0");
    const name = `${swarm.registry.inside}/dashboard/dash-spare`;
    // By its digest, as Swarm pulls.
    const folder = "/run/pull";
    await node.program(credentialsOfAws, "/machine/registry-login", folder);
    const pull = (image: string) => node.run("docker", "--config", folder, "pull", "--quiet", image);
    await pull(`${name}:1.0.0`);
    const digest = await node.run(
      "docker",
      "image",
      "inspect",
      "--format",
      "{{index .RepoDigests 0}}",
      `${name}:1.0.0`,
    );
    await node.run("docker", "image", "rm", `${name}:1.0.0`);
    await pull(digest);
    await node.run("docker", "tag", digest, "localhost/dash-spare:1.0.0");
    expect(await node.run("/machine/prune-images")).not.toContain("removed");
    expect(await node.run("/machine/prune-images", "--older-than", "0")).toContain(`removed ${digest}`);
    const left = await node.run(
      "docker",
      "image",
      "ls",
      "--digests",
      "--format",
      "{{.Repository}}:{{.Tag}} {{.Digest}}",
    );
    expect(left).toContain("localhost/dash-spare:1.0.0");
    expect(left).not.toContain(name);
    const used = "docker ps --all --quiet | xargs docker inspect --format '{{.Image}}' | xargs docker image inspect";
    await node.run("sh", "-c", used);
    expect(await version(node)).toBe("1.1.0");
  });

  it("keeps answering when its leader dies, and is deployed by the next one (S4-D09)", async () => {
    const killed = await swarm.leader();
    const survivors = swarm.nodes.filter((node) => node !== killed);
    const visitor = await visit(survivors);
    await docker("kill", killed.name);
    const next = await swarm.leader(survivors, 90);
    // What the one before it recorded is known to it.
    expect(await poll(next)).toMatchObject({ code: 0, output: expect.stringContaining("nothing changed since") });
    await repository.push(stackWith("1.0.0", "1.1.2"));
    const { code, output } = await poll(next);
    expect([code, output]).toEqual([0, expect.stringContaining("is served")]);
    expect(await Promise.all(survivors.map(version))).toEqual(["1.0.0", "1.0.0"]);
    const { visits, failures } = await visitor.end();
    expect(failures).toEqual([]);
    expect(visits).toBeGreaterThan(20);
  });
});
