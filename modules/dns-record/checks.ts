import { domainFault, isWithin } from "../../src/core/dns-names";
import type { Complaint } from "../../src/core/invalid-props";
import { isWhole } from "../../src/core/whole";
import type { DnsRecordProps, Share } from "./props";

const continents = ["AF", "AN", "AS", "EU", "NA", "OC", "SA"];

/** What Route 53 would refuse, or what no visitor would find. */
export function* complaintsAbout({ zone, name, target, share, healthPath }: DnsRecordProps): Generator<Complaint> {
  const known = "name" in zone ? { "zone.name": zone.name, name } : { name };
  for (const [prop, got] of Object.entries(known)) {
    const fault = domainFault(got);
    if (fault) yield { prop, got, ...fault };
  }
  if ("name" in zone && !isWithin(name, zone.name)) {
    yield { prop: "name", got: name, want: `in the zone ${zone.name}`, fix: `for example www.${zone.name}` };
  }
  if (share) yield* aboutShare(share);
  if (healthPath === undefined) return;
  if (!share) {
    const want = "beside a share: a record that is alone answers, well or not";
    yield { prop: "healthPath", got: healthPath, want, fix: "give it a share, or leave it out" };
  }
  if ("ipv4" in target) {
    const want = "left out where the target is an address: HTTPS is asked for by a name";
    yield { prop: "healthPath", got: healthPath, want, fix: "leave it out" };
  }
  if (!/^\/[!-z|~]{0,254}$/.test(healthPath)) {
    const want = "a path of at most 255 characters that starts with /, without spaces and braces";
    yield { prop: "healthPath", got: healthPath, want, fix: "write / for the front page" };
  }
}

function* aboutShare(share: Share): Generator<Complaint> {
  if (!/^[a-z0-9-]{1,100}$/.test(share.key)) {
    const want = "1 to 100 lower-case letters, digits and dashes";
    yield { prop: "share.key", got: share.key, want, fix: "take the name of the environment" };
  }
  if ("weight" in share && !isWhole(share.weight, 0, 255)) {
    const want = "a whole number from 0 to 255";
    yield { prop: "share.weight", got: share.weight, want, fix: "with 90 here and 10 there, nine of ten come here" };
  }
  if ("continent" in share && !continents.includes(share.continent)) {
    const want = `one of ${continents.join(", ")}`;
    yield { prop: "share.continent", got: share.continent, want, fix: "for one country write country" };
  }
  if ("country" in share && !/^([A-Z]{2}|\*)$/.test(share.country)) {
    const want = "two capital letters, or *";
    yield { prop: "share.country", got: share.country, want, fix: "write for example DE, or * for all others" };
  }
}
