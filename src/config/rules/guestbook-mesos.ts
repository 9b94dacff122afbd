import { parseCidr } from "../../core/address-plan";
import { narrowestNetwork } from "../../core/mesos-members";
import type { Report } from "../report";
import { checkRds } from "./database";
import { checkCache, checkDnsName, checkPrivateZone } from "./guestbook";
import { checkMesosMachines } from "./guestbook-mesos-machines";
import { checkMesosPlaces } from "./guestbook-mesos-places";
import { checkQuorums } from "./guestbook-mesos-quorums";
import { checkEndpoints, checkZones } from "./network";
import type { GuestbookMesosView, Rule } from "./rule";

/** What the fields of the guestbook on Mesos say about each other. */
export const guestbookMesosRule: Rule = ({ region, guestbookMesos: view }, reportAt) => {
  if (!view) return;
  const report: Report = (path, fault) => reportAt(["guestbookMesos", ...path], fault);
  const { network, database } = view;
  if (network?.zones) checkZones(["network", "zones"], network.zones, region, report);
  checkRange(view, report);
  checkEndpoints(["network", "endpoints"], network?.endpoints, report);
  checkMesosPlaces(view, report);
  checkQuorums(view, report);
  checkMesosMachines(view, report);
  if (database) checkRds(["database"], database, report);
  checkCache(view, report);
  checkDnsName(view, report);
  checkPrivateZone(view, report);
};

/** Subnets in which every address that others know has room, and elastic machines beside them. */
function checkRange({ network }: GuestbookMesosView, report: Report): void {
  const { prefix = 0 } = network?.cidr ? (parseCidr(network.cidr) as { prefix?: number }) : {};
  if (prefix <= narrowestNetwork) return;
  const want = `a range of /${narrowestNetwork} or wider: the machines with fixed addresses have numbers up to 35 in their subnets`;
  report(["network", "cidr"], { code: "NET_CIDR_TOO_SMALL", want, fix: "write a range such as 10.220.0.0/16" });
}
