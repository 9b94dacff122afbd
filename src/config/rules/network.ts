import { zoneFault, zoneLetter } from "../../core/address-plan";
import { neededWithoutNat } from "../endpoints";
import { regionsAsOf, zoneLettersOf } from "../regions";
import type { Report } from "../report";
import type { Path } from "../yaml/tree";
import type { Rule } from "./rule";

/** Zones that exist, in the region, each once and enough of them; and a way out for machines without NAT. */
export const networkRule: Rule = ({ region, wordpress }, report) => {
  const { zones, nat, endpoints } = wordpress?.network ?? {};
  if (zones) checkZones(["wordpress", "network", "zones"], zones, region, report);
  const lacking = nat === "none" && endpoints ? neededWithoutNat.filter((name) => !endpoints.includes(name)) : [];
  const daemons = (["prometheus", "logSearch"] as const).filter((key) => wordpress?.[key]).join(" and ");
  const missing = (want: string, fix: string) =>
    report(["wordpress", "network", "nat"], { code: "NET_EGRESS_MISSING", want, fix });
  if (nat === "none" && daemons) {
    const want = `NAT: the images of ${daemons} are in public registries, to which no endpoint leads`;
    missing(want, `write nat: one, or remove ${daemons}`);
  } else if (lacking.length > 0) {
    const want = `a way to AWS's services: NAT, or the endpoints ${neededWithoutNat.join(", ")}`;
    missing(want, `write nat: one, or add ${lacking.join(", ")} to endpoints`);
  }
  checkEndpoints(["wordpress", "network", "endpoints"], endpoints, report);
};

export function checkEndpoints(
  path: Path,
  endpoints: readonly (string | undefined)[] | undefined,
  report: Report,
): void {
  endpoints?.forEach((name, index) => {
    if (!name || endpoints.indexOf(name) === index) return;
    const fix = "remove one of the two";
    report([...path, index], { code: "NET_ENDPOINT_DUP", want: "each service once", fix });
  });
}

/** Zones that the region has, each once and at least two. */
export function checkZones(
  path: Path,
  zones: readonly (string | undefined)[],
  region: string | undefined,
  report: Report,
): void {
  for (const [index, zone] of zones.entries()) if (region && zone) checkZone([...path, index], zone, region, report);
  checkCount(path, zones, region, report);
}

export function checkZone(path: Path, zone: string, region: string, report: Report): void {
  const fault = zoneFault(zone, region);
  if (fault) report(path, fault);
  const letters = [...zoneLettersOf(region)!];
  if (fault || letters.includes(zoneLetter(zone))) return;
  const want = `a zone that ${region} has: ${letters.map((letter) => region + letter).join(", ")}, as known in ${regionsAsOf}`;
  report(path, { code: "NET_AZ_UNKNOWN", want, fix: "choose one of these" });
}

function checkCount(
  zonesPath: Path,
  zones: readonly (string | undefined)[],
  region: string | undefined,
  report: Report,
): void {
  const different = [...new Set(zones)];
  const most = region ? zoneLettersOf(region)!.length : Number.POSITIVE_INFINITY;
  const got = zones.length === 0 ? "no zone" : zones.map((zone) => zone ?? "?").join(", ");
  if (different.length > most) {
    const want = `at most ${most} zones: ${region} has no more, as known in ${regionsAsOf}`;
    report(zonesPath, { code: "NET_AZ_COUNT", got, want, fix: "remove the others" });
  } else if (different.length === 0) {
    report(zonesPath, { code: "NET_AZ_COUNT", got, want: "two zones or more", fix: exampleZones(region) });
  } else if (different.length === 1) {
    const want = "two different zones or more: load balancers and databases refuse to live in fewer";
    report(zonesPath, { code: "LB_SUBNETS", got, want, fix: exampleZones(region) });
  } else {
    for (const [index, zone] of zones.entries()) {
      if (!zone || zones.indexOf(zone) === index) continue;
      report([...zonesPath, index], {
        code: "NET_AZ_DUP",
        want: "each zone once",
        fix: "remove it, or name another zone",
      });
    }
  }
}

function exampleZones(region = "eu-west-1"): string {
  const [a, b] = zoneLettersOf(region)!;
  return `write for example [${region}${a}, ${region}${b}]`;
}
