import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** A site of which one page works, one fails and one is slow. */
let site: Server;
let address: string;

beforeAll(async () => {
  site = createServer((request, response) => {
    response.statusCode = request.url === "/broken" ? 500 : 200;
    setTimeout(() => response.end("page"), request.url === "/slow" ? 600 : 0);
  });
  await new Promise<void>((ready) => site.listen(0, "127.0.0.1", ready));
  address = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});

afterAll(() => site.close());

function loadTest(...args: string[]): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve) => {
    const run = spawn(join(__dirname, "load-test.sh"), args);
    let output = "";
    run.stdout.on("data", (text) => (output += text));
    run.stderr.on("data", (text) => (output += text));
    run.on("close", (status) => resolve({ status, output }));
  });
}

describe("load-test.sh", () => {
  it("holds when every request is answered in time (S3-W09)", async () => {
    const { status, output } = await loadTest("-u", `${address}/`, "-d", "1", "-l", "60000");
    expect(output).toContain("It kept up.");
    expect(status).toBe(0);
  });

  it.each([
    ["answers with errors", "/broken", "60000"],
    ["is slower than the limit", "/slow", "200"],
  ])("fails when the page %s (S3-W09)", async (_, page, limit) => {
    const { status, output } = await loadTest("-u", `${address}${page}`, "-d", "2", "-l", limit);
    expect(output).toContain("It did not keep up");
    expect(status).toBe(1);
  });

  it("explains itself without arguments", async () => {
    expect(await loadTest()).toEqual({ status: 0, output: expect.stringContaining("Usage: load-test.sh -u URL") });
  });

  it.each([
    [["-u", "wordpress"], "-u wants an address that begins with http:// or https://, got 'wordpress'"],
    [["-u", "http://localhost/", "-r", "many"], "want whole numbers from 1, got 'many'"],
    [["-u"], "-u needs a value"],
    [["-q"], "there is no option -q"],
  ])("refuses %j", async (args, message) => {
    expect(await loadTest(...args)).toEqual({ status: 2, output: expect.stringContaining(message) });
  });
});
