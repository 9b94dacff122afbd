import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcEndpointRouteTableAssociation } from "@cdktf/provider-aws/lib/vpc-endpoint-route-table-association";
import { Construct } from "constructs";
import type { Placement } from "../../src/core/placement";
import { Connections } from "../connections";

interface EndpointsProps {
  readonly name: string;
  readonly region: string;
  /** Addresses that may call the interface endpoints. */
  readonly cidr: string;
  /**
   * Further addresses that may call them.
   * @default - none
   */
  readonly furtherCidr?: string;
  /** Subnets of the interface endpoints. */
  readonly placement: Placement;
  /** Every route table of the network, by name. */
  readonly routeTables: Readonly<Record<string, string>>;
  /** Interface endpoints, by the last part of the service name. */
  readonly services: readonly string[];
}

/** Ways to AWS APIs that stay inside the network: S3 by route, for nothing, and the services asked for by interface. */
export class Endpoints extends Construct {
  /** Who may call the interface endpoints, where there are any. */
  readonly connections: Connections | undefined;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { name, region, cidr, furtherCidr, placement, routeTables, services } = props;
    const endpoint = (service: string) => ({
      vpcId: placement.vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      tags: { Name: `${name}-${service}` },
    });

    const s3 = new VpcEndpoint(this, "s3", { ...endpoint("s3"), vpcEndpointType: "Gateway" });
    // One resource per table, as a list in the endpoint would change whenever a zone is added.
    for (const [table, routeTableId] of Object.entries(routeTables)) {
      new VpcEndpointRouteTableAssociation(this, `s3-${table}`, { vpcEndpointId: s3.id, routeTableId });
    }

    if (services.length === 0) return;
    const connections = new Connections(this, "connections", { vpcId: placement.vpcId, ports: 443 });
    this.connections = connections;
    connections.allowFromAddresses("network", cidr, "calls to AWS APIs");
    // Their names lead here from every subnet, also from one that may not pass.
    if (furtherCidr) connections.allowFromAddresses("web", furtherCidr, "calls to AWS APIs from further zones");
    for (const service of services) {
      // Dots vanish from addresses, and no service has an underscore: no two can meet.
      new VpcEndpoint(this, service.replaceAll(".", "_"), {
        ...endpoint(service),
        vpcEndpointType: "Interface",
        // Programs keep calling the public name and arrive here. It must answer from the first moment: the subnets are
        // part of the endpoint, as a name without an interface behind it would cut off whoever calls it meanwhile.
        privateDnsEnabled: true,
        subnetIds: [...placement.subnetIds],
        securityGroupIds: [connections.securityGroupId],
      });
    }
  }
}
