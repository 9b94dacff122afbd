import { linkedRole, of, type Rows } from "../grant";
import { vendedLogs } from "./vended-logs";

const { own, readOwn, make, adopt, read, write } = of("cloudfront", "::");
const firewalls = of("wafv2");
const deliveries = of("logs");

/** How the rules of CloudFront for its requests and answers are read and written: they have ids, and no tags. */
const policy = (kind: string, noun: string) => [
  read(`${kind}/*`, `Get${noun}`),
  write("*", `Create${noun}`),
  write(`${kind}/*`, `Update${noun}`, `Delete${noun}`),
];

/** What stands before the load balancers. */
export const edge: Rows = {
  aws_cloudfront_distribution: [
    readOwn("distribution/*", "GetDistribution", "ListTagsForResource"),
    make("*", "CreateDistribution"),
    adopt("distribution/*", "TagResource"),
    own("distribution/*", "UpdateDistribution", "DeleteDistribution", "UntagResource"),
    // What protects CloudFront is in one region, wherever the rest is.
    {
      ...firewalls.read("*", "GetWebACL"),
      on: ["arn:{partition}:wafv2:us-east-1:{account}:global/webacl/{web_acl_id?}/*"],
    },
  ],
  aws_cloudfront_cache_policy: policy("cache-policy", "CachePolicy"),
  aws_cloudfront_origin_request_policy: policy("origin-request-policy", "OriginRequestPolicy"),
  aws_cloudfront_response_headers_policy: policy("response-headers-policy", "ResponseHeadersPolicy"),
  aws_cloudfront_vpc_origin: [
    readOwn("vpcorigin/*", "GetVpcOrigin", "ListTagsForResource"),
    make("*", "CreateVpcOrigin"),
    adopt("vpcorigin/*", "TagResource"),
    own("vpcorigin/*", "UpdateVpcOrigin", "DeleteVpcOrigin", "UntagResource"),
    of("elasticloadbalancing").look("DescribeLoadBalancers", "DescribeListeners"),
    of("ec2").look("DescribeInternetGateways", "DescribeSubnets", "DescribeSecurityGroups", "DescribeVpcs"),
    linkedRole("vpcorigin.cloudfront.amazonaws.com"),
  ],
  aws_cloudwatch_log_delivery_source: [
    deliveries.read("delivery-source:{name}", "GetDeliverySource", "ListTagsForResource"),
    deliveries.write("delivery-source:{name}", "PutDeliverySource", "DeleteDeliverySource"),
    // AWS lists the right to end a source under destinations.
    deliveries.write("delivery-destination:{name}", "DeleteDeliverySource"),
    deliveries.write("delivery-source:{name}", "TagResource", "UntagResource"),
    own("distribution/*", "AllowVendedLogDeliveryForResource"),
  ],
  aws_cloudwatch_log_delivery_destination: [
    deliveries.read("delivery-destination:{name}", "GetDeliveryDestination", "ListTagsForResource"),
    deliveries.write("delivery-destination:{name}", "PutDeliveryDestination", "DeleteDeliveryDestination"),
    deliveries.write("delivery-destination:{name}", "TagResource", "UntagResource"),
  ],
  aws_cloudwatch_log_delivery: [
    deliveries.readOwn("delivery:*", "GetDelivery", "ListTagsForResource"),
    deliveries.write("delivery-source:{delivery_source_name}", "CreateDelivery"),
    deliveries.write("delivery-destination:{delivery_destination_arn}", "CreateDelivery"),
    deliveries.make("delivery:*", "CreateDelivery"),
    deliveries.adopt("delivery:*", "TagResource"),
    deliveries.own("delivery:*", "UpdateDeliveryConfiguration", "DeleteDelivery", "UntagResource"),
    deliveries.write("delivery-source:{delivery_source_name}", "UpdateDeliveryConfiguration"),
    deliveries.write("delivery-destination:{delivery_destination_arn}", "UpdateDeliveryConfiguration"),
  ],
  aws_wafv2_web_acl: [
    ({ body }) => {
      const acl = `${body.scope === "CLOUDFRONT" ? "global" : "regional"}/webacl/{name}/*`;
      const scope = acl.split("/")[0];
      return [
        firewalls.read(acl, "GetWebACL", "ListTagsForResource"),
        firewalls.write(acl, "CreateWebACL", "UpdateWebACL", "DeleteWebACL", "TagResource", "UntagResource"),
        // The rules that AWS keeps up to date are of AWS.
        {
          ...firewalls.write("*", "CreateWebACL", "UpdateWebACL"),
          on: [`arn:{partition}:wafv2:{region}:*:${scope}/managedruleset/*/*`],
        },
      ];
    },
  ],
  aws_wafv2_web_acl_association: [
    firewalls.read("regional/webacl/{web_acl_arn}/*", "GetWebACL"),
    firewalls.write("regional/webacl/{web_acl_arn}/*", "AssociateWebACL"),
    ...["GetWebACLForResource", "AssociateWebACL", "DisassociateWebACL"].map((action) => ({
      ...(action.startsWith("Get") ? firewalls.read : firewalls.write)("*", action),
      on: ["elasticloadbalancing:loadbalancer/app/{resource_arn}/*"],
    })),
    firewalls.read("regional/webacl/{web_acl_arn}/*", "GetWebACLForResource"),
    of("elasticloadbalancing").write("*", "SetWebACL"),
  ],
  aws_wafv2_web_acl_logging_configuration: [
    ...["regional", "global"].flatMap((scope) => [
      firewalls.read(`${scope}/webacl/{resource_arn}/*`, "GetLoggingConfiguration"),
      firewalls.write(`${scope}/webacl/{resource_arn}/*`, "PutLoggingConfiguration", "DeleteLoggingConfiguration"),
    ]),
    ...vendedLogs,
    linkedRole("wafv2.amazonaws.com"),
  ],
};
