import { expect } from "vitest";
import { cloudConfig } from "../../../src/core/cloud-config";
import { database } from "../harness/database";
import { eventually } from "../harness/engine";
import { wordpressArchive } from "../harness/images";
import type { Machine } from "../harness/machine";
import type { RoleUnderTest } from "./role";

const account = { username: "wordpress", password: `quote ' dollar $HOME`, database: "wordpress" };

/** The twin of the container image: the same playbook, another source (S2-17). */
export const wordpress: RoleUnderTest = {
  role: "wordpress",
  arguments: ["-only=wordpress.amazon-ebs.machine"],
  variables: async () => {
    const { release, url, sha256 } = await wordpressArchive();
    return { archive: `{release="${release}",url="${url}",sha256="${sha256}"}` };
  },
  playbook: "systems/wordpress/ansible/playbook.yml",
  playbookVariables: async () => ({ wordpress_archive: await wordpressArchive() }),
  units: ["wordpress.service"],
  secrets: [account.password],

  launch: async ({ network, emulator, cleanUp }) => {
    const settings = {
      environment: {
        WORDPRESS_DB_HOST: await database(network, account, cleanUp),
        WORDPRESS_DB_USER: account.username,
        WORDPRESS_DB_DATABASE: account.database,
        WORDPRESS_DB_RETRY_SECONDS: "1",
      },
      secrets: {
        WORDPRESS_DB_PASSWORD: `${await emulator.putSecret("wordpress", { password: account.password })}:password::`,
      },
    };
    return { userData: cloudConfig([{ path: "/etc/slipway/wordpress.json", json: settings }]) };
  },

  serves: installPage,
  stillServes: installPage,
};

async function installPage(machine: Machine): Promise<void> {
  const port = await machine.port(80);
  const page = await eventually("the install page", 30, async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(10_000) });
    return { url: answer.url, text: await answer.text() };
  });
  expect(page.url).toMatch(/\/wp-admin\/install\.php$/);
  expect(page.text).toContain("<title>WordPress &rsaquo; Installation</title>");
}
