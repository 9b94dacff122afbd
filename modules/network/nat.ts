import { Eip } from "@cdktf/provider-aws/lib/eip";
import type { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import type { Construct } from "constructs";
import { zoneLetter } from "../../src/core/address-plan";

interface NatProps {
  readonly name: string;
  /** Zones that get a gateway, and the public subnets of those and perhaps more, in the same order. */
  readonly zones: readonly string[];
  readonly subnetIds: readonly string[];
  readonly internet: InternetGateway;
}

/** A way out for a zone's private subnet. */
export interface Door {
  readonly zone: string;
  readonly gatewayId: string;
  /** Public address that calls come from. */
  readonly address: string;
}

export function natGateways(scope: Construct, { name, zones, subnetIds, internet }: NatProps): Door[] {
  return zones.map((zone, i) => {
    const letter = zoneLetter(zone);
    const tags = { Name: `${name}-nat-${letter}` };
    const address = new Eip(scope, `nat-${letter}-address`, { domain: "vpc", tags, dependsOn: [internet] });
    const subnetId = subnetIds[i]!;
    const gateway = new NatGateway(scope, `nat-${letter}`, { subnetId, allocationId: address.id, tags });
    return { zone, gatewayId: gateway.id, address: address.publicIp };
  });
}
