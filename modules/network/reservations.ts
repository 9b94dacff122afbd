import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";
import type { Construct } from "constructs";

/** Keeps addresses of a subnet for those who name them: AWS gives any other to whoever comes first. */
export function reserve(scope: Construct, subnetId: string, addresses: readonly string[]): Ec2SubnetCidrReservation[] {
  return addresses.map(
    (address) =>
      new Ec2SubnetCidrReservation(scope, `reserved-${address.replaceAll(".", "-")}`, {
        subnetId,
        cidrBlock: `${address}/32`,
        reservationType: "explicit",
      }),
  );
}
