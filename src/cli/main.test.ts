import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { filesIn } from "../synth/testing/folders";
import { main } from "./main";
import { write } from "./testing/project";

const root = join(__dirname, "../..");
let work: string;
let environments: string;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "slipway-cli-"));
  environments = join(work, "environments");
  write(join(environments, "dev.yaml"), readFileSync(join(root, "environments/dev.yaml"), "utf8"));
  vi.stubEnv("CDKTF_OUTDIR", join(work, "out"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(work, { recursive: true });
});

async function slipway(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(args, root, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const given = () => ["--environments", environments];

describe("slipway", () => {
  it("explains itself", async () => {
    const { code, out } = await slipway("--help");
    expect(code).toBe(0);
    for (const command of ["synth", "check", "list", "exposure", "inventory", "schema"]) {
      expect(out).toMatch(new RegExp(`^  ${command} `, "m"));
    }
    expect(out).toContain("Exit codes: 0 done; 2 a mistake that you can repair");
  });

  it.each([
    [["syth"], "unknown command 'syth'\n(Did you mean synth?)"],
    [["synth", "--enviroment", "dev"], "unknown option '--enviroment'\n(Did you mean --environment?)"],
    [["synth", "--out"], "option '--out <folder>' argument missing"],
    [["check", "dev"], "too many arguments"],
  ])("refuses %j with exit code 2, and says what is wrong", async (args, message) => {
    const { code, err } = await slipway(...args);
    expect(code).toBe(2);
    expect(err).toContain(`error: ${message}`);
    expect(err).toContain("slipway --help");
  });

  it("refuses --hcl of the cdktf CLI, which the policy cannot read", async () => {
    vi.stubEnv("SYNTH_HCL_OUTPUT", "true");
    expect(await slipway("synth")).toMatchObject({
      code: 2,
      err: expect.stringContaining("run cdktf synth without --hcl"),
    });
  });
});

describe("slipway check", () => {
  it("names the environments that are well described", async () => {
    const { code, out } = await slipway("check", ...given());
    expect([code, out]).toEqual([0, "1 environment without a mistake: dev"]);
  });

  it("reports every mistake, with exit code 2 and no stack trace", async () => {
    write(join(environments, "staging.yaml"), "region: eu-west-9\nonRemoval: maybe\n");
    const { code, err } = await slipway("check", ...given());
    expect(code).toBe(2);
    expect(err).toContain("staging.yaml:1:9");
    expect(err).toContain("staging.yaml:2:12");
    expect(err).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  });
});

describe("slipway list", () => {
  it("names the stacks, one per line", async () => {
    expect((await slipway("list", ...given())).out.split("\n")).toEqual([
      "wordpress-platform-dev",
      "wordpress-service-dev",
      "wordpress-mysql-dev",
      "guestbook-dev",
      "dashboard-dev",
      "guestbook-mesos-dev",
    ]);
  });
});

describe("slipway schema", () => {
  it("prints the schema that is committed", async () => {
    const committed = JSON.parse(readFileSync(join(root, "environments/environment.schema.json"), "utf8"));
    expect(JSON.parse((await slipway("schema")).out)).toEqual(committed);
  });
});

describe("slipway synth", () => {
  it("says what it made, where, and how to deploy it", async () => {
    const { code, out, err } = await slipway("synth", ...given());
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^stack +resources +data sources +cdk\.tf\.json$/m);
    expect(out).toMatch(/^wordpress-platform-dev +[1-9]\d* +\d+ +\d+ kB$/m);
    expect(out).toMatch(/^total +[1-9]\d* +\d+ +\d+ kB$/m);
    expect(out).toMatch(/^6 stacks in .*out\. Deploy one: npx cdktf deploy dashboard-dev$/m);
    expect(Object.keys(filesIn(join(work, "out")))).toEqual([
      "manifest.json",
      "stacks/dashboard-dev/cdk.tf.json",
      "stacks/guestbook-dev/cdk.tf.json",
      "stacks/guestbook-mesos-dev/cdk.tf.json",
      "stacks/wordpress-mysql-dev/cdk.tf.json",
      "stacks/wordpress-platform-dev/cdk.tf.json",
      "stacks/wordpress-service-dev/cdk.tf.json",
    ]);
  });

  it("writes the same in cdktf's own way", async () => {
    await slipway("synth", ...given());
    vi.stubEnv("SLIPWAY_PLAIN_SYNTH", "1");
    await slipway("synth", ...given(), "--out", join(work, "plain"));
    expect(filesIn(join(work, "out"))).toEqual(filesIn(join(work, "plain")));
  });

  it("takes the short way for the stacks of this project", async () => {
    vi.stubEnv("SLIPWAY_DEBUG", "1");
    expect((await slipway("synth", ...given())).err).not.toContain("cdktf's own code");
  });

  it("leaves the previous output as it was when a description is wrong", async () => {
    await slipway("synth", ...given());
    const before = filesIn(join(work, "out"));
    write(join(environments, "dev.yaml"), "region: nowhere\n");
    expect((await slipway("synth", ...given())).code).toBe(2);
    expect(filesIn(join(work, "out"))).toEqual(before);
  });

  it("synthesizes one environment of several, and leaves the others there", async () => {
    const dev = readFileSync(join(environments, "dev.yaml"), "utf8");
    write(join(environments, "test.yaml"), dev.replace("10.180.0.0/16", "10.181.0.0/16"));
    await slipway("synth", ...given());
    const before = filesIn(join(work, "out"));
    const { code, out } = await slipway("synth", ...given(), "--environment", "test");
    expect([code, out]).toEqual([0, expect.stringMatching(/^6 stacks in /m)]);
    expect(filesIn(join(work, "out"))).toEqual(before);
  });

  it("refuses an environment that nobody described, and names those that are", async () => {
    const { code, err } = await slipway("synth", ...given(), "--environment", "prod");
    expect([code, err]).toEqual([2, expect.stringContaining("there is no prod.yaml in")]);
    expect(err).toContain("the environments there are: dev");
  });

  it("calls what nobody foresaw a bug, with exit code 1", async () => {
    const err: string[] = [];
    const out = () => {
      throw new Error("the terminal is on fire");
    };
    expect(await main(["check", ...given()], root, { out, err: (text) => err.push(text) })).toBe(1);
    expect(err.join()).toContain("a bug in Slipway");
  });
});

describe.each([
  ["exposure", "0.0.0.0/0"],
  ["inventory", "NAT gateway"],
])("slipway %s", (command, text) => {
  it("reads what was synthesized", async () => {
    await slipway("synth", ...given());
    const { code, out } = await slipway(command, ...given());
    expect(code).toBe(0);
    expect(out).toContain(text);
  });

  it("asks for a synth first", async () => {
    expect(await slipway(command, ...given())).toMatchObject({
      code: 2,
      err: expect.stringContaining("run slipway synth first"),
    });
  });
});

describe("slipway inventory --json", () => {
  it("gives programs the same by environment: what is paid for by being there, in AWS's units, and what by use", async () => {
    await slipway("synth", ...given());
    const { out } = await slipway("inventory", "--json", ...given());
    const { dev } = JSON.parse(out);
    expect(dev.systems.map(({ name }: { name: string }) => name)).toContain("wordpress");
    expect(dev.running).toContainEqual({
      ...{ stack: "wordpress-platform-dev", what: "machine", detail: "t3.small" },
      ...{ least: 0, most: 30, per: "hour" },
    });
    expect(dev.byUse).toContainEqual({ stack: "wordpress-platform-dev", what: "GiB through NAT gateways" });
  });
});
