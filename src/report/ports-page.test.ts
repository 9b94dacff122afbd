import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { arrowsOf } from "../core/guestbook-mesos-ports";
import { portsPage } from ".";

describe("the page on the ports of the guestbook on Mesos", () => {
  it("is the one in the repository: npx slipway ports --write writes it", () => {
    const written = readFileSync(join(__dirname, "../../docs/systems/guestbook-mesos-ports.md"), "utf8");
    expect(written).toBe(portsPage());
  });

  it("has a row for each way that is open, whatever the description chooses", () => {
    const rows = portsPage().split("\n");
    for (const management of ["together", "apart"] as const) {
      for (const ha of ["heartbeat", "keepalived"] as const) {
        for (const { to, from, reason } of arrowsOf({ management, ha, tls: true, configuration: "server" })) {
          const found = rows.filter((row) => row.startsWith(`| ${to} |`) && row.endsWith(`| ${from} | ${reason} |`));
          expect(found, `${from} to ${to}`).not.toEqual([]);
        }
      }
    }
  });
});
