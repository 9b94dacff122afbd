import type { Kind } from "./diagram-nouns";

/** A box of the picture: one thing, or several that are alike. */
export interface Thing {
  readonly id: string;
  readonly kind: Kind;
  readonly label: readonly string[];
  /** Area that it stands in. @default - outside of every network */
  readonly area?: string;
}

/** A frame of the picture: a VPC, or the subnets of one tier in it. */
export interface Area {
  readonly id: string;
  readonly label: string;
  readonly parent?: string;
}

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Somebody may connect; one stands for or runs on the other; a tunnel. */
  readonly kind: "access" | "part" | "tunnel";
}

/** Architecture of one system: its nouns, where they stand, and who reaches whom. */
export interface Diagram {
  readonly things: readonly Thing[];
  readonly areas: readonly Area[];
  readonly lines: readonly Line[];
}
