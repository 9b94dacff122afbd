import { asBlock, blocks, same } from "../../core/terraform-json";
import { rule } from "../rule";

const tunnels = ["tunnel1_log_options", "tunnel2_log_options"];

export const vpn02 = rule({
  id: "VPN-02",
  title: "tunnels write down why they are not up",
  severity: "low",
  types: ["aws_vpn_connection"],
  why: "a tunnel that fails says nothing else: the other side can only guess",
  fix: "give both tunnels a log group in cloudwatch_log_options, with log_enabled = true",
  also: ["EC2.171"],
  inspect: (at) =>
    tunnels.flatMap((argument) => {
      const options = asBlock(blocks(at.body[argument])[0]);
      const { log_enabled: given } = asBlock(blocks(options.cloudwatch_log_options)[0]);
      return same(given, true) ? [] : [{ at, argument, given, wanted: "log_enabled = true" }];
    }),
});
