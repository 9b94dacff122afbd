import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "./main";
import { write } from "./testing/project";

const root = join(__dirname, "../..");
let work: string;

/** Two stacks as synth would have written them, of an environment whose description is there. */
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "slipway-cli-"));
  for (const name of ["dev", "local"]) {
    write(join(work, "environments", `${name}.yaml`), readFileSync(join(root, `environments/${name}.yaml`), "utf8"));
  }
  const tags = (system: string) => ({ "slipway:system": system, "slipway:environment": "dev" });
  const systems = ["wordpress", "wordpress-mysql", "guestbook", "dashboard", "guestbook-mesos"];
  for (const system of systems) {
    const provider = { aws: [{ region: "eu-west-1", default_tags: [{ tags: tags(system) }] }] };
    const resource = { aws_sns_topic: { t: { name: `${system}-dev-alarms` } } };
    const stacks = system === "wordpress" ? ["wordpress-platform-dev", "wordpress-service-dev"] : [`${system}-dev`];
    for (const stack of stacks) {
      write(join(work, "out/stacks", stack, "cdk.tf.json"), JSON.stringify({ provider, resource }));
    }
    write(join(work, "out/stacks", `${system}-local`, "cdk.tf.json"), JSON.stringify({ provider: { docker: [{}] } }));
  }
});

afterAll(() => rmSync(work, { recursive: true }));

async function slipway(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const where = ["--environments", join(work, "environments"), "--out", join(work, "out")];
  const print = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) };
  const code = await main(["permissions", ...args, ...where], root, print);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

describe("slipway permissions (S2-32)", () => {
  it("prints the policies of one system in one environment by name, as JSON", async () => {
    const { code, out } = await slipway("wordpress", "--environment", "dev");
    expect(code).toBe(0);
    const policies = JSON.parse(out) as Record<string, { Version: string }>;
    expect(Object.keys(policies)).toEqual(["slipway-wordpress-dev-deploy-1"]);
    expect(out).toContain("arn:aws:sns:eu-west-1:*:wordpress-dev-*");
    expect(out).toContain("sns:CreateTopic");
    expect(out).not.toContain("guestbook");
  });

  it("prints what a plan needs alone", async () => {
    const { out } = await slipway("wordpress", "--environment", "dev", "--read-only");
    expect(Object.keys(JSON.parse(out))).toEqual(["slipway-wordpress-dev-plan-1"]);
    expect(out).not.toContain("sns:CreateTopic");
  });

  it("writes a file for each that the AWS CLI takes", async () => {
    const folder = join(work, "policies");
    const { code, out } = await slipway("guestbook", "--environment", "dev", "--write", folder);
    expect([code, out]).toEqual([0, expect.stringContaining("1 document, slipway-guestbook-dev-deploy-1.json")]);
    expect(readdirSync(folder)).toEqual(["slipway-guestbook-dev-deploy-1.json"]);
    const [file] = readdirSync(folder);
    expect(JSON.parse(readFileSync(join(folder, file!), "utf8"))).toHaveProperty("Version", "2012-10-17");
  });

  it("takes away what it wrote before when there was more, and nothing of others", async () => {
    const folder = join(work, "again");
    const others = ["slipway-dashboard-dev-deploy-1.json", "slipway-guestbook-dev-plan-2.json", "notes.txt"];
    for (const file of ["slipway-guestbook-dev-deploy-2.json", ...others]) write(join(folder, file), "{}");
    await slipway("guestbook", "--environment", "dev", "--write", folder);
    expect(readdirSync(folder).sort()).toEqual([...others, "slipway-guestbook-dev-deploy-1.json"].sort());
  });

  it.each(["a file", "a file/below"])("refuses to write to %s, and says so", async (folder) => {
    write(join(work, "a file"), "mine");
    const { code, err } = await slipway("guestbook", "--environment", "dev", "--write", join(work, folder));
    expect([code, err]).toEqual([2, expect.stringContaining(`${folder} is no folder that can be written to`)]);
    expect(readFileSync(join(work, "a file"), "utf8")).toBe("mine");
  });

  it("warns where names of another environment begin alike, which its patterns take in", async () => {
    expect((await slipway("guestbook", "--environment", "dev")).err).toBe("");
    const other = join(work, "environments/dev-a.yaml");
    write(other, readFileSync(join(root, "environments/dev.yaml"), "utf8"));
    const { code, out, err } = await slipway("guestbook", "--environment", "dev");
    rmSync(other);
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(
        /^warning: this also allows what it says for guestbook-dev-a, whose names begin with guestbook-dev- too/,
      ),
    ]);
    expect(JSON.parse(out)).toHaveProperty(["slipway-guestbook-dev-deploy-1"]);
  });

  it.each([
    [
      ["wordpres", "--environment", "dev"],
      "there is no system wordpres on AWS in dev; the systems there are: wordpress, ",
    ],
    [["wordpress", "--environment", "local"], "local is on the Docker engine of this machine"],
    [["wordpress", "--environment", "prod"], "there is no prod.yaml"],
    [["wordpress"], "required option '--environment <name>' not specified"],
    [["--environment", "dev"], "missing required argument 'system'"],
  ])("refuses %j, and says what is wrong", async (args, message) => {
    const { code, err } = await slipway(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it("names the types that nobody has said the calls of", async () => {
    const provider = {
      aws: [
        {
          region: "eu-west-1",
          default_tags: [{ tags: { "slipway:system": "dashboard", "slipway:environment": "dev" } }],
        },
      ],
    };
    write(
      join(work, "out/stacks/dashboard-dev/cdk.tf.json"),
      JSON.stringify({ provider, resource: { aws_cat: { c: {} } } }),
    );
    const { code, err } = await slipway("dashboard", "--environment", "dev");
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("no permissions are known for aws_cat; add to src/report"),
    ]);
  });
});
