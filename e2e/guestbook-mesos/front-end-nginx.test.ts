import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { converge, nodeSettings, ruby } from "../../systems/guestbook-mesos/chef/test/converge";
import { program } from "../machine/harness/engine";
import { makesImages } from "../machine/harness/images";
import { type Finished, run, succeeded } from "../support/process";
import { describeWith } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";
import { frontEndImage } from "./front-end-images";

const requirements = [...(await makesImages()), ruby, await program("openssl", "openssl")];

/** What nginx itself says to the configuration that a front end gets. */
async function tested(frontend: object, image: string): Promise<Finished> {
  const folder = temporaryFolder("nginx");
  const runList = ["recipe[guestbook_frontend]"];
  const attributes = { frontend: { ...given, ...frontend } };
  converge(nodeSettings("frontend", attributes, { hostname: "fe-1", runList }), { root: folder });
  mkdirSync(join(folder, "run/slipway/tls"), { recursive: true });
  const shell = (script: string) => run("sh", ["-c", script, "sh", image], { cwd: folder, env: process.env });
  const pem = "run/slipway/tls/certificate.pem";
  await succeeded(
    shell(
      `openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=guestbook -keyout ${pem} -out part && cat part >> ${pem}`,
    ),
  );
  return shell(
    `tar -c etc/nginx run | docker run --rm -i "$1" sh -c 'tar -C / -x --keep-directory-symlink && nginx -t 2>&1 && nginx -T 2>&1'`,
  );
}
const given = {
  peers: { "fe-1": "10.229.0.11", "fe-2": "10.229.0.12" },
  allocation_id: "eipalloc-0123456789abcdef0",
  membership_secret_arn: "arn:membership",
  interface: "eth0",
};

describeWith("nginx, asked about what the converge wrote", requirements, () => {
  it.each([
    ["as usual", {}],
    [
      "with several services and names",
      { services: { guestbook: { server_names: ["_"] }, wiki: { server_names: ["wiki.example.com"] } } },
    ],
    ["with plain TCP (S1-41)", { tcp: [{ service: "mail", port: 2525 }] }],
    ["with a certificate", { certificate_secret_arn: "arn:certificate" }],
    ["with the smallest limits (S1-42)", { limits: { connections: 1, requests_per_second: 1, burst: 1 } }],
  ])("takes it %s", async (_, frontend) => {
    const { code, output } = await tested(frontend, await frontEndImage());
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("test is successful") });
    expect(output).not.toMatch(/\[(warn|emerg)\]/);
    if ("tcp" in frontend) expect(output).toContain("proxy_pass mail;");
  });

  it("refuses limits that are none, which a converge then reports", async () => {
    const { code, output } = await tested(
      { limits: { connections: 0, requests_per_second: 1, burst: 1 } },
      await frontEndImage(),
    );
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining("invalid number of connections") });
  });
});
