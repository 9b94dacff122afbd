import { blocks, same } from "../../core/terraform-json";
import { machineTypes } from "../machines";
import { complainIf, rule } from "../rule";

export const ec202 = rule({
  id: "EC2-02",
  title: "the metadata service answers the machine, not its containers",
  severity: "high",
  types: machineTypes,
  why: "with a second hop every container gets the credentials of the machine beside its own",
  fix: "write http_put_response_hop_limit = 1; accept 2 only where an agent in a bridge network needs it",
  also: ["CKV_AWS_341", "AutoScaling.4"],
  inspect: (machine) => {
    const limit = blocks(machine.body.metadata_options)[0]?.http_put_response_hop_limit;
    return complainIf(!same(limit, 1), machine, "metadata_options.http_put_response_hop_limit", limit, "1");
  },
});
