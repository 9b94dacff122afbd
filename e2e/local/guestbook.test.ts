import { afterAll, beforeAll, expect, it } from "vitest";
import { guestbookImage } from "../guestbook/image";
import { CleanUp, eventually, program } from "../machine/harness/engine";
import { describeWith } from "../support/requirements";
import type { Json } from "../support/stacks";
import { Browser, picture } from "./browser";
import { LocalSystem } from "./driver/system";
import { imagesFor, localStack, ownImage, startsSystems } from "./stack";

describeWith("the guestbook on a local engine", [...(await startsSystems()), await program("npm", "npm")], () => {
  const cleanUp = new CleanUp();
  let document: Json;
  let guestbook: LocalSystem;

  beforeAll(async () => {
    document = await localStack("guestbook-local");
    const { recipe } = ownImage(document, "guestbook");
    // The harness builds this folder, on a Node that needs no registry.
    expect(recipe).toMatchObject({ by: "docker", context: "systems/guestbook/app" });
    const version = recipe.by === "docker" ? recipe.arguments!.VERSION! : "";
    const image = await guestbookImage(version, cleanUp);
    guestbook = await LocalSystem.start(document, await imagesFor(document, { guestbook: image }), cleanUp);
  });
  afterAll(() => cleanUp.run());

  const page = async () => {
    const answer = await guestbook.fetch("/");
    const text = await answer.text();
    return {
      status: answer.status,
      text,
      visits: Number(/id="visits">([\d,]+)</.exec(text)?.[1]?.replaceAll(",", "")),
    };
  };
  const sign = (name: string, message: string) =>
    guestbook.fetch("/", { method: "POST", redirect: "manual", body: new URLSearchParams({ name, message }) });
  /** When it was started last: a crash would change that. */
  const starts = async (service: string) => (await guestbook.inspect(service)).State.StartedAt;

  it("answers at the address that its output tells, on this machine only", async () => {
    expect((await page()).status).toBe(200);
    expect(guestbook.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    for (const service of guestbook.services) {
      const { NetworkSettings: settings } = await guestbook.inspect(service);
      const bindings = Object.values<Json[] | null>(settings.Ports).flatMap((each) => each ?? []);
      expect(bindings.every(({ HostIp }) => HostIp === "127.0.0.1")).toBe(true);
    }
  });

  it("counts visits and keeps entries (S0-R04)", async () => {
    const { visits } = await page();
    expect((await page()).visits).toBe(visits + 1);
    expect((await sign("Ada", "First of all")).status).toBe(303);
    expect((await page()).text).toContain("First of all");
  });

  it("shows no secret in what the engine tells of its containers", async () => {
    for (const service of guestbook.services) {
      const told = JSON.stringify(await guestbook.inspect(service));
      expect(told).not.toContain(guestbook.secret("database-password"));
    }
  });

  it("is signed by a visitor with a browser", async () => {
    const browser = await Browser.start(cleanUp);
    const tab = await browser.open(guestbook.url);
    await tab.getByLabel("Your name").fill("Grace");
    await tab.getByLabel("Message").fill("Hello from a real browser, with “quotes” & <b>signs</b>.");
    await tab.getByRole("button", { name: "Sign the guestbook" }).click();
    await tab.getByText("Hello from a real browser, with “quotes” & <b>signs</b>.").waitFor();
    await picture(tab, "guestbook");
    expect(await tab.getByRole("listitem").filter({ hasText: "Grace" }).count()).toBe(1);
    await tab.setViewportSize({ width: 390, height: 800 });
    await picture(tab, "guestbook-on-a-telephone");
  });

  it("still has entry and count when every container has been restarted (S0-07)", async () => {
    const { visits } = await page();
    await guestbook.restart();
    // Its health says nothing of the counter, which may be out of reach a moment longer.
    const after = await eventually("the counter", 60, async () => {
      const seen = await page();
      expect(seen.visits).toBeGreaterThan(visits);
      return seen;
    });
    expect(after.text).toContain("First of all");
  });

  it("says that it cannot count while Redis is dead, keeps its entries, and counts again afterwards", async () => {
    const before = await starts("guestbook");
    await guestbook.kill("redis");
    const without = await page();
    expect([without.status, without.text]).toEqual([
      200,
      expect.stringContaining("The visitor counter is out of reach"),
    ]);
    expect(without.text).toContain("First of all");
    await guestbook.revive("redis");
    await eventually("the counter", 60, async () => expect((await page()).visits).toBeGreaterThan(0));
    expect(await starts("guestbook")).toBe(before);
  });

  it("shows an error page while the database is dead, loses no draft, and recovers without a restart", async () => {
    const before = await starts("guestbook");
    await guestbook.kill("database");
    expect(await page()).toMatchObject({ status: 503, text: expect.stringContaining("The entries are out of reach") });
    const refused = await sign("Eve", "Kept for later");
    expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining("Kept for later")]);
    await guestbook.revive("database");
    await eventually("the entries", 60, async () => expect((await page()).status).toBe(200));
    expect((await page()).text).toContain("First of all");
    expect(await starts("guestbook")).toBe(before);
  });
});
