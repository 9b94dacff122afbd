import { createServer } from "node:net";
import { uniqueName } from "../../machine/harness/engine";
import type { Json } from "../../support/stacks";

/**
 * The same stack under names and at a port that nobody else on this machine has: whoever runs the suite may have the system
 * running, with data in it.
 */
export async function privateCopy(document: Json): Promise<Json> {
  const copy = structuredClone(document);
  const prefix = uniqueName("local");
  for (const type of ["docker_network", "docker_volume", "docker_container"]) {
    for (const body of Object.values<Json>(copy.resource[type] ?? {})) body.name = `${prefix}-${body.name}`;
  }
  for (const container of Object.values<Json>(copy.resource.docker_container)) {
    for (const port of [container.ports ?? []].flat() as Json[]) {
      const free = await freePort();
      copy.output.url.value = copy.output.url.value.replace(`:${port.external}`, `:${free}`);
      container.env = container.env?.map((each: string) =>
        each.replace(`127.0.0.1:${port.external}`, `127.0.0.1:${free}`),
      );
      port.external = free;
    }
  }
  return copy;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address!.port : 0));
    });
  });
}
