import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { projectCopy, removeProjects, slipway, write } from "./testing/project";

afterAll(removeProjects);

describe("slipway images", () => {
  it("lists every role with its exact name, template and stacks, and agrees with the stacks as they are", () => {
    const project = projectCopy();
    slipway(project, ["synth"]);
    const { code, out } = slipway(project, ["images"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^mysql +slipway-mysql-\S+ +packer\/mysql +wordpress-mysql-dev\S* .*agree$/m);
    expect(out).toMatch(
      /^wordpress +wordpress:\S+ +packer\/wordpress +wordpress-service-dev, wordpress-service-production, wordpress-local +agree$/m,
    );
    const roles = JSON.parse(slipway(project, ["images", "--json"]).out).map(({ role }: { role: string }) => role);
    expect(roles).toEqual([
      ...["frontend", "gocd", "management", "mesos-agent", "mesos-master", "mysql", "webworker-dashboard", "wordpress"],
      "zookeeper",
    ]);
  });

  it("exits with 2 when a stack starts another version than the one that is baked", () => {
    const project = projectCopy();
    const file = join(project, "environments/dev.yaml");
    write(file, readFileSync(file, "utf8").replace(/image: 6[\d.]+-\d+/, "image: 5.9.9-1"));
    slipway(project, ["synth"]);
    const { code, out } = slipway(project, ["images"]);
    expect(code).toBe(2);
    expect(out).toMatch(/wordpress-service-dev starts wordpress:5\.9\.9-1, and the catalogue says wordpress:6/);
  });

  it("is not the only one to refuse a base image without owner: synth names the role and the repair, and writes nothing", () => {
    const project = projectCopy();
    const file = join(project, "packer/images.json");
    const images = JSON.parse(readFileSync(file, "utf8"));
    delete images.mysql.base.owner;
    write(file, JSON.stringify(images));
    const { code, err } = slipway(project, ["synth"]);
    expect(code).toBe(2);
    expect(err).toMatch(
      /error: packer\/images\.json\n {2}mysql: base\.owner must be the account that publishes debian-12/,
    );
    expect(existsSync(join(project, "cdktf.out"))).toBe(false);
  });

  it("asks for a synth where there is none", () => {
    const { code, err } = slipway(projectCopy(), ["images"]);
    expect(code).toBe(2);
    expect(err).toContain("run slipway synth first");
  });
});
