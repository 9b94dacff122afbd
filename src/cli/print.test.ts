import { PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ask, columns, counted, kilobytes, printerTo } from "./print";

describe("what a command prints", () => {
  it("aligns names to the left and numbers to the right", () => {
    expect(
      columns([
        ["stack", "size"],
        ["a-long-name", "7"],
      ]),
    ).toBe("stack        size\na-long-name     7");
  });

  it.each([
    [0, "0 kB"],
    [1, "1 kB"],
    [48_001, "49 kB"],
    [1_234_567, "1235 kB"],
  ])("rounds %i bytes up to %s, in every locale", (bytes, text) => expect(kilobytes(bytes)).toBe(text));

  it("may lose its reader, and the work goes on", async () => {
    const closed = new Writable({ write: (_, __, done) => done(new Error("write EPIPE")) });
    const print = printerTo(closed);
    print("one");
    await new Promise((over) => closed.on("close", over));
    expect(() => print("two")).not.toThrow();
    await new Promise((turn) => setImmediate(turn));
  });

  it("counts one and many", () => expect([counted(1, "stack"), counted(4, "stack")]).toEqual(["1 stack", "4 stacks"]));
});

describe("a question", () => {
  const asked = (input: PassThrough, signal = new AbortController().signal) =>
    ask("Destroy it? ", signal, input, new PassThrough());

  it("gives the line that a person writes", async () => {
    const input = new PassThrough();
    const answer = asked(input);
    input.write("yes\n");
    expect(await answer).toBe("yes");
  });

  it("is answered with nothing by Ctrl-D, and does not wait for ever", async () => {
    const input = new PassThrough();
    const answer = asked(input);
    input.end();
    expect(await answer).toBe("");
  });

  it("is given up by Ctrl-C", async () => {
    const abort = new AbortController();
    const answer = asked(new PassThrough(), abort.signal);
    abort.abort();
    await expect(answer).rejects.toThrow("aborted");
  });
});
