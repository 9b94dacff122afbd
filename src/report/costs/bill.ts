import type { Block } from "../../core/terraform-json";
import type { Entry, System } from "../system";

/** Something that is paid for by being there, in the unit in which AWS counts it. */
export interface Line {
  /** In the singular: `NAT gateway`, `GiB of volume`, `alarm metric`. */
  readonly what: string;
  /** Which of them: type, class, engine. Lines that agree in this are counted together. */
  readonly detail: string;
  /** How many there are when nothing asks for more. */
  readonly least: number;
  /** How many there can be. */
  readonly most: number;
  /** Each is billed once for this time; nothing, for what runs on a machine of one's own. */
  readonly per: "hour" | "month" | "-";
}

/** How a type of resource is paid for. */
export interface Bill {
  /** What it costs by being there. */
  readonly always?: (entry: Entry, system: System) => readonly Line[];
  /** What more is counted as it is used, in words: nobody knows how much before. */
  readonly use?: string | ((entry: Entry, system: System) => readonly string[]);
}

/** A type that AWS takes no money for. What is behind it may cost: that has a type of its own. */
export const free: Bill = {};

/** Bills by Terraform's type. */
export type Bills = Readonly<Record<string, Bill>>;

export function line(
  what: string,
  per: Line["per"],
  { detail = "", least = 1, most = least }: Partial<Line> = {},
): Line {
  return { what, detail, least, most, per };
}

/** What types that save up CPU cost more when they have used up what they saved. */
export const credits = (type: unknown, noun: string) =>
  /^(db\.)?t\d/.test(`${type}`) ? [`CPU credits of ${noun} of ${type}, beyond those that it earns`] : [];

/** A number that an argument may leave out. */
export const number = (body: Block, argument: string, otherwise: number) => Number(body[argument] ?? otherwise);

/** Types of which none costs anything. */
export const allFree = (...types: readonly string[]): Bills => Object.fromEntries(types.map((type) => [type, free]));
