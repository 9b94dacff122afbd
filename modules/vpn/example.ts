import { TerraformOutput, type TerraformStack } from "cdktf";
import { Vpn } from ".";

/** The link to a data centre with two devices, one of which wants its addresses inside the tunnels fixed. */
export function example(stack: TerraformStack) {
  const vpn = new Vpn(stack, "data-centre", {
    name: "shop-production",
    network: {
      vpcId: "vpc-1",
      cidr: "10.0.0.0/16",
      privateRouteTableIds: { "private-a": "rtb-a", "private-b": "rtb-b" },
    },
    devices: {
      north: { address: "203.0.113.12", insideCidrs: ["169.254.10.0/30", "169.254.10.4/30"] },
      south: { address: "198.51.100.7", asn: 65_010 },
    },
    remoteRanges: ["192.168.40.0/24"],
    alarmTopicArn: "arn:aws:sns:eu-west-1:123456789012:alarms",
  });

  new TerraformOutput(stack, "tunnels", { value: vpn.tunnels });
}
