import { type Block, blocks, same } from "../../core/terraform-json";
import { machineTypes } from "../machines";
import { complainIf, rule } from "../rule";

export const ec204 = rule({
  id: "EC2-04",
  title: "the disks of machines are encrypted",
  severity: "high",
  types: machineTypes,
  why: "a snapshot of an unencrypted disk can be shared and read by any account",
  fix: "name every disk, the root disk first, with encrypted = true",
  also: ["CKV_AWS_8", "AWS-0008", "AWS-0131", "EC2.3", "EC2.181"],
  inspect: (machine) => {
    const { block_device_mappings, root_block_device, ebs_block_device } = machine.body;
    const disks: readonly Block[] =
      machine.type === "aws_instance"
        ? [...(blocks(root_block_device).length > 0 ? blocks(root_block_device) : [{}]), ...blocks(ebs_block_device)]
        : blocks(block_device_mappings).flatMap((mapping) => blocks(mapping.ebs));
    const plain = disks.filter(({ encrypted }) => !same(encrypted, true));
    const wrong = disks.length === 0 || plain.length > 0;
    return complainIf(wrong, machine, "encrypted", plain[0]?.encrypted, "true on every disk, and the root disk named");
  },
});
