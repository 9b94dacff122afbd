import { zoneLetters } from "../../core/address-plan";
import { didYouMean } from "../../core/did-you-mean";
import { fatalZone } from "../../core/mesos-members";
import { placedGroups, placesOf } from "../guestbook-mesos-complete";
import type { Report } from "../report";
import { type GuestbookMesosView, present } from "./rule";

/** Machines in zones that there are, and quorums that outlive each of them. */
export function checkMesosPlaces(view: GuestbookMesosView, report: Report): void {
  const zones = machineZones(view, report);
  if (!zones) return;
  const { zookeeper, masters, management, place, quorumInOneZone } = view;
  if (!zookeeper?.count || !masters?.count || !management || !place) return;
  const placing = {
    ...{ zookeeper: { count: zookeeper.count }, masters: { count: masters.count }, management, place },
    network: { zones },
  };
  const groups = placedGroups(placing);
  if (!checkPlace(place, Object.values(groups).flat(), zones, report)) return;
  const placed = placesOf(placing);
  const quorums = { zookeeper: groups.zookeeper, masters: groups.masters };
  const used = [...new Set(Object.values(quorums).flatMap((names) => names.map((name) => placed[name]!)))];
  if (used.length === 1 && quorumInOneZone === "accepted") return;
  if (quorumInOneZone === "accepted") {
    const want = `refused where machines stand in more than one zone: ${used.sort().join(", ")}`;
    report(["quorumInOneZone"], { code: "QUORUM_AZ", want, fix: "remove the line" });
  }
  for (const [kind, names] of Object.entries(quorums)) checkLoss(kind, names, placed, view, report);
}

/** The zones that machines may stand in, once they are known to be right. */
function machineZones({ network }: GuestbookMesosView, report: Report): readonly string[] | undefined {
  const { zones, machineZones: chosen } = network ?? {};
  const known = zones?.filter((zone) => zone !== undefined);
  if (!zones || known?.length !== zones.length || zones.length === 0) return undefined;
  if (known.some((zone) => !zoneLetters.includes(zone.slice(-1)))) return undefined;
  if (chosen === undefined) return network && "machineZones" in network ? undefined : known;
  if (chosen.length === 0) {
    const fix = "leave it out, or name one of network.zones";
    report(["network", "machineZones"], { code: "NET_AZ_COUNT", got: "no zone", want: "one zone or more", fix });
    return undefined;
  }
  const strange = [...chosen.entries()].filter(([index, zone]) => {
    if (!zone) return true;
    if (!known.includes(zone)) {
      const want = `one of network.zones: ${known.join(", ")}`;
      const fix = "write one of them, or add it there";
      report(["network", "machineZones", index], { code: "NET_AZ_UNKNOWN", want, fix });
      return true;
    }
    if (chosen.indexOf(zone) === index) return false;
    report(["network", "machineZones", index], { code: "NET_AZ_DUP", want: "each zone once", fix: "remove it" });
    return true;
  });
  return strange.length > 0 ? undefined : (chosen as readonly string[]);
}

function checkPlace(
  place: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
  zones: readonly string[],
  report: Report,
): boolean {
  const before = present(place).length === Object.keys(place).length;
  const wrong = present(place).filter(([name, zone]) => {
    if (!names.includes(name)) {
      const meant = didYouMean(name, names);
      const fix = meant ? `did you mean ${meant}?` : "remove it, or name one of them";
      report(["place", name], { code: "PLACE_UNKNOWN", want: `one of ${names.join(", ")}`, fix, on: "key" });
      return true;
    }
    if (zones.includes(zone)) return false;
    const want = `a zone in which machines stand: ${[...zones].sort().join(", ")}`;
    report(["place", name], { code: "NET_AZ_UNKNOWN", want, fix: "write one of them, or add it to the network" });
    return true;
  });
  return before && wrong.length === 0;
}

/** The zone of each member in turn: with which of them the majority goes. */
function checkLoss(
  kind: string,
  names: readonly string[],
  placed: Readonly<Record<string, string>>,
  { network, place }: GuestbookMesosView,
  report: Report,
): void {
  const fatal = fatalZone(names.map((name) => placed[name]!));
  // Numbers that no quorum has are reported where they stand.
  if (!fatal || names.length < 3 || names.length % 2 === 0) return;
  const { zone, members } = fatal;
  const moved = names.find((name) => place && Object.hasOwn(place, name) && place[name] === zone);
  const at = moved ? ["place", moved] : ["network", network && "machineZones" in network ? "machineZones" : "zones"];
  const zones = [...new Set(names.map((name) => placed[name]!))].sort();
  const one = zones.length === 1;
  const want = `zones of which any may fail: losing ${zone} loses ${members} of ${names.length} members of ${kind}, and with them the majority`;
  const small = "name three zones; for a copy that nobody would miss, write quorumInOneZone: accepted";
  const fix = moved ? "leave the line out, or name another zone" : one ? small : "name three zones or more";
  report(at, { code: "QUORUM_AZ", got: zones.join(", "), want, fix });
}
