import { type Grant, of, type Rows } from "../grant";

const { look, read, write, own, make } = of("ec2");

/** Makes something with tags: the call itself, and the tags that it sets. */
export function makeTagged(on: string, action: string): Grant[] {
  const tagging = { ...make(on, "CreateTags"), createActions: [action] };
  return [make(on, action), tagging, ...retag(on)];
}

/** Changes the tags of what is ours. */
export const retag = (on: string): Grant[] => [own(on, "CreateTags", "DeleteTags")];

const rules = (way: "Ingress" | "Egress") => [
  look("DescribeSecurityGroupRules"),
  own("security-group/*", `AuthorizeSecurityGroup${way}`, `RevokeSecurityGroup${way}`, "ModifySecurityGroupRules"),
  ...makeTagged("security-group-rule/*", `AuthorizeSecurityGroup${way}`),
  own("security-group-rule/*", "ModifySecurityGroupRules"),
];

/** Networks, and who may talk to whom in them. */
export const vpc: Rows = {
  aws_vpc: [
    look("DescribeVpcs", "DescribeSecurityGroups", "DescribeRouteTables", "DescribeNetworkAcls"),
    // Read before its tags are there, right after it was made.
    read("vpc/*", "DescribeVpcAttribute"),
    ...makeTagged("vpc/*", "CreateVpc"),
    own("vpc/*", "ModifyVpcAttribute", "DeleteVpc"),
  ],
  aws_vpc_ipv4_cidr_block_association: [
    look("DescribeVpcs"),
    own("vpc/*", "AssociateVpcCidrBlock", "DisassociateVpcCidrBlock"),
  ],
  aws_subnet: [
    look("DescribeSubnets", "DescribeNetworkInterfaces"),
    ...makeTagged("subnet/*", "CreateSubnet"),
    own("vpc/*", "CreateSubnet"),
    own("subnet/*", "ModifySubnetAttribute", "DeleteSubnet"),
  ],
  aws_ec2_subnet_cidr_reservation: [
    look("GetSubnetCidrReservations"),
    own("subnet/*", "CreateSubnetCidrReservation"),
    write("*", "DeleteSubnetCidrReservation"),
  ],
  aws_internet_gateway: [
    look("DescribeInternetGateways"),
    ...makeTagged("internet-gateway/*", "CreateInternetGateway"),
    own(["internet-gateway/*", "vpc/*"], "AttachInternetGateway", "DetachInternetGateway"),
    own("internet-gateway/*", "DeleteInternetGateway"),
  ],
  aws_nat_gateway: [
    look("DescribeNatGateways"),
    ...makeTagged("natgateway/*", "CreateNatGateway"),
    own(["subnet/*", "elastic-ip/*"], "CreateNatGateway"),
    own("natgateway/*", "DeleteNatGateway"),
  ],
  aws_route_table: [
    look("DescribeRouteTables"),
    ...makeTagged("route-table/*", "CreateRouteTable"),
    own("vpc/*", "CreateRouteTable"),
    own("route-table/*", "DeleteRouteTable"),
    own("route-table/*", "DisassociateRouteTable"),
  ],
  aws_route: [look("DescribeRouteTables"), own("route-table/*", "CreateRoute", "ReplaceRoute", "DeleteRoute")],
  aws_route_table_association: [
    look("DescribeRouteTables"),
    own(["route-table/*", "subnet/*"], "AssociateRouteTable", "DisassociateRouteTable", "ReplaceRouteTableAssociation"),
  ],
  aws_vpc_endpoint: [
    look("DescribeVpcEndpoints", "DescribePrefixLists"),
    ...makeTagged("vpc-endpoint/*", "CreateVpcEndpoint"),
    own(["vpc/*", "route-table/*", "subnet/*", "security-group/*"], "CreateVpcEndpoint"),
    own(["vpc-endpoint/*", "route-table/*", "subnet/*", "security-group/*"], "ModifyVpcEndpoint"),
    own("vpc-endpoint/*", "DeleteVpcEndpoints"),
    // The private zone that makes the service's own name lead to the endpoint.
    of("route53", ":::").write("hostedzone/*", "AssociateVPCWithHostedZone"),
  ],
  aws_vpc_endpoint_route_table_association: [
    look("DescribeVpcEndpoints"),
    own(["vpc-endpoint/*", "route-table/*"], "ModifyVpcEndpoint"),
  ],
  aws_flow_log: [
    look("DescribeFlowLogs"),
    ...makeTagged("vpc-flow-log/*", "CreateFlowLogs"),
    own("vpc/*", "CreateFlowLogs"),
    own("vpc-flow-log/*", "DeleteFlowLogs"),
    // A role of ours writes them, so that no policy of CloudWatch Logs is needed.
    of("logs").write("*", "CreateLogDelivery", "DeleteLogDelivery"),
  ],
  aws_security_group: [
    look("DescribeSecurityGroups", "DescribeNetworkInterfaces"),
    ...makeTagged("security-group/*", "CreateSecurityGroup"),
    own("vpc/*", "CreateSecurityGroup"),
    own("security-group/*", "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress", "DeleteSecurityGroup"),
  ],
  aws_default_security_group: [
    look("DescribeSecurityGroups", "DescribeSecurityGroupRules"),
    // It comes with the VPC, and has no tags until Terraform takes it over.
    { ...make("security-group/*", "CreateTags"), tags: "adopted" },
    ...retag("security-group/*"),
    own("security-group/*", "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress"),
  ],
  aws_vpc_security_group_ingress_rule: rules("Ingress"),
  aws_vpc_security_group_egress_rule: rules("Egress"),
  "data.aws_ec2_managed_prefix_list": [
    look("DescribeManagedPrefixLists"),
    // Those of AWS, such as CloudFront's.
    { ...read("*", "GetManagedPrefixListEntries"), on: ["arn:{partition}:ec2:{region}:aws:prefix-list/*"] },
  ],
};
