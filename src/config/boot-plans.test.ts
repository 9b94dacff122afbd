import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inFolder } from "./bad-inputs/description";
import { readBootPlans } from "./boot-plans";

const path = "systems/shop/boot/files.json";
const file = (source: string) => ({ source, path: "/usr/local/lib/slipway/start", permissions: "0755" });
const agent = { settings: "/etc/slipway/agent.json", files: [file("systems/common/start")], run: ["start", "--now"] };

const read = (plans: unknown, files: Record<string, string> = { "systems/common/start": "#!/bin/sh\n" }) =>
  inFolder({ ...files, [path]: typeof plans === "string" ? plans : JSON.stringify(plans) }, (root) =>
    readBootPlans(root, path, ["agent"]),
  );

describe("the boot plans of a system", () => {
  it("bring the files that they name, wherever in the project these are", () => {
    expect(read({ agent })).toEqual({
      agent: {
        settings: "/etc/slipway/agent.json",
        files: [{ path: "/usr/local/lib/slipway/start", text: "#!/bin/sh\n", mode: "0755" }],
        run: ["start", "--now"],
      },
    });
  });

  it.each<[string, unknown, string]>([
    ["no JSON", "{", "systems/shop/boot/files.json: want JSON, got text that is none"],
    ["no plan for a kind of machine", {}, "systems/shop/boot/files.json: want a plan for agent, got none; add it"],
    [
      "a file outside of systems/",
      { agent: { ...agent, files: [file("environments/dev.yaml")] } },
      "agent.files.0.source",
    ],
    ["a way around that", { agent: { ...agent, files: [file("systems/../main.ts")] } }, "agent.files.0.source"],
    [
      "a file that is not there",
      { agent: { ...agent, files: [file("systems/gone")] } },
      "systems/gone: want a file, got nothing",
    ],
    ["settings without a place", { agent: { ...agent, settings: "agent.json" } }, "agent.settings"],
    ["nothing to run", { agent: { ...agent, run: [] } }, "agent.run"],
    ["a misspelt key", { agent: { ...agent, rum: [] } }, "rum"],
  ])("refuse %s", (_, plans, message) => {
    expect(() => read(plans)).toThrow(message);
  });

  it("are those of the guestbook, for its agents and their server", () => {
    const plans = readBootPlans(join(__dirname, "../.."), "systems/guestbook/boot/files.json", ["agent", "server"]);
    for (const { files, run, settings } of Object.values(plans)) {
      expect(files.map(({ text }) => text).join("")).toContain(settings);
      expect(files.map((one) => one.path)).toContainEqual(expect.stringContaining(run.at(-1)!));
    }
  });
});
