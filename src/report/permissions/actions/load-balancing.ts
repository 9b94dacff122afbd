import { linkedRole, of, type Rows } from "../grant";

const { look, write } = of("elasticloadbalancing");
const balancer = "loadbalancer/app/{name}/*";
const group = "targetgroup/{name}/*";
const listenersOf = "listener/app/{load_balancer_arn}/*/*";
const rulesOf = "app/{listener_arn.load_balancer_arn}/*/*";
const zones = of("route53", ":::");
const certificates = of("acm");

/** Load balancers, and what sorts requests. */
export const loadBalancing: Rows = {
  aws_lb: [
    look("DescribeLoadBalancers", "DescribeLoadBalancerAttributes", "DescribeTags", "DescribeCapacityReservation"),
    of("ec2").look(
      "DescribeAccountAttributes",
      "DescribeInternetGateways",
      "DescribeSecurityGroups",
      "DescribeSubnets",
    ),
    of("ec2").look("DescribeVpcs", "DescribeNetworkInterfaces"),
    write(
      balancer,
      "CreateLoadBalancer",
      "DeleteLoadBalancer",
      "ModifyLoadBalancerAttributes",
      "AddTags",
      "RemoveTags",
    ),
    write(balancer, "SetSecurityGroups", "SetSubnets", "SetIpAddressType"),
    linkedRole("elasticloadbalancing.amazonaws.com"),
  ],
  aws_lb_target_group: [
    look("DescribeTargetGroups", "DescribeTargetGroupAttributes", "DescribeTags"),
    write(group, "CreateTargetGroup", "DeleteTargetGroup", "ModifyTargetGroup", "ModifyTargetGroupAttributes"),
    write(group, "AddTags", "RemoveTags"),
  ],
  aws_lb_target_group_attachment: [
    look("DescribeTargetHealth"),
    write("targetgroup/{target_group_arn}/*", "RegisterTargets", "DeregisterTargets"),
  ],
  aws_lb_listener: [
    look("DescribeListeners", "DescribeListenerAttributes", "DescribeTags"),
    write("loadbalancer/app/{load_balancer_arn}/*", "CreateListener"),
    write(listenersOf, "ModifyListener", "ModifyListenerAttributes", "DeleteListener", "AddTags", "RemoveTags"),
  ],
  aws_lb_listener_rule: [
    look("DescribeRules", "DescribeTags"),
    write(`listener/${rulesOf}`, "CreateRule"),
    write(`listener-rule/${rulesOf}/*`, "ModifyRule", "DeleteRule", "SetRulePriorities", "AddTags", "RemoveTags"),
  ],
};

/** Names, and certificates for them. */
export const names: Rows = {
  aws_route53_zone: [
    zones.look("ListHostedZones"),
    zones.read("hostedzone/*", "GetHostedZone", "ListTagsForResource", "ListResourceRecordSets"),
    zones.read("change/*", "GetChange"),
    of("ec2").look("DescribeVpcs"),
    zones.write("*", "CreateHostedZone"),
    zones.write("hostedzone/*", "DeleteHostedZone", "UpdateHostedZoneComment", "ChangeTagsForResource"),
    // Asked before a zone is destroyed.
    zones.write("hostedzone/*", "GetDNSSEC"),
    zones.write("hostedzone/*", "AssociateVPCWithHostedZone", "DisassociateVPCFromHostedZone"),
  ],
  aws_route53_record: [
    zones.read("hostedzone/*", "GetHostedZone", "ListResourceRecordSets"),
    zones.read("change/*", "GetChange"),
    ({ body }) => [
      {
        ...zones.write("hostedzone/*", "ChangeResourceRecordSets"),
        // Zones have invented ids, records have names: only those of this system.
        condition: {
          "ForAllValues:StringLike": {
            "route53:ChangeResourceRecordSetsNormalizedRecordNames": [recordName(body.name)],
          },
        },
      },
    ],
  ],
  aws_route53_health_check: [
    zones.read("healthcheck/*", "GetHealthCheck", "ListTagsForResource"),
    zones.write("*", "CreateHealthCheck"),
    zones.write("healthcheck/*", "UpdateHealthCheck", "DeleteHealthCheck", "ChangeTagsForResource"),
  ],
  "data.aws_route53_zone": [
    zones.look("ListHostedZones", "ListHostedZonesByName"),
    zones.read("hostedzone/*", "GetHostedZone", "ListTagsForResource", "ListResourceRecordSets"),
  ],
  aws_acm_certificate: [
    certificates.readOwn("certificate/*", "DescribeCertificate", "ListTagsForCertificate"),
    certificates.make("*", "RequestCertificate"),
    certificates.adopt("certificate/*", "AddTagsToCertificate"),
    certificates.own("certificate/*", "UpdateCertificateOptions", "RemoveTagsFromCertificate", "DeleteCertificate"),
  ],
  aws_acm_certificate_validation: [certificates.readOwn("certificate/*", "DescribeCertificate")],
};

/** As Route 53 compares it. The record that proves a name to ACM has one that ACM invents, below the name. */
function recordName(name: unknown): string {
  const proven = /option\.domain_name == "([^"]+)"/.exec(String(name))?.[1];
  if (proven) return `_*.${proven.replace(/^\*\./, "")}`.toLowerCase();
  return String(name)
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^\*(?=\.)/, "\\052")
    .replace(/\$\{[^}]*\}/g, "*");
}
