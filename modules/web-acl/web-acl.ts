import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { watchedWebAcl } from "../../src/core/watched/edges";
import type { Watched } from "../../src/core/watched/watched";
import { complaintsAbout } from "./checks";
import { type Group, groups } from "./groups";
import type { WebAclProps } from "./props";
import { rulesOf, visibilityOf } from "./rules";

/**
 * A web ACL of WAF: requests that look like attacks do not reach what stands behind it.
 *
 * Costs by the month for itself and each rule, and by the million requests; the log by its size. An answer of 403 that nobody can explain
 * comes from here: the log says by which rule.
 */
export class WebAcl extends Construct {
  /** For a distribution; load balancers are given to `protect`. */
  readonly arn: string;
  readonly logGroupName: string;
  private readonly metric: string;
  private readonly atEdge: boolean;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const { name, scope: of, provider, mode = "block", counted = [], limits = {}, logDays = 30 } = props;
    const chosen = props.groups ?? (Object.keys(groups) as Group[]);
    const settings = { ...props, groups: chosen, limits, mode, counted, logDays };
    for (const complaint of complaintsAbout(settings)) throw new InvalidProps(this, complaint);

    const acl = new Wafv2WebAcl(this, "acl", {
      name,
      scope: of,
      defaultAction: { allow: {} },
      rule: rulesOf(settings),
      visibilityConfig: visibilityOf(name),
      tags: { Name: name },
      provider,
    });
    const log = new CloudwatchLogGroup(this, "log", {
      // AWS writes to no group whose name begins otherwise.
      name: `aws-waf-logs-${name}`,
      retentionInDays: logDays,
      skipDestroy: (props.onRemoval ?? "keep") === "keep",
      provider,
    });
    new Wafv2WebAclLoggingConfiguration(this, "logging", {
      resourceArn: acl.arn,
      logDestinationConfigs: [log.arn],
      redactedFields: ["authorization", "cookie"].map((name) => ({ singleHeader: { name } })),
      loggingFilter: {
        defaultBehavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
      provider,
    });
    this.arn = acl.arn;
    this.logGroupName = log.name;
    this.metric = name;
    this.atEdge = of === "CLOUDFRONT";
  }

  /** What there is to watch of it in its region, which for one of CloudFront is us-east-1. */
  watchedIn(region: string): Watched {
    return watchedWebAcl(this.metric, this.atEdge ? "CLOUDFRONT" : region);
  }

  /** Puts it in front of a load balancer of its region. `key` is a fixed word, and part of the address. */
  protect(key: string, loadBalancer: { readonly arn: string }): void {
    new Wafv2WebAclAssociation(this, `before-${key}`, { webAclArn: this.arn, resourceArn: loadBalancer.arn });
  }
}
