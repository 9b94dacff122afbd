import type { Doc, Entry } from "./doc";
import type { Complaint } from "./rule";

/**
 * A complaint when the subnets of an argument are all in one zone. A single text stands for a list that only Terraform
 * knows: nothing can be said about it.
 */
export function severalZones(doc: Doc, at: Entry, argument: string): readonly Complaint[] {
  const given = at.body[argument];
  if (typeof given === "string") return [];
  const subnets = Array.isArray(given) ? given : [];
  // A subnet from elsewhere counts as a zone of its own.
  const zones = new Set(subnets.map((id) => doc.follow(id)?.body.availability_zone ?? id));
  return zones.size >= 2 ? [] : [{ at, argument, given, wanted: "subnets in two zones or more" }];
}
