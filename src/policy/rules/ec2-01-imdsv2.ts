import { blocks, same } from "../../core/terraform-json";
import { machineTypes } from "../machines";
import { complainIf, rule } from "../rule";

export const ec201 = rule({
  id: "EC2-01",
  title: "machines answer to version 2 of the metadata service only",
  severity: "high",
  types: machineTypes,
  why: "version 1 gives the credentials of the machine to anybody who can make it fetch a URL",
  fix: 'write metadata_options with http_endpoint = "enabled" and http_tokens = "required"',
  also: ["CKV_AWS_79", "AWS-0028", "AWS-0130", "EC2.8", "EC2.170", "AutoScaling.3"],
  inspect: (machine) => {
    const [options] = blocks(machine.body.metadata_options);
    const off = same(options?.http_endpoint, "disabled");
    const right = off || (same(options?.http_endpoint, "enabled") && same(options?.http_tokens, "required"));
    return complainIf(!right, machine, "metadata_options", options, "http_endpoint enabled and http_tokens required");
  },
});
