import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { application } from "./application";
import { BadConfiguration, type Configuration, readConfiguration } from "./configuration";
import { Entries } from "./entries";
import { jsonLog, reasonOf } from "./log";
import { Visits } from "./visits";

/** How long requests have to end when the server is told to stop; a container engine kills it after 10 s. */
const stopPatience = 7000;

const log = jsonLog();

try {
  run(readConfiguration(process.env));
} catch (error) {
  if (!(error instanceof BadConfiguration)) throw error;
  log.error("bad configuration", { mistakes: error.mistakes });
  process.exitCode = 1;
}

function run({ port, redis, database, version }: Configuration): void {
  const visits = new Visits(redis, log);
  const entries = new Entries(database, log);
  const app = application({ visits, entries, version, log });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  // Longer than the minute after which a load balancer drops an idle connection: whoever closes first must not be the
  // one that may just be getting a request.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 66_000;
  server.requestTimeout = 30_000;
  server.on("error", (error) => {
    log.error("cannot listen", { port, reason: reasonOf(error) });
    process.exit(1);
  });
  server.listen(port, () => log.info("listening", { port, version }));

  const stop = (signal: string) => {
    log.info("stopping", { signal });
    const deadline = setTimeout(() => server.closeAllConnections(), stopPatience);
    // A connection whose last request has ended waits for the next one, which must not come any more.
    const idle = setInterval(() => server.closeIdleConnections(), 100);
    server.close(async () => {
      clearTimeout(deadline);
      clearInterval(idle);
      visits.close();
      await entries.close();
      log.info("stopped");
    });
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, stop);
}
