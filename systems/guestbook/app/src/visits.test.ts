import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { jsonLog } from "./log";
import { Visits } from "./visits";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A Redis that answers every INCR as it is told, and everything else with OK. */
async function redis(answer: () => string | undefined) {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (data) => {
      const text = data.toString().includes("INCR") ? answer() : "+OK\r\n";
      if (text) socket.write(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as { port: number }).port, connections: () => connections };
}

function visits(port: number) {
  const lines: string[] = [];
  const opened = new Visits(
    { host: "127.0.0.1", port, tls: false },
    jsonLog((line) => lines.push(line)),
  );
  closing.push(() => opened.close());
  return { opened, lines };
}

describe("visits", () => {
  it("are what Redis counts (S0-R04)", async () => {
    let count = 0;
    const { opened } = visits((await redis(() => `:${++count}\r\n`)).port);
    await vi.waitFor(async () => expect(await opened.count()).toBe(1), 10_000);
    expect(await opened.count()).toBe(2);
  });

  it("are unknown at once where there is no Redis, which the log says once", async () => {
    const { opened, lines } = visits(1);
    await vi.waitFor(() => expect(lines).toHaveLength(1), 10_000);
    const start = Date.now();
    expect(await opened.count()).toBeUndefined();
    expect(Date.now() - start).toBeLessThan(500);
    await new Promise((wake) => setTimeout(wake, 500));
    expect(lines.join("")).toMatch(/^\{[^\n]*"redis lost"[^\n]*\}\n$/);
  });

  it("connect anew to a Redis that refuses to write (S0-46)", async () => {
    let readonly = true;
    const server = await redis(() =>
      readonly ? "-READONLY You can't write against a read only replica.\r\n" : ":8\r\n",
    );
    const { opened } = visits(server.port);
    await vi.waitFor(() => expect(server.connections()).toBe(1), 10_000);
    await vi.waitFor(async () => {
      await opened.count();
      expect(server.connections()).toBeGreaterThan(1);
    }, 10_000);
    readonly = false;
    await vi.waitFor(async () => expect(await opened.count()).toBe(8), 10_000);
  });

  it("connect anew to a Redis that has fallen silent, after a second (S0-46)", async () => {
    let silent = true;
    const server = await redis(() => (silent ? undefined : ":9\r\n"));
    const { opened, lines } = visits(server.port);
    await vi.waitFor(() => expect(lines.join("")).toContain("redis connected"), 10_000);
    const start = Date.now();
    expect(await opened.count()).toBeUndefined();
    expect(Date.now() - start).toBeLessThan(3000);
    silent = false;
    await vi.waitFor(async () => expect(await opened.count()).toBe(9), 10_000);
    expect(lines.join("")).toContain("no answer within 1000 ms");
  });
});
