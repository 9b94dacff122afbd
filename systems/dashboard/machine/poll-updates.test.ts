import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";

const script = join(__dirname, "poll-updates.sh");
const folder = mkdtempSync(join(tmpdir(), "slipway-poll-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What stands in for the programs of a machine: answers by their first two words, and a record of every call. */
const calls = join(folder, "calls");
const stub = (name: string, cases: string) => {
  mkdirSync(join(folder, "bin"), { recursive: true });
  const body = `#!/bin/sh\necho "${name} $*" >> "${calls}"\ncase "$1 $2" in\n${cases}\nesac\n`;
  writeFileSync(join(folder, "bin", name), body);
  chmodSync(join(folder, "bin", name), 0o755);
};
const settings = {
  ...{ region: "us-east-1", mode: "cluster", databaseHost: "db.example", databasePort: 5432 },
  repository: { url: "https://git.example/dashboard.git", branch: "master" },
};
const [state, memory] = [join(folder, "state"), join(folder, "memory")];
const poll = (given: object | string = settings, ...args: string[]) => {
  const file = join(folder, "dashboard.json");
  writeFileSync(file, typeof given === "string" ? given : JSON.stringify(given));
  const env = {
    ...process.env,
    PATH: [join(folder, "bin"), process.env.PATH].join(delimiter),
    ...{ SLIPWAY_SETTINGS: file, SLIPWAY_STATE: state, SLIPWAY_DATABASE_SECRET: "/nowhere" },
    ...{ SLIPWAY_REGISTRY_LOGIN: join(folder, "bin", "registry-login"), SLIPWAY_MEMORY: memory },
  };
  const { status, stdout, stderr } = spawnSync("sh", [script, ...args], { env, encoding: "utf8" });
  return { code: status, output: stdout + stderr };
};
const called = () => readFileSync(calls, "utf8");

// The programs that only a machine is sure to have.
const have = (name: string) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;

describe("poll-updates.sh", () => {
  beforeEach(() => {
    writeFileSync(calls, "");
    stub("docker", '"info --format") echo "active true" ;;\n"node inspect") echo true ;;\n*) exit 1 ;;');
    stub("git", '"check-ref-format --branch") ;;\n"init --quiet") ;;\n*) exit 1 ;;');
  });

  it("says how it is called, and of what it does not know", () => {
    expect(execFileSync("sh", [script, "--help"], { encoding: "utf8" })).toMatch(/^Usage: poll-updates\.sh \[--once\]/);
    expect(poll(settings, "--later")).toEqual({
      code: 2,
      output: expect.stringContaining("there is no option --later"),
    });
  });

  it("never traces its commands, and gives no secret to one", () => {
    expect(readFileSync(script, "utf8")).not.toMatch(/set -[a-z]*x|password=/);
  });

  describe.skipIf(!have("jq") || !have("flock"))("on a machine", () => {
    it.each([
      ["inactive false", "in no swarm"],
      ["pending false", "in no swarm"],
      ["active false", "a worker of the swarm"],
    ])("leaves at once where the engine says %s", (state, sentence) => {
      stub("docker", `"info --format") echo "${state}" ;;\n*) exit 1 ;;`);
      expect(poll()).toEqual({ code: 0, output: expect.stringContaining(sentence) });
      expect(called()).not.toContain("git -C");
    });

    it("leaves the work to the leader", () => {
      stub("docker", '"info --format") echo "active true" ;;\n"node inspect") echo false ;;\n*) exit 1 ;;');
      expect(poll()).toEqual({ code: 0, output: expect.stringContaining("the leader deploys") });
    });

    it("says so when the swarm has no leader, or the engine no answer", () => {
      stub("docker", '"info --format") echo "active true" ;;\n*) exit 1 ;;');
      expect(poll()).toEqual({ code: 1, output: expect.stringContaining("most of its managers are away") });
      stub("docker", "*) exit 1 ;;");
      expect(poll()).toEqual({ code: 1, output: expect.stringContaining("Docker does not answer") });
    });

    it("fetches the branch of the settings, master by default, and leaves the stack alone when it cannot (S4-63)", () => {
      const { code, output } = poll({ ...settings, repository: { url: "https://git.example/dashboard.git" } });
      expect([code, output]).toEqual([
        1,
        expect.stringContaining("cannot fetch the branch master of https://git.example"),
      ]);
      expect(called()).toMatch(/^git -C .* fetch .* -- https:\/\/git\.example\/dashboard\.git refs\/heads\/master$/m);
      expect(called()).not.toContain("stack");
    });

    describe("whose deployment fails", () => {
      const [good, next] = ["a".repeat(40), "b".repeat(40)] as const;
      /** A swarm that serves the commit `good`, and refuses every stack; the branch is at `commit`. */
      const refusing = (commit: string) => {
        stub(
          "git",
          `"check-ref-format --branch" | "init --quiet") ;;\n"-C "*) [ "$3" != rev-parse ] || echo ${commit} ;;`,
        );
        const answers = [
          '"info --format") echo "active true" ;;',
          '"node inspect") echo true ;;',
          '"node ls") echo "n1 Ready" ;;',
          '"secret ls") echo aws_db_2 ;;',
          '"secret inspect") echo "2 aws_db_2" ;;',
          '"stack config") echo "  image: localhost/dash-front:1.0.0" ;;',
          '"stack deploy") echo refused >&2; exit 1 ;;',
          '"config ls") case "$*" in *=deployed*) echo c1 ;; esac ;;',
          `"config inspect") case "$*" in *slipway.commit*c1) echo ${good} ;; *.Spec.Name*c1) echo dashboard_deployed_1 ;; *c1) ;; *) exit 1 ;; esac ;;`,
        ];
        stub("docker", answers.join("\n"));
      };
      const branded = () => /^docker config create .*slipway\.poll-updates=failed/m.test(called());

      it("tries it again where only the secret or the settings are new, as when a password is rotated (S4-D07)", () => {
        refusing(good);
        const { code, output } = poll();
        expect([code, output]).toEqual([1, expect.stringContaining("load the database, or mend the settings")]);
        expect(output).toContain("the next run tries it again");
        expect(called()).toContain("docker stack deploy");
        expect(branded()).toBe(false);
      });

      it("remembers a commit that is new as bad", () => {
        refusing(next);
        const { code, output } = poll();
        expect([code, output]).toEqual([3, expect.stringContaining(`commit ${next} is bad and is not tried again`)]);
        expect(branded()).toBe(true);
      });
    });

    describe("whose registry wants an account", () => {
      const commit = "a".repeat(40);
      const stamp = join(state, "registry");
      const server = "registry.example.com";
      /** A registry that lets in, and a swarm that serves `commit`, or takes it. */
      const swarm = (held: "deployed" | "nothing") => {
        stub("registry-login", `"${memory}/"*) echo ${server}; echo secret > "$1/config.json" ;;`);
        stub(
          "git",
          `"check-ref-format --branch" | "init --quiet") ;;\n"-C "*) [ "$3" != rev-parse ] || echo ${commit} ;;`,
        );
        const answers = [
          '"info --format") echo "active true" ;;',
          '"node inspect") echo true ;;',
          '"node ls") echo "n1 Ready" ;;',
          '"secret ls") echo aws_db_2 ;;',
          '"secret inspect") echo "2 aws_db_2" ;;',
          '"stack config") echo "  image: registry.example.com/team/dash-front:1.0.0" ;;',
          `"stack deploy") echo "config $DOCKER_CONFIG $(cat "$DOCKER_CONFIG/config.json")" >> "${calls}"; exit 1 ;;`,
          '"stack services") case "$*" in *quiet*) echo s1 ;; *) echo dashboard_dash-front; echo dashboard_dash-back ;; esac ;;',
          `"service update") echo "config $DOCKER_CONFIG" >> "${calls}" ;;`,
          '"config ls") ;;',
          `"config inspect") ${held === "deployed" ? 'case "$*" in *dashboard_deployed_*) ;; *) exit 1 ;; esac' : "exit 1"} ;;`,
        ];
        stub("docker", answers.join("\n"));
        mkdirSync(memory, { recursive: true });
        rmSync(stamp, { force: true });
      };
      const updates = () => called().match(/^docker service update .*$/gm) ?? [];

      it("logs in for the deployment, in memory, and leaves nothing there (S4-W04)", () => {
        swarm("nothing");
        mkdirSync(join(memory, "slipway-registry.1"));
        expect(poll().code).toBe(3);
        expect(called()).toMatch(new RegExp(`^config ${memory}/slipway-registry\\.\\d+ secret$`, "m"));
        expect(called()).toContain("docker stack deploy --with-registry-auth");
        expect(readdirSync(memory)).toEqual([]);
      });

      it("gives the services a new password every three hours, for machines that come later (S4-W04)", () => {
        swarm("deployed");
        expect(poll()).toEqual({ code: 0, output: expect.stringContaining(`a new password of ${server}`) });
        const update = "docker service update --detach --quiet --with-registry-auth";
        expect(updates()).toEqual([`${update} dashboard_dash-front`, `${update} dashboard_dash-back`]);
        expect(readdirSync(memory)).toEqual([]);
        writeFileSync(calls, "");
        expect(poll().code).toBe(0);
        expect(updates()).toEqual([]);
        const [now, hour] = [Date.now() / 1000, 3600];
        utimesSync(stamp, now, now - 4 * hour);
        expect(poll().code).toBe(0);
        expect(updates()).toHaveLength(2);
      });

      it("keeps the stack as it is where the registry lets nobody in (S4-W04)", () => {
        swarm("nothing");
        stub("registry-login", "*) echo unauthorized >&2; exit 1 ;;");
        expect(poll()).toEqual({
          code: 1,
          output: expect.stringContaining("cannot log in to the registry; the stack stays"),
        });
        expect(called()).not.toContain("stack deploy");
        expect(readdirSync(memory)).toEqual([]);
      });

      it("leaves an operator's own login alone where none is asked for", () => {
        swarm("deployed");
        stub("registry-login", "*) ;;");
        expect(poll().code).toBe(0);
        expect(updates()).toEqual([]);
      });
    });

    it.each([
      ["no object", "[]", "is not a JSON object"],
      ["no JSON", "{", "is not a JSON object"],
      ["no repository", { databaseHost: "h" }, "lacks .repository.url"],
      [
        "an option in place of a repository",
        { ...settings, repository: { url: "--upload-pack=x" } },
        "must be the address",
      ],
      ["a stack file elsewhere", { ...settings, stackFile: "../x.yml" }, "must be a path inside the repository"],
      ["an absolute stack file", { ...settings, stackFile: "/etc/x.yml" }, "must be a path inside the repository"],
    ])("refuses settings with %s in a sentence", (_, given, sentence) => {
      expect(poll(given)).toEqual({ code: 2, output: expect.stringContaining(sentence) });
    });
  });
});
