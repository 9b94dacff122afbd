import { Volume } from "@cdktf/provider-docker/lib/volume";
import { Construct } from "constructs";
import { labelBlocks } from "../../src/core/docker-labels";
import type { OnRemoval } from "../../src/core/removal";

export interface LocalVolumeProps {
  /** Name on the engine, which has each name once. */
  readonly name: string;
  /**
   * Labels, by which people and programs find what belongs together.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * What becomes of the data when the volume leaves the code: with `keep` Terraform refuses to plan that.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/** Data on the local Docker engine that outlive their container. */
export class LocalVolume extends Construct {
  /** Name on the engine, once it is there. */
  readonly name: string;

  constructor(scope: Construct, id: string, { name, labels = {}, onRemoval = "keep" }: LocalVolumeProps) {
    super(scope, id);
    this.name = new Volume(this, "volume", {
      name,
      driver: "local",
      labels: labelBlocks(labels),
      lifecycle: onRemoval === "keep" ? { preventDestroy: true } : undefined,
    }).name;
  }
}
