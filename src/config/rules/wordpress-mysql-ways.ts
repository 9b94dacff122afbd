import { overlaps } from "../../core/address-plan";
import { balancedCidrFault, webCidrFault } from "../../core/flat-range";
import { zoneLettersOf } from "../regions";
import type { Report } from "../report";
import { highest } from "./machines";
import { checkZone } from "./network";
import type { WordpressMysqlView } from "./rule";
import { checkHealth, checkScaling } from "./services";

/** How visitors get in: to the one machine itself, or by an entrance to as many tasks as there are. */
export function checkWays(system: WordpressMysqlView, region: string | undefined, report: Report): void {
  const { network, service } = system;
  if (network) checkWeb(network, region, report);
  if ("entrance" in system) checkEntrance(system, region, report);
  else if (service) checkDirect(service, report);
}

type Network = NonNullable<WordpressMysqlView["network"]>;

function checkWeb({ cidr, zone, data, web }: Network, region: string | undefined, report: Report): void {
  if (!web) return;
  const fault = cidr && web.cidr ? webCidrFault(web.cidr, cidr) : undefined;
  if (fault) report(["network", "web", "cidr"], { code: "NET_CIDR_CONFLICT", ...fault });
  else if (data?.cidr && web.cidr && overlaps(data.cidr, web.cidr)) {
    const want = `apart from ${data.cidr}, the range of data`;
    report(["network", "web", "cidr"], { code: "NET_CIDR_CONFLICT", want, fix: "use a range that nothing else has" });
  }
  const { zones } = web;
  zones?.forEach((each, index) => {
    if (!each) return;
    const path = ["network", "web", "zones", index];
    if (each === zone || zones.indexOf(each) < index) {
      const want = `each zone once, and another one than that of the network`;
      report(path, { code: "NET_AZ_DUP", want, fix: "remove it, or name another zone" });
    } else if (region) checkZone(path, each, region, report);
  });
  if (zones?.length === 0) {
    const want = `one zone or more beside ${zone ?? "that of the network"}`;
    report(["network", "web", "zones"], { code: "NET_AZ_COUNT", got: "no zone", want, fix: another(zone, region) });
  }
}

/** An example of a further zone. */
function another(zone: string | undefined, region = "eu-west-3"): string {
  const letters = [...(zoneLettersOf(region) ?? "ab")];
  return `write for example [${letters.map((letter) => region + letter).find((one) => one !== zone)}]`;
}

function checkEntrance(
  { network, entrance, service, ...system }: WordpressMysqlView,
  region: string | undefined,
  report: Report,
): void {
  if (network && !("web" in network)) {
    const want = "network.web beside it: a load balancer refuses to live in one zone";
    const zones = another(network.zone, region).replace("write for example ", "");
    const fix = `add to network for example web: { cidr: 10.3.0.0/22, zones: ${zones} }`;
    report(["entrance"], { code: "LB_SUBNETS", want, fix, on: "key" });
  }
  const narrow =
    network?.cidr && entrance && !("distribution" in entrance) ? balancedCidrFault(network.cidr) : undefined;
  if (narrow) report(["network", "cidr"], { code: "NET_CIDR_TOO_SMALL", ...narrow });
  if (!service) return;
  const here: Report = (path, fault) => report(["service", ...path], fault);
  checkScaling(service, here);
  checkHealth(service, here);
  if ("hostPort" in service && service.hostPort !== undefined) {
    const want = "no port of the machine: behind an entrance Docker chooses one for each task";
    here(["hostPort"], { code: "PORT_BALANCED", want, fix: "remove it" });
  }
  const most = highest(service.scaling, service.count ?? 1);
  if (most > 1 && !("files" in system)) {
    const want = "files beside it: what one task writes, the others would not have";
    const got = `${most} tasks`;
    here([service.scaling ? "scaling" : "count"], {
      code: "FILES_MISSING",
      got,
      want,
      fix: "add files: {} to the system",
    });
  }
}

type Service = NonNullable<WordpressMysqlView["service"]>;

function checkDirect(service: Service, report: Report): void {
  for (const key of ["count", "scaling", "health"] as const) {
    if (service[key] === undefined) continue;
    const want = "an entrance beside it: without one, a single task answers on the port of its machine";
    const fix = "add entrance: {} and network.web to the system, or remove it";
    report(["service", key], { code: "LB_MISSING", want, fix, on: "key" });
  }
}
