import type { Tolerant } from "../check";
import type { Report } from "../report";
import type { ParsedEnvironment } from "../shape/environment";

/** An environment of which wrong parts are undefined: a rule says nothing about what it cannot see. */
export type View = Tolerant<ParsedEnvironment>;
export type WordpressView = NonNullable<View["wordpress"]>;
export type WordpressMysqlView = NonNullable<View["wordpressMysql"]>;
export type DashboardView = NonNullable<View["dashboard"]>;
export type GuestbookView = NonNullable<View["guestbook"]>;
export type GuestbookMesosView = NonNullable<View["guestbookMesos"]>;

/** Compares fields with each other, and reports what does not go together. */
export type Rule = (view: View, report: Report, name: string) => void;

/** The entries of a map that are there. */
export function present<T>(map: Readonly<Record<string, T | undefined>> | undefined): [string, T][] {
  return Object.entries(map ?? {}).filter((entry): entry is [string, T] => entry[1] !== undefined);
}
