import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Interrupted } from "./interruption";
import { Desk } from "./testing/stand-ins";

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.remove());

/** Ends when it has been asked to and may, and notes how often it was asked. */
const orderly = `trap 'echo asked >>"\${0%/*}/../asked"; end=1' INT
: >"\${0%/*}/../started"
while [ -z "$end" ] || [ ! -e "\${0%/*}/../may-end" ]; do /bin/sleep 0.05; done
echo ended >>"\${0%/*}/../asked"
exit 1`;

const there = async (file: string) => {
  while (!existsSync(join(desk.folder, file))) await pause(20);
};
const pause = (milliseconds: number) => new Promise((wake) => setTimeout(wake, milliseconds));

describe("Ctrl-C", () => {
  it("is passed on once, however often it comes, and what runs may end in order", async () => {
    desk.standIn("terraform", { apply: orderly });
    const run = desk.run();
    const call = { program: "terraform" as const, args: ["apply"], cwd: desk.folder };
    const running = run.programs.run(call, "mend it").catch((error: unknown) => error);
    await there("started");
    desk.signals.emit("SIGINT");
    await there("asked");
    desk.signals.emit("SIGINT");
    writeFileSync(join(desk.folder, "may-end"), "");
    const error = await running;
    expect(error).toBeInstanceOf(Interrupted);
    expect(error).toMatchObject({ exitCode: 130, message: expect.stringContaining("terraform has ended in order") });
    expect(desk.read("asked")).toBe("asked\nended\n");
    expect(desk.shown).toEqual([
      "interrupted: waiting for what runs to end in order",
      "still waiting for what runs to end in order; killing it would leave its lock behind",
    ]);
  });

  it("starts nothing more", async () => {
    desk.standIn("docker");
    const run = desk.run();
    desk.signals.emit("SIGINT");
    const call = { program: "docker" as const, args: ["version"], cwd: desk.folder };
    await expect(run.programs.ended(call)).rejects.toThrow("interrupted; nothing is half done; run it again to go on");
    expect(desk.calls()).toEqual([]);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("is like %s, whose exit code is %i", (signal, exitCode) => {
    const { interruption } = desk.run();
    desk.signals.emit(signal);
    expect(() => interruption.check()).toThrow(expect.objectContaining({ exitCode }));
    expect(interruption.abort.aborted).toBe(true);
  });

  it("is not listened to when all is over", () => {
    desk.run().interruption.dispose();
    expect(desk.signals.eventNames().filter((name) => desk.signals.listenerCount(name) > 0)).toEqual([]);
  });
});
