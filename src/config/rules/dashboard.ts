import { overlaps, zoneLetter } from "../../core/address-plan";
import { ecrRepository, meansEcr } from "../../core/ecr";
import { bakedImage } from "../../core/image-catalogue";
import { machineType, unknownTypeFix } from "../../core/machine-types";
import { partitionOf } from "../../core/partition";
import { majorityLostWith } from "../../core/quorum";
import { publicRangesFault } from "../../core/subnet-ranges";
import type { Report } from "../report";
import { checkRds } from "./database";
import { checkEndpoints, checkZones } from "./network";
import { type DashboardView, present, type Rule } from "./rule";

/** What the fields of the dashboard say about each other. */
export const dashboardRule: Rule = ({ region, dashboard }, reportAt) => {
  if (!dashboard) return;
  const report: Report = (path, fault) => reportAt(["dashboard", ...path], fault);
  // A region that was written and is wrong is not the environment's either.
  const home = "region" in dashboard ? dashboard.region : region;
  const { network, database } = dashboard;
  if (network?.zones) checkZones(["network", "zones"], network.zones, home, report);
  checkEndpoints(["network", "endpoints"], network?.endpoints, report);
  checkRanges(dashboard, report);
  checkOverlay(dashboard, report);
  checkMachines(dashboard, report);
  checkCluster(dashboard, report);
  if (database) checkRds(["database"], database, report);
  checkRegistry(dashboard, home, report);
  const bastionType = dashboard.bastion?.type;
  if (bastionType) checkType(["bastion", "type"], bastionType, "x86_64", report);
};

function checkRegistry(dashboard: DashboardView, region: string | undefined, report: Report): void {
  const { namespace } = dashboard;
  const asked = "registry" in dashboard;
  const host = namespace?.split("/")[0] ?? "";
  const ecr = ecrRepository(`${namespace}/dash-front`);
  if (meansEcr(host) && !ecr) {
    const want = "a registry of ECR as AWS names it: <12 digits>.dkr.ecr.<region>.amazonaws.com";
    report(["namespace"], { code: "IMAGE_REF", want, fix: "copy the URI of the repository, without its last part" });
  } else if (ecr && region && partitionOf(ecr.region) !== partitionOf(region)) {
    const want = `a registry of the partition ${partitionOf(region)}, to which ${region} belongs`;
    report(["namespace"], { code: "REGISTRY_PARTITION", want, fix: "copy the images to one there" });
  }
  if (asked && ecr) {
    const want = "no account for ECR: the machines log in with their role, which may pull both images";
    report(["registry"], { code: "REGISTRY_ACCOUNT", want, fix: "remove it", on: "key" });
  } else if (asked && !("namespace" in dashboard)) {
    const want = "namespace beside it: without one nothing is pulled";
    report(["registry"], {
      code: "REGISTRY_ACCOUNT",
      want,
      fix: "add for example namespace: registry.example.com/team",
      on: "key",
    });
  }
}

function checkRanges({ network }: DashboardView, report: Report): void {
  const { cidr, zones, publicRanges } = network ?? {};
  if (!cidr || !zones || zones.includes(undefined)) return;
  const given = present(publicRanges);
  const stranger = given.find(([zone]) => !zones.includes(zone));
  if (stranger) {
    const want = `a zone of network.zones: ${zones.join(", ")}`;
    report(["network", "publicRanges", stranger[0]], { code: "NET_AZ_UNKNOWN", want, fix: "name it there", on: "key" });
    return;
  }
  const letters = given.map(([zone, range]) => [zoneLetter(zone), range] as const);
  const fault = publicRangesFault(cidr, Object.fromEntries(letters));
  if (!fault) return;
  const zone = zones.find((one) => one && zoneLetter(one) === fault.letter)!;
  report(["network", "publicRanges", zone], { code: "NET_CIDR_CONFLICT", want: fault.want, fix: fault.fix });
}

/** A container that asks for an address of the VPC would look for it among the containers, and the resolver is one. */
function checkOverlay({ network, machines }: DashboardView, report: Report): void {
  const [below, above] = [network?.cidr, machines?.overlayRange];
  if (!below || !above || !overlaps(below, above)) return;
  const want = `apart from ${below}, the range of the network`;
  report(["machines", "overlayRange"], { code: "NET_CIDR_CONFLICT", want, fix: "write a range that nothing else has" });
}

/** Docker, two images being pulled or built, and the services. */
const machineMemoryMib = 1024;

function checkMachines({ machines }: DashboardView, report: Report): void {
  const { type, image } = machines ?? {};
  if (!type) return;
  const built = image?.role && bakedImage(image.role).architecture;
  if (!checkType(["machines", "type"], type, built || undefined, report)) return;
  const { memoryMib } = machineType(type)!;
  if (memoryMib >= machineMemoryMib) return;
  const want = `a type with ${machineMemoryMib} MiB of memory or more: ${type} has ${memoryMib}`;
  report(["machines", "type"], { code: "SWARM_MEMORY", want, fix: "write t3.small" });
}

function checkType(
  path: readonly string[],
  type: string,
  architecture: "x86_64" | "arm64" | undefined,
  report: Report,
): boolean {
  const known = machineType(type);
  if (!known) {
    const want = "an EC2 instance type that Slipway knows";
    report(path, { code: "INSTANCE_TYPE", want, fix: unknownTypeFix(type) });
  } else if (architecture && known.architecture !== architecture) {
    const want = `a type with ${architecture} processors, for which its image is built`;
    report(path, { code: "ARCH_MISMATCH", want, fix: "take a type such as t3.small" });
    return false;
  }
  return known !== undefined;
}

/** Sizes in which one machine more than half a smaller size survives, and votes do not take long. */
const clusterSizes = [3, 5, 7];

function checkCluster({ machines, network }: DashboardView, report: Report): void {
  const { mode, count } = machines ?? {};
  if (mode !== "cluster" || count === undefined) return;
  if (!clusterSizes.includes(count)) {
    const want = "3, 5 or 7 machines in one cluster: a majority of the managers must live";
    const nearest = clusterSizes.find((size) => size > count) ?? 7;
    const fix = count === 1 ? "write 3, or mode: single" : `write ${nearest}`;
    report(["machines", "count"], { code: "QUORUM_SIZE", want, fix });
    return;
  }
  const zones = network?.zones ?? [];
  const names = [...new Set(zones.filter((zone) => zone !== undefined))];
  if (names.length === 0 || names.length < zones.length || !majorityLostWith(count, names.length)) return;
  const want = `three zones or more: losing one of ${names.join(", ")} can lose the majority of ${count} managers`;
  report(["network", "zones"], { code: "QUORUM_AZ", got: names.join(", "), want, fix: "add a third zone" });
}
