import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type CleanUp, eventually } from "../machine/harness/engine";
import { temporaryFolder } from "../support/temporary";

/** A real registry on this host, empty; its address. */
export async function registry(cleanUp: CleanUp): Promise<string> {
  const address = `127.0.0.1:${await freePort()}`;
  const folder = temporaryFolder("registry");
  const config = { version: 0.1, http: { addr: address }, storage: { filesystem: { rootdirectory: folder } } };
  writeFileSync(join(folder, "config.yml"), JSON.stringify(config));
  const server = spawn("docker-registry", ["serve", join(folder, "config.yml")], { stdio: "ignore" });
  cleanUp.add(async () => server.kill());
  await eventually("the registry", 20, () => fetch(`http://${address}/v2/`, { signal: AbortSignal.timeout(2000) }));
  return address;
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
