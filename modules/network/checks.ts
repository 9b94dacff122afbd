import type { Construct } from "constructs";
import { addressPlan, networkCidrFault, overlaps, zoneFault, zoneLetter } from "../../src/core/address-plan";
import { flatCidrFault, hostAddressFault, secondCidrFault, webCidrFault } from "../../src/core/flat-range";
import { InvalidProps } from "../../src/core/invalid-props";
import { logDaysFault } from "../../src/core/log-days";
import { addressFault, privateAddressFault, publicRangesFault } from "../../src/core/subnet-ranges";
import type { FlatNetworkProps, WebRange } from "./flat-network-props";
import type { NetworkProps } from "./network-props";

type Refuse = (prop: string, got: unknown, want: string, fix: string) => never;
type Fault = { readonly want: string; readonly fix: string } | undefined;

const refusalAt =
  (at: Construct): Refuse =>
  (prop, got, want, fix) => {
    throw new InvalidProps(at, { prop, got, want, fix });
  };

/** Refuses what AWS would refuse minutes into an apply, or accept and never let us change. */
export function check(at: Construct, props: Required<Omit<NetworkProps, "nat" | "dataTier" | "onRemoval">>): void {
  const { region, cidr, zones, publicRanges, reserved, reservedPublic } = props;
  const refuse = refusalAt(at);
  checkCommon(props, refuse);
  checkFault("cidr", cidr, networkCidrFault(cidr), refuse);
  checkZones("zones", zones, region, refuse);
  checkPublicRanges(cidr, zones, publicRanges, refuse);
  const letters = zones.map(zoneLetter);
  for (const address of reserved) checkFault("reserved", address, privateAddressFault(cidr, letters, address), refuse);
  checkTwins("reserved", reserved, refuse);
  const open = letters.map((letter) => addressPlan(cidr).slot("public", letter));
  const openRanges = zones.map((zone, index) => publicRanges[zone] ?? open[index]!);
  for (const address of reservedPublic) {
    checkFault("reservedPublic", address, addressFault(openRanges, "public", address), refuse);
  }
  checkTwins("reservedPublic", reservedPublic, refuse);
}

function checkTwins(prop: string, reserved: readonly string[], refuse: Refuse): void {
  if (new Set(reserved).size < reserved.length) {
    refuse(prop, reserved, "different from each other", "name each address once");
  }
}

function checkPublicRanges(
  cidr: string,
  zones: readonly string[],
  ranges: Readonly<Record<string, string>>,
  refuse: Refuse,
): void {
  const stranger = Object.keys(ranges).find((zone) => !zones.includes(zone));
  if (stranger !== undefined)
    refuse("publicRanges", stranger, `of the zones ${zones.join(", ")}`, "name it in zones too");
  const byLetter = Object.fromEntries(Object.entries(ranges).map(([zone, range]) => [zoneLetter(zone), range]));
  const fault = publicRangesFault(cidr, byLetter);
  if (fault) refuse(`publicRanges of zone ${fault.letter}`, byLetter[fault.letter], fault.want, fault.fix);
}

/** The same for a network of one subnet. */
export function checkFlat(
  at: Construct,
  props: Required<Omit<FlatNetworkProps, "data" | "web" | "onRemoval">> & Pick<FlatNetworkProps, "data" | "web">,
): void {
  const { region, cidr, zone, data, web, reserved } = props;
  const refuse = refusalAt(at);
  checkCommon(props, refuse);
  checkFault("cidr", cidr, flatCidrFault(cidr), refuse);
  checkFault("zone", zone, zoneFault(zone, region), refuse);
  for (const address of reserved) checkFault("reserved", address, hostAddressFault(address, cidr), refuse);
  checkTwins("reserved", reserved, refuse);
  if (data) {
    checkFault("data.cidr", data.cidr, secondCidrFault(data.cidr, cidr), refuse);
    checkZones("data.zones", data.zones, region, refuse);
  }
  if (web) checkWeb(web, props, refuse);
}

function checkWeb(
  web: WebRange,
  { region, cidr, zone, data }: Pick<FlatNetworkProps, "region" | "cidr" | "zone" | "data">,
  refuse: Refuse,
): void {
  checkFault("web.cidr", web.cidr, webCidrFault(web.cidr, cidr), refuse);
  if (data && overlaps(data.cidr, web.cidr)) {
    refuse("web.cidr", web.cidr, `apart from ${data.cidr}, the range of data`, "use a range that nothing else has");
  }
  for (const each of web.zones) checkFault("web.zones", each, zoneFault(each, region), refuse);
  if (web.zones.length === 0 || new Set([zone, ...web.zones]).size <= web.zones.length) {
    const fix = `name the zones that come beside ${zone}, each once`;
    refuse("web.zones", web.zones, `one zone or more, each another than ${zone}`, fix);
  }
}

function checkFault(prop: string, got: string, fault: Fault, refuse: Refuse): void {
  if (fault) refuse(prop, got, fault.want, fault.fix);
}

function checkZones(prop: string, zones: readonly string[], region: string, refuse: Refuse): void {
  for (const zone of zones) checkFault(prop, zone, zoneFault(zone, region), refuse);
  if (new Set(zones).size < zones.length) refuse(prop, zones, "different from each other", "name each zone once");
  if (zones.length < 2) {
    refuse(prop, zones, "at least two zones", "load balancers and databases refuse to live in fewer: add one");
  }
}

interface Common {
  readonly name: string;
  readonly endpoints: readonly string[];
  readonly flowLogDays: number;
}

function checkCommon({ name, endpoints, flowLogDays }: Common, refuse: Refuse): void {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    refuse("name", name, "lower-case letters, digits and dashes", "start with a letter, such as shop-production");
  }
  for (const service of endpoints) {
    if (!/^(?!(com|aws)\.)[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(service)) {
      refuse("endpoints", service, "the last part of an AWS service name", "write ecr.api for com.amazonaws.….ecr.api");
    }
  }
  if (endpoints.includes("s3")) {
    refuse("endpoints", "s3", "services without a gateway endpoint", "remove s3: the network always has its gateway");
  }
  if (new Set(endpoints).size < endpoints.length) {
    refuse("endpoints", endpoints, "different from each other", "name each service once");
  }
  const fault = logDaysFault(flowLogDays);
  if (fault) refuse("flowLogDays", flowLogDays, fault.want, fault.fix);
}
