import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import type { Construct } from "constructs";
import { dataTag } from "../../src/core/data-tag";
import type { Statement } from "../machine-role";
import type { SlotProps } from "./slot-props";

/** The tag by which a machine may be given the slot's volume. Its value is the slot's name in AWS. */
export const slotTag = "slipway:slot";

export function slotVolume(
  slot: Construct,
  { name, zone, onRemoval = "keep" }: SlotProps,
  size: number,
  tags: Record<string, string>,
): EbsVolume {
  const kept = onRemoval === "keep";
  return new EbsVolume(slot, "data", {
    availabilityZone: zone,
    ...{ size, type: "gp3", encrypted: true, finalSnapshot: kept },
    tags: { ...tags, [dataTag]: name, Name: `${tags.Name}-data` },
    lifecycle: kept ? { preventDestroy: true } : undefined,
  });
}

/** What a machine needs to attach this volume to itself, and to nothing else. */
export function attachStatements(volume: EbsVolume, slot: string): Statement[] {
  const actions = ["ec2:AttachVolume", "ec2:DetachVolume"];
  return [
    // AWS asks about both ends: the volume, and the machine that is to have it.
    { actions, resources: [volume.arn] },
    {
      actions,
      resources: ["arn:*:ec2:*:*:instance/*"],
      conditions: { StringEquals: { [`aws:ResourceTag/${slotTag}`]: slot } },
    },
    // AWS knows no narrower resource: who has the volume, and does that machine still run.
    { actions: ["ec2:DescribeVolumes", "ec2:DescribeInstances"], resources: ["*"] },
  ];
}
