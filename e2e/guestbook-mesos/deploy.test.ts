import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Marathon } from "../../systems/guestbook-mesos/deploy/stand-ins/marathon";
import { program } from "../machine/harness/engine";
import { root } from "../machine/harness/packer";
import { type Finished, run } from "../support/process";
import { describeWith } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";

const requirements = [await program("cap", "capistrano"), await program("python3", "python3")];
const [old, next] = ["1.0.0-0123456789ab", "1.1.0-ba9876543210"];

describeWith("Capistrano (S1-62)", requirements, () => {
  let marathon: Marathon;
  const folder = join(temporaryFolder("capistrano"), "deploy");

  beforeAll(() => cpSync(join(root, "systems/guestbook-mesos/deploy"), folder, { recursive: true }));
  beforeEach(async () => {
    marathon?.close();
    marathon = new Marathon();
    await marathon.listen();
  });
  afterAll(() => marathon?.close());

  const cap = (...words: string[]): Promise<Finished> => {
    // Tests have their own of these; nothing of this machine is asked.
    const env = { PATH: process.env.PATH, HOME: folder, LANG: "C.UTF-8", MARATHON: marathon.url, TIMEOUT: "60" };
    return run("cap", words, { cwd: folder, env });
  };
  const deployed = () => [...new Set(marathon.tasks.map(({ image }) => image.split(":").pop()))];

  it("has the tasks that somebody needs on the first day, and none that copies files to machines (S1-64)", async () => {
    const { code, stdout } = await cap("-T");
    expect(code).toBe(0);
    const tasks = [...stdout.matchAll(/^cap (\S+)/gm)].map(([, name]) => name);
    expect(tasks).toEqual(expect.arrayContaining(["deploy", "deploy:check"]));
    expect(tasks.filter((name) => /^deploy:(?!check)/.test(name!))).toEqual([]);
  });

  it.each([
    "dev",
    "production",
  ])("deploys to %s by the program that does it everywhere (S1-22, S1-64)", async (stage) => {
    const { code, output } = await cap(stage, "deploy", `VERSION=${next}`);
    expect({ code, output, deployed: deployed() }).toMatchObject({ code: 0, deployed: [next] });
    expect(output).toContain(`deploy: ${next} runs`);
    const wanted = (await cap(stage, "deploy:check", `VERSION=${next}`)).output;
    expect(wanted).toContain("has changed nothing");
  });

  it("takes the version that the pipeline has built, where none is named (S1-61)", async () => {
    expect(await cap("dev", "deploy")).toMatchObject({ code: 1, output: expect.stringContaining("say which version") });
    mkdirSync(join(folder, "release"));
    writeFileSync(join(folder, "release/version"), `${old}\n`);
    expect(await cap("dev", "deploy")).toMatchObject({ code: 0 });
    expect(deployed()).toEqual([old]);
  });

  it("fails where the deployment does, after what ran before runs again", async () => {
    await cap("dev", "deploy", `VERSION=${old}`);
    marathon.fates[next] = "fails";
    const { code, output } = await cap("dev", "deploy", `VERSION=${next}`);
    expect({ code, deployed: deployed() }).toEqual({ code: 1, deployed: [old] });
    expect(output).toContain(`deploy: ${old} runs again`);
  });

  it("knows no environment that there is not", async () => {
    const { code, output } = await cap("moon", "deploy", `VERSION=${next}`);
    expect(code).not.toBe(0);
    expect(output).toContain("Stage not set");
    expect(marathon.requests).toEqual([]);
  });
});
