import { list } from "../../core/terraform-json";
import { allFree, type Bills, line } from "./bill";

const address = (detail: string, least = 1) => line("public IPv4 address", "hour", { detail, least });

/** Networks, entrances and names. */
export const network: Bills = {
  ...allFree("aws_vpc", "aws_vpc_ipv4_cidr_block_association", "aws_subnet", "aws_ec2_subnet_cidr_reservation"),
  ...allFree("aws_internet_gateway", "aws_route", "aws_route_table", "aws_route_table_association"),
  ...allFree("aws_vpc_endpoint_route_table_association", "aws_security_group", "aws_default_security_group"),
  ...allFree("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule", "aws_network_interface"),
  ...allFree(
    "aws_customer_gateway",
    "aws_vpn_gateway",
    "aws_vpn_gateway_route_propagation",
    "aws_vpn_connection_route",
  ),
  ...allFree("aws_lb_listener", "aws_lb_listener_rule", "aws_lb_target_group", "aws_lb_target_group_attachment"),
  ...allFree("aws_route53_record", "aws_acm_certificate", "aws_acm_certificate_validation"),
  ...allFree("aws_cloudfront_cache_policy", "aws_cloudfront_origin_request_policy", "aws_cloudfront_vpc_origin"),
  ...allFree("aws_cloudfront_response_headers_policy", "aws_wafv2_web_acl_association"),
  ...allFree("aws_wafv2_web_acl_logging_configuration"),
  aws_nat_gateway: { always: () => [line("NAT gateway", "hour")], use: "GiB through NAT gateways" },
  aws_eip: { always: () => [address("Elastic IP")] },
  aws_vpc_endpoint: {
    // Gateway endpoints cost nothing; the others have an address in each subnet.
    always: ({ body }) =>
      body.vpc_endpoint_type === "Interface"
        ? [line("interface endpoint address", "hour", { least: list(body.subnet_ids).length })]
        : [],
    use: ({ body }) => (body.vpc_endpoint_type === "Interface" ? ["GiB through interface endpoints"] : []),
  },
  aws_flow_log: { use: "GiB of flow logs" },
  aws_vpn_connection: {
    always: () => [line("VPN connection", "hour"), address("ends of VPN tunnels", 2)],
    use: "GiB out through the VPN",
  },
  aws_lb: {
    always: ({ body }) => [
      line("load balancer", "hour", {
        detail: `${body.load_balancer_type ?? "application"}${body.internal === true ? ", internal" : ""}`,
      }),
      ...(body.internal === true ? [] : [address("of the load balancer, one in each zone", list(body.subnets).length)]),
    ],
    use: "capacity units of load balancers: connections, requests, GiB",
  },
  aws_route53_zone: { always: () => [line("hosted zone", "month")], use: "queries of names" },
  aws_route53_health_check: { always: () => [line("health check of Route 53", "month")] },
  aws_cloudfront_distribution: { use: "requests to CloudFront, and GiB out of it" },
  aws_wafv2_web_acl: {
    always: ({ body }) => [
      line("web ACL", "month"),
      line("rule of a web ACL", "month", { least: list(body.rule).length }),
    ],
    use: "requests that web ACLs look at",
  },
};
