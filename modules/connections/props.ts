import type { Ports } from "../../src/core/ports";

export interface ConnectionsProps {
  readonly vpcId: string;
  /**
   * TCP ports the owner listens on: one number, or a range with both ends included.
   * @default - none: the owner only makes calls
   */
  readonly ports?: Ports;
}
