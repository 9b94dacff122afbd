import { afterAll, beforeAll, expect, it } from "vitest";
import { CleanUp, eventually } from "../machine/harness/engine";
import { describeWith } from "../support/requirements";
import { app } from "../swarm/images";
import { isPage } from "../swarm/visitor";
import { Browser, picture } from "./browser";
import { LocalSystem } from "./driver/system";
import { imagesFor, localStack, ownImage, startsSystems } from "./stack";

describeWith("the dashboard on a local engine", await startsSystems(), () => {
  const cleanUp = new CleanUp();
  let dashboard: LocalSystem;

  beforeAll(async () => {
    const document = await localStack("dashboard-local");
    const made: Record<string, string> = {};
    for (const name of ["front", "back"] as const) {
      const { name: full, recipe } = ownImage(document, `dash-${name}`);
      expect(recipe).toMatchObject({ by: "docker", context: `systems/dashboard/${name}` });
      made[`dash-${name}`] = await app(name, full.split(":").at(-1)!);
    }
    dashboard = await LocalSystem.start(document, await imagesFor(document, made), cleanUp);
  });
  afterAll(() => cleanUp.run());

  const page = async () => {
    const answer = await dashboard.fetch("/");
    return { status: answer.status, text: await answer.text() };
  };

  const apps = ["dash-front", "dash-back"];
  /** When it was started last: a crash would change that. */
  const starts = async (service: string) => (await dashboard.inspect(service)).State.StartedAt;

  it("shows both rows, which its database loaded by itself (S4-R02, S4-57)", async () => {
    const { status, text } = await page();
    expect(status).toBe(200);
    expect(isPage(text)).toBe(true);
  });

  it("looks the same in a browser", async () => {
    const browser = await Browser.start(cleanUp);
    const tab = await browser.open(dashboard.url);
    await tab.getByText("Azure - H16mr").waitFor();
    await picture(tab, "dashboard");
  });

  it("apologizes while the database is dead, and shows the rows again afterwards, without a restart", async () => {
    const before = await Promise.all(apps.map(starts));
    await dashboard.kill("database");
    expect(await page()).toMatchObject({ status: 503, text: expect.stringContaining("try again in a moment") });
    await dashboard.revive("database");
    await eventually("the rows", 60, async () => expect(isPage((await page()).text)).toBe(true));
    expect(await Promise.all(apps.map(starts))).toEqual(before);
  });

  it("shows the rows when every container has been restarted", async () => {
    await dashboard.restart();
    await eventually("the rows", 60, async () => expect(isPage((await page()).text)).toBe(true));
  });
});
