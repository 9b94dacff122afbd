import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { CleanUp } from "../machine/harness/engine";

/** A site that tells a version at `/healthz`, or does not answer. */
export class Site {
  /** What it tells next; undefined: nothing. */
  tell: () => string | undefined = () => undefined;
  /** How often it was asked for its version. */
  asked = 0;
  url = "";

  static async start(cleanUp: CleanUp): Promise<Site> {
    const site = new Site();
    const server = createServer(({ url }, answer) => {
      if (url !== "/healthz") return answer.writeHead(404).end();
      site.asked++;
      const version = site.tell();
      return version === undefined
        ? answer.writeHead(503).end()
        : answer.end(JSON.stringify({ status: "ok", version }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanUp.add(async () => server.close());
    site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return site;
  }

  reset(): void {
    this.tell = () => undefined;
    this.asked = 0;
  }
}
