import { afterEach, beforeEach, expect, it } from "vitest";
import { describeWith } from "../../../../../e2e/support/requirements";
import { python, Stage } from "./stage";

let stage: Stage;

beforeEach(async () => {
  stage = await Stage.make();
});
afterEach(() => stage.close());

const run = async (check: string, ...args: string[]) => {
  const { code, stdout } = await stage.run(`guestbook_sensu/check-${check}`, { args });
  return { code, said: stdout.trim() };
};

describeWith("the check of an address (S1-59)", [python], () => {
  it("is content with the status and the text that it wants", async () => {
    const port = await stage.serve(({ path }) => (path === "/ping" ? { body: "pong\n" } : { status: 404 }));
    const url = `http://127.0.0.1:${port}/ping`;
    expect(await run("http", "--url", url, "--body", "pong")).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^OK: .*\/ping: 200 after \d/),
    });
    expect(await run("http", "--url", url, "--body", "leader")).toMatchObject({
      code: 2,
      said: `CRITICAL: ${url}: answers, but not with leader: pong`,
    });
  });

  it("tells a wrong status, with what was said", async () => {
    const port = await stage.serve(() => ({ status: 503, body: "no leader" }));
    const url = `http://127.0.0.1:${port}/health`;
    expect(await run("http", "--url", url)).toEqual({ code: 2, said: `CRITICAL: ${url}: 503, not 200: no leader` });
    expect((await run("http", "--url", url, "--status", "503")).code).toBe(0);
  });

  it("sees no leader of Consul in an empty text", async () => {
    let leader = '"10.220.64.21:8300"';
    const port = await stage.serve(() => ({ body: leader }));
    const ask = () => run("http", "--url", `http://127.0.0.1:${port}/v1/status/leader`, "--body", "[0-9]:[0-9]");
    expect((await ask()).code).toBe(0);
    leader = '""';
    expect((await ask()).code).toBe(2);
  });

  it("is critical where nobody listens, or answers in time", async () => {
    expect((await run("http", "--url", `http://127.0.0.1:${await stage.nobody()}/`)).code).toBe(2);
    const silent = await stage.say("");
    expect((await run("http", "--url", `http://127.0.0.1:${silent}/`, "--timeout", "5")).code).toBe(2);
  });

  it("asks nobody where a label was not filled in", async () => {
    expect(await run("http", "--url", "http://{{ .labels.address }}:5050/")).toMatchObject({
      code: 3,
      said: expect.stringContaining("is no address"),
    });
  });
});

describeWith("the check of ZooKeeper (S1-32, S1-59)", [python], () => {
  const srvr = (mode: string) =>
    `Zookeeper version: 3.8.0\nLatency min/avg/max: 0/0.0/0\nMode: ${mode}\nNode count: 5\n`;
  const ask = async (said: string) => run("zookeeper", "--port", `${await stage.say(said)}`);

  it.each(["leader", "follower"])("is content with a %s", async (mode) => {
    expect(await ask(srvr(mode))).toEqual({ code: 0, said: `OK: ${mode}` });
  });

  it.each([
    ["one that stands alone", srvr("standalone"), "CRITICAL: mode standalone; want leader or follower"],
    [
      "one without a quorum",
      "This ZooKeeper instance is not currently serving requests\n",
      "CRITICAL: This ZooKeeper instance is not currently serving requests; want leader or follower",
    ],
    ["one that says nothing", "", "CRITICAL: no answer to srvr; want leader or follower"],
  ])("is critical for %s", async (_, said, verdict) => {
    expect(await ask(said)).toEqual({ code: 2, said: verdict });
  });

  it("is critical where none listens", async () => {
    expect((await run("zookeeper", "--port", `${await stage.nobody()}`)).code).toBe(2);
  });
});

describeWith("the check of the masters' quorum (S1-33)", [python], () => {
  const masters = ["127.0.0.2", "127.0.0.3", "127.0.0.4"];
  /** What each master counts; null for one that is not there. All have the port of the first. */
  const ask = async (...metrics: (object | null)[]) => {
    let port = 0;
    for (const [index, found] of metrics.entries()) {
      if (found)
        port = await stage.serve(
          ({ path }) => (path === "/metrics/snapshot" ? { body: found } : {}),
          masters[index]!,
          port,
        );
    }
    return run("mesos-quorum", "--masters", masters.join(","), "--port", `${port || (await stage.nobody())}`);
  };
  const leader = (size = 3) => ({ "master/elected": 1, "registrar/log/ensemble_size": size });
  const other = { "master/elected": 0 };

  it("is content with one leader, and a log of as many members as there are masters", async () => {
    expect(await ask(other, leader(), other)).toEqual({ code: 0, said: "OK: 127.0.0.3 leads 3 masters" });
  });

  it("warns while one master is missing: the other two are a quorum", async () => {
    expect(await ask(other, leader(), null)).toEqual({
      code: 1,
      said: "WARNING: 127.0.0.3 leads; no answer of 127.0.0.4",
    });
    expect(await ask(leader(2), other, other)).toMatchObject({
      code: 1,
      said: expect.stringContaining("2 of 3 members"),
    });
  });

  it("is critical with no leader, and with two", async () => {
    expect(await ask(other, other, other)).toMatchObject({
      code: 2,
      said: expect.stringMatching(/^CRITICAL: 0 masters lead/),
    });
    expect(await ask(leader(), leader(), other)).toMatchObject({
      code: 2,
      said: expect.stringMatching(/^CRITICAL: 2 masters lead/),
    });
    expect((await ask(null, null, null)).code).toBe(2);
  });

  it("is critical with a log of four members: that one may be lost", async () => {
    expect(await ask(leader(4), other, other)).toMatchObject({
      code: 2,
      said: "CRITICAL: the log has 4 members, which 3 masters must never have: stop the one too many",
    });
  });
});

describeWith("the checks of a machine (S1-59)", [python], () => {
  it("know how full a disk is", async () => {
    expect(await run("disk", "--path", "/", "--warning", "101", "--critical", "101")).toEqual({
      code: 0,
      said: "OK: there is room",
    });
    expect(await run("disk", "--path", "/", "--warning", "0", "--critical", "101")).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^WARNING: \/: \d+ % of its bytes in use/),
    });
    expect((await run("disk", "--path", "/", "--critical", "0")).code).toBe(2);
    expect((await run("disk", "--path", stage.path("nowhere"))).code).toBe(3);
  });

  it("look at file systems on devices, each once, and at no others", async () => {
    const here = stage.folder;
    const mounts = stage.write(
      "mounts",
      `proc /proc proc rw 0 0\n/dev/x ${here} ext4 rw 0 0\n/dev/x /nowhere ext4 rw 0 0\ntmpfs /gone tmpfs rw 0 0\n`,
    );
    const said = await run("disk", "--mounts", mounts, "--warning", "0", "--critical", "101");
    expect(said).toMatchObject({ code: 1, said: expect.stringContaining(`${here}: `) });
  });

  it.each([
    [50, 0, "OK: 50 % in use, 500 MiB left"],
    [10, 1, "WARNING: 90 % in use, 100 MiB left"],
    [2, 2, "CRITICAL: 98 % in use, 20 MiB left"],
  ])("know when %i %% of the memory are left", async (percent, code, said) => {
    const kib = 1000 * 1024;
    const meminfo = `MemTotal:       ${kib} kB\nMemFree:  1 kB\nMemAvailable:   ${(kib * percent) / 100} kB\n`;
    expect(await run("memory", "--meminfo", stage.write("meminfo", meminfo))).toEqual({ code, said });
  });

  it("know the memory of this very machine, and what is no memory", async () => {
    expect((await run("memory", "--warning", "101", "--critical", "101")).code).toBe(0);
    expect((await run("memory", "--meminfo", stage.write("meminfo", "MemTotal: 5 kB\n"))).code).toBe(3);
  });
});

describeWith("the check of Heartbeat (S1-44)", [python], () => {
  const status = (other: string) =>
    stage.command(
      "cl_status",
      `case "$*" in
  hbstatus) echo "Heartbeat is running on this machine." ;;
  "listnodes -n") printf 'fe-2\\nfe-1\\n' ;;
  "nodestatus fe-1") echo active ;;
  "nodestatus fe-2") echo ${other} ;;
esac`,
    );

  it("is content while both are there", async () => {
    status("active");
    expect(await run("heartbeat")).toEqual({ code: 0, said: "OK: fe-1, fe-2" });
  });

  it("warns when the other one is dead: nobody would take over", async () => {
    status("dead");
    expect(await run("heartbeat")).toEqual({ code: 1, said: "WARNING: fe-2 is dead" });
  });

  it("is critical when it does not run here", async () => {
    stage.command("cl_status", 'echo "Heartbeat is stopped on this machine."; exit 1');
    expect(await run("heartbeat")).toEqual({ code: 2, said: "CRITICAL: Heartbeat is stopped on this machine." });
  });
});
