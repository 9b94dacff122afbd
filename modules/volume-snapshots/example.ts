import type { TerraformStack } from "cdktf";
import { VolumeSnapshots } from ".";

/** A copy of all data volumes of a system every night, of which there are always thirty. */
export function example(stack: TerraformStack) {
  new VolumeSnapshots(stack, "snapshots", {
    name: "guestbook-production",
    tags: { "slipway:data": "guestbook-production" },
    keepDays: 30,
  });
}
