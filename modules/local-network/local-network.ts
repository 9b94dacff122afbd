import { Network } from "@cdktf/provider-docker/lib/network";
import { Construct } from "constructs";
import { labelBlocks } from "../../src/core/docker-labels";

export interface LocalNetworkProps {
  /** Name on the engine, which has each name once. */
  readonly name: string;
  /**
   * Labels, by which people and programs find what belongs together.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A network on the local Docker engine, in which containers know each other by their aliases and strangers know nobody. Its range
 * is the engine's choice. A change of anything makes it anew, and all its containers with it.
 */
export class LocalNetwork extends Construct {
  /** Name on the engine, once it is there. */
  readonly name: string;

  constructor(scope: Construct, id: string, { name, labels = {} }: LocalNetworkProps) {
    super(scope, id);
    this.name = new Network(this, "network", { name, driver: "bridge", labels: labelBlocks(labels) }).name;
  }
}
