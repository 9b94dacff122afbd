import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";

const root = join(__dirname, "../..");
const text = (path: string) => readFileSync(join(root, path), "utf8");

/** How many items the document of each system has: what it asks for, what it wishes (W), and where it contradicts itself (D). */
const documents = {
  S0: { system: "guestbook", items: { "": 46, W: 4, D: 4 } },
  S1: { system: "guestbook-mesos", items: { "": 64, W: 2, D: 6 } },
  S2: { system: "wordpress", items: { "": 38, W: 14, D: 4 } },
  S3: { system: "wordpress-mysql", items: { "": 30, W: 17, D: 7 } },
  S4: { system: "dashboard", items: { "": 65, W: 6, D: 11 } },
};

const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${`${index + 1}`.padStart(2, "0")}`);
const idsOf = (seed: string, items: Readonly<Record<string, number>>) =>
  Object.entries(items).flatMap(([kind, count]) => numbered(`${seed}-${kind}`, count));
const known = new Set(Object.entries(documents).flatMap(([seed, { items }]) => idsOf(seed, items)));

/** Ids of a text, `S1-57 to S1-60` in full. */
function named(cell: string): string[] {
  const ids = [...cell.matchAll(/(S\d-[WD]?)(\d\d)(?: to (S\d-[WD]?)(\d\d))?/g)];
  return ids.flatMap(([, prefix, from, sameAgain, to]) => {
    const last = sameAgain === prefix ? Number(to) : Number(from);
    return numbered(prefix!, last).slice(Number(from) - 1);
  });
}

/** Rows of a system's pages that are about items: those it names, and what it says of them. */
const rowsOf = (system: string) =>
  readdirSync(join(root, "docs/systems"))
    .filter((file) => new RegExp(`^${system}(-control-plane|-ports)?\\.md$`).test(file))
    .flatMap((file) => text(`docs/systems/${file}`).split("\n"))
    .filter((line) => /^\| *S\d-/.test(line))
    .map((line) => line.split("|").slice(1, -1))
    .map(([ids, ...rest]) => ({ ids: named(ids!), rest: rest.map((cell) => cell.trim()) }));

describe("the pages of the systems", () => {
  it.each(Object.entries(documents))("have a row for every item of %s, which says how it is met", (seed, document) => {
    const rows = rowsOf(document.system);
    const listed = new Set(rows.flatMap(({ ids }) => ids));
    expect(idsOf(seed, document.items).filter((id) => !listed.has(id))).toEqual([]);
    expect(rows.filter(({ rest }) => rest.some((cell) => cell === ""))).toEqual([]);
  });

  it("name no item that no document has", () => {
    const listed = Object.values(documents).flatMap(({ system }) => rowsOf(system).flatMap(({ ids }) => ids));
    expect(listed.filter((id) => !known.has(id))).toEqual([]);
  });
});

describe("the titles of tests", () => {
  it("name no item that no document has", () => {
    const tests = ["src", "modules", "e2e", "systems", "scripts"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".test.ts"))
        .map((file) => `${folder}/${file}`),
    );
    expect(tests.length).toBeGreaterThan(100);
    const wrong = tests.flatMap((file) =>
      [...text(file).matchAll(/\bS[0-4]-[WD]?\d\d\b/g)]
        .map(([id]) => id)
        .filter((id) => !known.has(id))
        .map((id) => `${file}: ${id}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** Where production has what a document wishes: a key that is there. */
const switchedOn: Readonly<Record<string, readonly string[]>> = {
  "S2-W01": ["wordpress.machines.image"],
  "S2-W03": ["wordpress.files", "wordpress.services.wordpress.files"],
  "S2-W04": ["wordpress.loadBalancers.public.domain"],
  "S2-W05": ["wordpress.loadBalancers.public.distribution"],
  "S2-W06": ["wordpress.network.zones.2"],
  "S2-W07": ["wordpress.machines.max"],
  "S2-W08": ["wordpress.services.wordpress.scaling", "wordpress.services.wordpress.scaling.schedule"],
  "S2-W09": ["wordpress.database.multiAz"],
  "S2-W10": ["wordpress.network.dataTier"],
  "S2-W11": ["wordpress.database.class", "wordpress.database.maxStorageGib"],
  "S2-W12": ["wordpress.alarms", "wordpress.cloudwatchDashboard", "wordpress.cluster.insights"],
  "S2-W13": ["wordpress.prometheus"],
  "S2-W14": ["wordpress.logSearch"],
  "S3-W01": ["wordpressMysql.database.aurora"],
  "S3-W03": ["wordpressMysql.service.count", "wordpressMysql.files"],
  "S3-W04": ["wordpressMysql.service.scaling"],
  "S3-W05": ["wordpressMysql.entrance.webAcl"],
  "S3-W10": ["wordpressMysql.alarms", "wordpressMysql.prometheus"],
  "S3-W11": ["wordpressMysql.entrance.webAcl"],
  "S3-W12": ["wordpressMysql.entrance.distribution"],
  "S3-W13": ["wordpressMysql.database.aurora"],
  "S3-W14": ["wordpressMysql.entrance.distribution"],
  "S3-W15": ["wordpressMysql.backupPlan"],
  "S3-W16": ["wordpressMysql.alarms.emails"],
  "S3-W17": ["state.bucket"],
  "S4-W03": ["dashboard.entrance.domain"],
  "S4-W05": ["dashboard.entrance.accessLogDays"],
};

/** Wishes that are met without a key: always, or by another system, a script or a page. */
const withoutKey = [
  ...["S0-W01", "S0-W02", "S0-W03", "S0-W04", "S1-W01", "S1-W02", "S2-W02", "S3-W02"],
  ...["S3-W06", "S3-W07", "S3-W08", "S3-W09", "S4-W01", "S4-W02", "S4-W04"],
  "S4-W06",
];

describe("production", () => {
  const description = parseDocument(text("environments/production.yaml"));
  const at = (path: string) => description.getIn(path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key)));

  it.each(Object.entries(switchedOn))("has %s switched on", (_, paths) => {
    expect(paths.filter((path) => at(path) === undefined || at(path) === false)).toEqual([]);
  });

  it("leaves out no wish by oversight", () => {
    const wishes = [...known].filter((id) => id.includes("-W"));
    expect([...Object.keys(switchedOn), ...withoutKey].sort()).toEqual(wishes.sort());
  });
});
