import { blocks, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const ec203 = rule({
  id: "EC2-03",
  title: "machines have no public address",
  severity: "high",
  types: ["aws_launch_template", "aws_instance", "aws_launch_configuration"],
  why: "a machine without public address cannot be reached from the internet, whatever its security groups say",
  fix: "write associate_public_ip_address = false in every network interface",
  also: ["CKV_AWS_88", "CKV_AWS_389", "AWS-0009", "EC2.9", "EC2.25", "AutoScaling.5"],
  inspect: (machine) => {
    const argument = "associate_public_ip_address";
    // Without a network interface the subnet decides, and NET-03 has decided for the subnet.
    const said = machine.body[argument];
    const own = complainIf(said !== undefined && !same(said, false), machine, argument, said, "false");
    const interfaces = blocks(machine.body.network_interfaces).flatMap((one) =>
      complainIf(!same(one[argument], false), machine, `network_interfaces.${argument}`, one[argument], "false"),
    );
    return [...own, ...interfaces];
  },
});
