import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin";
import { Construct } from "constructs";
import { domainFault } from "../../src/core/dns-names";
import { InvalidProps } from "../../src/core/invalid-props";
import { watchedDistribution } from "../../src/core/watched/edges";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { isWhole } from "../../src/core/whole";
import { AccessLogs } from "./access-logs";
import { behaviorsOf } from "./behaviors";
import { filesPolicy, headersPolicy, pagePolicies } from "./policies";
import type { DistributionProps } from "./props";

const priceClasses = { nearest: "PriceClass_100", most: "PriceClass_200", all: "PriceClass_All" } as const;
const originId = "load-balancer";

/**
 * CloudFront before WordPress: files and pages come from the edge near the visitor, and what floods a site ends there. Who is logged in,
 * logs in, comments or administers is answered by WordPress, always.
 *
 * Costs by requests and traffic, nothing by the hour; the shield against floods is included. A change takes AWS some minutes, the
 * first one a quarter of an hour. A new version of a file under the same address is seen a day later: `invalidateCommand` tells how to
 * have it at once.
 */
export class Distribution extends Construct implements Watchable {
  /** Known only after apply. */
  readonly dnsName: string;
  /** Hosted zone of `dnsName`, for an alias record: the same for all distributions. */
  readonly zoneId: string;
  readonly arn: string;
  /** CloudWatch has it in us-east-1. */
  readonly watched: Watched;
  /** For a shell: what the edge has is fetched anew. */
  readonly invalidateCommand: string;
  /** Where its logs are. */
  readonly logBucket: string | undefined;

  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    const { name, names, certificateArn, origin, provider, webAclArn, pageSeconds = 60, reach = "nearest" } = props;
    this.check(names, pageSeconds, props.logDays);

    const distribution = new CloudfrontDistribution(this, "distribution", {
      comment: name,
      ...{ enabled: true, isIpv6Enabled: true, httpVersion: "http2and3" },
      aliases: [...names],
      priceClass: priceClasses[reach],
      origin: [
        { originId, domainName: origin.dnsName, vpcOriginConfig: { vpcOriginId: this.wayTo(name, origin.arn) } },
      ],
      ...behaviorsOf({
        targetOriginId: originId,
        pages: pagePolicies(this, name, pageSeconds),
        filesPolicyId: filesPolicy(this, name),
        responseHeadersPolicyId: headersPolicy(this, name),
      }),
      viewerCertificate: {
        acmCertificateArn: certificateArn,
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      webAclId: webAclArn,
      tags: { Name: name },
    });
    this.dnsName = distribution.domainName;
    this.zoneId = distribution.hostedZoneId;
    this.arn = distribution.arn;
    this.watched = watchedDistribution(distribution.id);
    this.invalidateCommand = `aws cloudfront create-invalidation --distribution-id ${distribution.id} --paths '/*'`;
    const { logDays: days, onRemoval = "keep" } = props;
    if (days === undefined) return;
    this.logBucket = new AccessLogs(this, "logs", {
      ...{ name, distributionArn: distribution.arn, provider, days, onRemoval },
    }).bucket;
  }

  /** A way into the VPC that this account's distributions have, and nobody else. */
  private wayTo(name: string, loadBalancerArn: string): string {
    return new CloudfrontVpcOrigin(this, "origin", {
      vpcOriginEndpointConfig: [
        {
          ...{ name, arn: loadBalancerArn, httpPort: 80, httpsPort: 443 },
          originProtocolPolicy: "https-only",
          originSslProtocols: [{ items: ["TLSv1.2"], quantity: 1 }],
        },
      ],
      tags: { Name: name },
    }).id;
  }

  private check(names: readonly string[], pageSeconds: number, logDays: number | undefined): void {
    const refuse = (prop: string, got: unknown, want: string, fix: string) => {
      throw new InvalidProps(this, { prop, got, want, fix });
    };
    if (names.length === 0) refuse("names", names, "at least one name", "name what visitors type");
    for (const got of names) {
      const fault = domainFault(got);
      if (fault) refuse("names", got, fault.want, fault.fix);
    }
    if (!isWhole(pageSeconds, 0, 86_400)) {
      refuse("pageSeconds", pageSeconds, "a whole number of seconds from 0 to 86400", "leave it out for 60");
    }
    if (logDays !== undefined && !isWhole(logDays, 1, 3650)) {
      refuse("logDays", logDays, "a whole number of days from 1 to 3650", "write for example 90");
    }
  }
}
