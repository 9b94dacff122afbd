import { afterAll, beforeAll, expect, it } from "vitest";
import { consul } from "../guestbook-mesos/consul-program";
import { CleanUp, engine, eventually, program, rootRights } from "../machine/harness/engine";
import { describeWith } from "../support/requirements";
import { LocalSystem } from "./driver/system";
import { guestbookMesosImages } from "./guestbook-mesos-images";
import { imagesFor, localStack, ownImage } from "./stack";

const requirements = [
  await engine(),
  rootRights(),
  await program("debootstrap", "debootstrap"),
  (await consul()).requirement,
];

describeWith("the guestbook on Mesos, without Mesos, on a local engine (S1-17, S1-40, S1-41)", requirements, () => {
  const cleanUp = new CleanUp();
  let system: LocalSystem;
  let version: string;

  beforeAll(async () => {
    const document = await localStack("guestbook-mesos-local");
    version = String(ownImage(document, "guestbook-mesos").name.split(":").at(-1));
    system = await LocalSystem.start(document, await imagesFor(document, await guestbookMesosImages(version)), cleanUp);
  });
  afterAll(() => cleanUp.run());

  const page = async () => {
    const answer = await system.fetch("/");
    return { status: answer.status, text: await answer.text() };
  };

  it("answers through nginx, which Consul has told where it is", async () => {
    const { status, text } = await page();
    expect(status).toBe(200);
    expect(text).toContain("Awesome Guestbook");
    expect(text).toContain(`<dd>${version}</dd>`);
  });

  it("limits who asks too much, and nobody for long", async () => {
    const asked = await Promise.all(Array.from({ length: 120 }, () => system.fetch("/").then(({ status }) => status)));
    expect(new Set(asked)).toEqual(new Set([200, 429]));
    await eventually("an answer after the flood", 30, async () => expect((await page()).status).toBe(200));
  });

  it("says that it is out of order while the guestbook is dead, and serves it again afterwards", async () => {
    const { StartedAt: before } = (await system.inspect("front")).State;
    await system.kill("guestbook");
    expect([502, 503, 504]).toContain((await page()).status);
    await system.revive("guestbook");
    await eventually("the page", 60, async () => expect((await page()).status).toBe(200));
    expect((await system.inspect("front")).State.StartedAt).toBe(before);
  });

  it("answers when every container has been restarted, in whatever order", async () => {
    await system.restart();
    await eventually("the page", 60, async () => expect((await page()).status).toBe(200));
  });
});
