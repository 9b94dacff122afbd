import { request } from "node:http";
import { docker } from "../../machine/harness/engine";
import type { Json } from "../../support/stacks";

let socket: Promise<string> | undefined;

/** Where the client of this machine finds its engine. */
function engineSocket(): Promise<string> {
  socket ??= docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}").then(({ stdout }) => {
    const host = process.env.DOCKER_HOST || stdout.trim();
    if (!host.startsWith("unix://")) throw new Error(`the driver speaks to an engine through a socket, not ${host}`);
    return host.slice("unix://".length);
  });
  return socket;
}

/**
 * Asks the engine's own API, as the provider does: a health check that is no shell command, for one, cannot be said with the
 * client's options.
 */
export async function api(method: string, path: string, body?: Json | Buffer): Promise<Json> {
  const socketPath = await engineSocket();
  const [content, type] = Buffer.isBuffer(body)
    ? [body, "application/x-tar"]
    : [Buffer.from(body ? JSON.stringify(body) : ""), "application/json"];
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": type, "Content-Length": content.length };
    const asking = request({ socketPath, path, method, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      answer.on("end", () => {
        if (answer.statusCode! >= 400) reject(new Error(`${method} ${path}: ${answer.statusCode} ${text.trim()}`));
        else resolve(text.startsWith("{") ? JSON.parse(text) : {});
      });
      answer.on("error", reject);
    });
    asking.on("error", reject).end(content);
  });
}
