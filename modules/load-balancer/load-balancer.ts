import { DataAwsEc2ManagedPrefixList } from "@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";
import { accept } from "../../src/core/accept";
import { nameLimits, physicalName } from "../../src/core/names";
import { watchedLoadBalancer } from "../../src/core/watched/load-balancers";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { Connections } from "../connections";
import { checkProps } from "./checks";
import type { LoadBalancerProps } from "./props";

/**
 * An entrance that several services share, each with a listener rule of its own. What no rule asks for is answered
 * with 404. Costs by the hour and by traffic. Nobody reaches it until `allowFromInternet`.
 */
export class LoadBalancer extends Construct implements Watchable {
  readonly connections: Connections;
  readonly arn: string;
  /** `app/<name>/<hash>`, as metrics and scaling by requests want it. Known only after apply. */
  readonly arnSuffix: string;
  /** Known only after apply. */
  readonly dnsName: string;
  /** Hosted zone of `dnsName`, for an alias record. */
  readonly zoneId: string;
  /** The listener that the services' rules belong to: HTTPS where there is a certificate. */
  readonly listenerArn: string;
  private readonly encrypted: boolean;
  private readonly slowSeconds: number | undefined;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { name, placement, certificateArn, onRemoval = "keep", idleTimeoutSeconds = 60, accessLogs } = props;
    checkProps(this, { ...props, idleTimeoutSeconds });

    this.slowSeconds = props.slowSeconds;
    this.encrypted = certificateArn !== undefined;
    this.connections = new Connections(this, "connections", {
      vpcId: placement.vpcId,
      ports: this.encrypted ? 443 : 80,
    });
    const balancer = new Lb(this, "balancer", {
      name: physicalName([name], nameLimits.loadBalancer),
      loadBalancerType: "application",
      internal: props.internal ?? false,
      subnets: [...placement.subnetIds],
      securityGroups: [this.connections.securityGroupId],
      idleTimeout: idleTimeoutSeconds,
      // Requests that a proxy and an application may read differently do not reach the application.
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      enableDeletionProtection: onRemoval === "keep",
      accessLogs: accessLogs && { bucket: accessLogs.bucket, prefix: accessLogs.prefix, enabled: true },
    });
    this.listenerArn = this.listen(balancer.arn, certificateArn);
    this.arn = balancer.arn;
    this.arnSuffix = balancer.arnSuffix;
    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
  }

  get watched(): Watched {
    return watchedLoadBalancer(this.arnSuffix, { slowSeconds: this.slowSeconds });
  }

  /** Opens the entrance to everyone: port 80, and with a certificate 443 too. `reason` ends up in the AWS console. */
  allowFromInternet(reason: string): void {
    this.connections.allowFromInternet(reason);
    if (this.encrypted) this.connections.allowFromInternet(`redirect to HTTPS, ${reason}`, 80);
  }

  /** Opens the entrance to address ranges only, on the port that carries the services. `reason` ends up in the AWS console. */
  allowFromAddresses(ranges: readonly string[], reason: string): void {
    for (const range of ranges) {
      this.connections.allowFromAddresses(range.replace(/[^0-9a-f]+/g, "-"), range, reason);
    }
  }

  /** Opens the entrance to CloudFront, which knows its VPC: to an internal one, for distributions of this account. */
  allowFromCloudFront(reason: string): void {
    const name = "com.amazonaws.global.cloudfront.origin-facing";
    const list = new DataAwsEc2ManagedPrefixList(this, "cloudfront", { name });
    this.connections.allowFromPrefixList("cloudfront", list.id, reason);
  }

  private listen(loadBalancerArn: string, certificateArn: string | undefined): string {
    const nothingHere = {
      type: "fixed-response",
      fixedResponse: { contentType: "text/plain", messageBody: "Not found", statusCode: "404" },
    };
    const toHttps = { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } };
    const http = new LbListener(this, "http", {
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [certificateArn === undefined ? nothingHere : toHttps],
    });
    if (certificateArn === undefined) {
      accept(http, "LB-01", "No certificate was given: this entrance speaks plain HTTP, as its description asks for");
      return http.arn;
    }
    return new LbListener(this, "https", {
      loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      certificateArn,
      defaultAction: [nothingHere],
    }).arn;
  }
}
