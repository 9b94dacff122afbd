import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import catalogue from "../../packer/images.json";
import { CleanUp, docker, eventually, program, tryDocker } from "../machine/harness/engine";
import { debian, wordpressArchive } from "../machine/harness/images";
import { packer, root } from "../machine/harness/packer";
import { succeeded } from "../support/process";
import { describeWith, tool } from "../support/requirements";
import type { Json } from "../support/stacks";
import { Browser, picture } from "./browser";
import { LocalSystem } from "./driver/system";
import { imagesFor, localStack, ownImage, startsSystems } from "./stack";
import { install, publish } from "./wordpress-site";

const requirements = [...[tool("packer"), ...(await startsSystems())], await program("ansible-playbook", "ansible")];

/**
 * Our own image, by the recipe of the stack, from what this machine can reach, and under a name that nobody uses. It stays
 * on the engine until something that it is made of changes: to bake it takes longer than everything else here.
 */
async function bakedImage(document: Json): Promise<string> {
  const { recipe } = ownImage(document, "wordpress");
  if (recipe.by !== "packer") throw new Error("the stack's own WordPress is baked by Packer");
  const { release, url, sha256 } = await wordpressArchive();
  const base_image = await debian("bookworm");
  const { stdout: base } = await docker("image", "inspect", "--format", "{{.Id}}", base_image);
  const inputs = [
    "packer/common",
    "packer/wordpress",
    "packer/images.json",
    "systems/common/ansible",
    "systems/wordpress/ansible",
  ];
  const registry = `slipway-e2e-local-wordpress-${digestOf(inputs, [JSON.stringify(recipe), sha256, base])}`;
  const image = `${registry}:${catalogue.wordpress.version}`;
  if ((await tryDocker("image", "inspect", image)).code === 0) return image;
  const here = { registry, base_image, pull: "false", commit: "0".repeat(40) };
  const variables = { ...recipe.variables, ...here, archive: `{release="${release}",url="${url}",sha256="${sha256}"}` };
  const choice = [
    ...(recipe.only ? [`-only=${recipe.only}`] : []),
    ...(recipe.except ? [`-except=${recipe.except}`] : []),
  ];
  const role = recipe.template.replace("packer/", "");
  await succeeded(packer("build", role, { variables, arguments: choice, seconds: 540 }));
  return image;
}

/** Of everything in folders and files of the project, and of some texts. */
function digestOf(paths: readonly string[], texts: readonly string[]): string {
  const digest = createHash("sha256");
  const files = (path: string): string[] =>
    statSync(path).isDirectory()
      ? readdirSync(path)
          .sort()
          .flatMap((name) => files(join(path, name)))
      : [path];
  for (const file of paths.flatMap((path) => files(join(root, path))))
    digest.update(`${file}\n`).update(readFileSync(file));
  return digest.update(texts.join("\n")).digest("hex").slice(0, 12);
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
      const made: Record<string, string> = own ? { wordpress: await bakedImage(document) } : {};
      site = await LocalSystem.start(document, await imagesFor(document, made), cleanUp);
      browser = await Browser.start(cleanUp);
    }, 600_000);
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
    }, 600_000);

    it("shows the post to everybody, and still does when every container has been restarted", async () => {
      expect(await front()).toMatchObject({ status: 200, text: expect.stringContaining(title) });
      await site.restart();
      await eventually("the post", 60, async () =>
        expect(await front()).toMatchObject({ status: 200, text: expect.stringContaining(title) }),
      );
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
