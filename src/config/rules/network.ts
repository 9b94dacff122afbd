import { zoneFault, zoneLetter } from "../../core/address-plan";
import { neededWithoutNat } from "../endpoints";
import { regionsAsOf, zoneLettersOf } from "../regions";
import type { Report } from "../report";
import type { Rule } from "./rule";

const zonesPath = ["wordpress", "network", "zones"];

/** Zones that exist, in the region, each once and enough of them; and a way out for machines without NAT. */
export const networkRule: Rule = ({ region, wordpress }, report) => {
  const { zones, nat, endpoints } = wordpress?.network ?? {};
  if (zones) {
    for (const [index, zone] of zones.entries())
      if (region && zone) checkZone(zone, region, [...zonesPath, index], report);
    checkCount(zones, region, report);
  }
  const lacking = nat === "none" && endpoints ? neededWithoutNat.filter((name) => !endpoints.includes(name)) : [];
  if (lacking.length > 0) {
    report(["wordpress", "network", "nat"], {
      code: "NET_EGRESS_MISSING",
      want: `a way to AWS's services: NAT, or the endpoints ${neededWithoutNat.join(", ")}`,
      fix: `write nat: one, or add ${lacking.join(", ")} to endpoints`,
    });
  }
  endpoints?.forEach((name, index) => {
    if (!name || endpoints.indexOf(name) === index) return;
    const fix = "remove one of the two";
    report(["wordpress", "network", "endpoints", index], { code: "NET_ENDPOINT_DUP", want: "each service once", fix });
  });
};

function checkZone(zone: string, region: string, path: readonly (string | number)[], report: Report): void {
  const fault = zoneFault(zone, region);
  if (fault) report(path, fault);
  const letters = [...zoneLettersOf(region)!];
  if (fault || letters.includes(zoneLetter(zone))) return;
  const want = `a zone that ${region} has: ${letters.map((letter) => region + letter).join(", ")}, as known in ${regionsAsOf}`;
  report(path, { code: "NET_AZ_UNKNOWN", want, fix: "choose one of these" });
}

function checkCount(zones: readonly (string | undefined)[], region: string | undefined, report: Report): void {
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
