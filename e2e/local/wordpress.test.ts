import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CleanUp, eventually, program, tryDocker, uniqueName } from "../machine/harness/engine";
import { debian, wordpressArchive } from "../machine/harness/images";
import { packer } from "../machine/harness/packer";
import { succeeded } from "../support/process";
import { describeWith, tool } from "../support/requirements";
import type { Json } from "../support/stacks";
import { Browser, picture } from "./browser";
import { LocalSystem } from "./driver/system";
import { imagesFor, localStack, ownImage, startsSystems } from "./stack";
import { install, publish } from "./wordpress-site";

const requirements = [...[tool("packer"), ...(await startsSystems())], await program("ansible-playbook", "ansible")];

/** Our own image, by the recipe of the stack, from what this machine can reach, and under a name that nobody uses. */
async function bakedImage(document: Json, cleanUp: CleanUp): Promise<string> {
  const { name, recipe } = ownImage(document, "wordpress");
  if (recipe.by !== "packer") throw new Error("the stack's own WordPress is baked by Packer");
  const registry = uniqueName("wordpress");
  const { release, url, sha256 } = await wordpressArchive();
  const here = { registry, base_image: await debian("bookworm"), pull: "false", commit: "0".repeat(40) };
  const variables = { ...recipe.variables, ...here, archive: `{release="${release}",url="${url}",sha256="${sha256}"}` };
  const choice = [
    ...(recipe.only ? [`-only=${recipe.only}`] : []),
    ...(recipe.except ? [`-except=${recipe.except}`] : []),
  ];
  await succeeded(packer("build", recipe.template.replace("packer/", ""), { variables, arguments: choice }));
  const image = `${registry}:${name.split(":").at(-1)}`;
  cleanUp.add(() => tryDocker("rmi", "--force", image));
  return image;
}

describeWith("WordPress on a local engine", requirements, () => {
  describe.each([
    { system: "wordpress", database: "database", own: true },
    { system: "wordpress-mysql", database: "mysql", own: false },
  ])("as the system $system", ({ system, database, own }) => {
    const cleanUp = new CleanUp();
    const title = `A post on ${system}`;
    let site: LocalSystem;
    let browser: Browser;

    beforeAll(async () => {
      const document = await localStack(`${system}-local`);
      const made: Record<string, string> = own ? { wordpress: await bakedImage(document, cleanUp) } : {};
      site = await LocalSystem.start(document, await imagesFor(document, made), cleanUp);
      browser = await Browser.start(cleanUp);
    });
    afterAll(() => cleanUp.run());

    const front = async () => {
      const answer = await site.fetch("/");
      return { status: answer.status, text: await answer.text() };
    };

    it("is installed, and a post is published, through its own forms (S2-R10)", async () => {
      await install(browser, site.url);
      await publish(browser, site.url, title, system);
      const tab = await browser.open(site.url);
      await tab.getByRole("link", { name: title }).first().click();
      await tab.getByText("Written with a browser, kept in the database.").waitFor();
      await picture(tab, system);
    });

    it("shows the post to everybody, and still does when every container has been restarted", async () => {
      expect(await front()).toMatchObject({ status: 200, text: expect.stringContaining(title) });
      await site.restart();
      expect(await front()).toMatchObject({ status: 200, text: expect.stringContaining(title) });
    });

    it("gives an error page while the database is dead, and the post again afterwards, without a restart", async () => {
      const starts = async () => (await site.inspect("wordpress")).State.StartedAt;
      const before = await starts();
      await site.kill(database);
      expect(await front()).toMatchObject({ status: 500, text: expect.stringContaining("database connection") });
      await site.revive(database);
      await eventually("the post", 60, async () => expect((await front()).text).toContain(title));
      expect(await starts()).toBe(before);
    });

    it("shows no secret in what the engine tells of its containers", async () => {
      for (const service of site.services) {
        expect(JSON.stringify(await site.inspect(service))).not.toContain(site.secret("database-password"));
      }
    });
  });
});
