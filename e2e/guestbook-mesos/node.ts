import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readBootPlans } from "../../src/config";
import { cloudConfig } from "../../src/core/cloud-config";
import type { NodeSettings } from "../../systems/guestbook-mesos/chef/test/converge";
import type { Emulator } from "../machine/harness/emulator";
import type { Machine } from "../machine/harness/machine";
import { root } from "../machine/harness/packer";

const chef = join(root, "systems/guestbook-mesos/chef");
export const bucket = "guestbook-mesos-cookbooks";

/** Puts cookbooks, roles and environments where machines fetch them, as the stack does. */
export async function uploadCookbooks(emulator: Emulator): Promise<void> {
  for (const kind of ["cookbooks", "roles", "environments"]) {
    const files = readdirSync(join(chef, kind), { recursive: true, encoding: "utf8" });
    for (const file of files.filter((name) => statSync(join(chef, kind, name)).isFile())) {
      await emulator.putObject(bucket, `${kind}/${file}`, readFileSync(join(chef, kind, file), "utf8"));
    }
  }
}

/** User data of a machine that converges from the bucket: our boot plan, with these settings. */
export function userDataOfNode(settings: NodeSettings): string {
  const { node } = readBootPlans(root, "systems/guestbook-mesos/boot/files.json", ["node"]);
  const json = { ...settings, chef: { mode: "local", bucket } };
  return cloudConfig([...node.files, { path: node.settings, json }], { run: [node.run] });
}

/** Debian 12's `aws` knows no endpoint but that of its command line; that of the settings is where the emulator is. */
export async function giveEndpoint(builder: Machine): Promise<void> {
  const lines = [
    "#!/bin/sh",
    `endpoint=$(sed -n 's/.*"endpoint":"\\([^"]*\\)".*/\\1/p' /etc/slipway/node.json)`,
    'exec /usr/bin/aws --endpoint-url "$endpoint" "$@"',
  ];
  const write = `printf '%s\\n' "$@" >/usr/local/bin/aws && chmod 755 /usr/local/bin/aws`;
  await builder.run("sh", "-c", write, "sh", ...lines);
}

/** Converges a machine once more, as its timer does; what that changed. */
export async function convergedAgain(machine: Machine): Promise<string[]> {
  const said = await machine.run("/usr/local/lib/slipway/node-converge", "--again");
  return JSON.parse(said.split("\n").at(-1)!).runs.flatMap(({ updated }: { updated: string[] }) => updated);
}
