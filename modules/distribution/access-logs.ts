import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery";
import { CloudwatchLogDeliveryDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../../src/core/names";
import type { OnRemoval } from "../../src/core/removal";
import { closedBucket } from "../closed-bucket";

/** Longest name of a source or a destination of logs. */
const nameLimit = 60;

export interface AccessLogsProps {
  readonly name: string;
  readonly distributionArn: string;
  readonly provider: TerraformProvider;
  readonly days: number;
  readonly onRemoval: OnRemoval;
}

/** Logs of a distribution in a closed bucket. They come as other logs of AWS do, not by an access list, which it does not have. */
export class AccessLogs extends Construct {
  readonly bucket: string;

  constructor(scope: Construct, id: string, { name, distributionArn, provider, days, onRemoval }: AccessLogsProps) {
    super(scope, id);
    const { accountId } = new DataAwsCallerIdentity(this, "account", { provider });
    const { bucket, policy } = closedBucket(this, {
      ...{ name: `${name}-cdn-logs`, versions: false, onRemoval, provider },
      expiry: { id: "old-logs", expiration: [{ days }] },
      allow: (arn) => [delivery(arn, accountId)],
    });
    const source = new CloudwatchLogDeliverySource(this, "source", {
      name: physicalName([name, "cdn"], nameLimit),
      logType: "ACCESS_LOGS",
      resourceArn: distributionArn,
      provider,
    });
    const destination = new CloudwatchLogDeliveryDestination(this, "destination", {
      name: physicalName([name, "cdn-bucket"], nameLimit),
      outputFormat: "json",
      deliveryDestinationConfiguration: [{ destinationResourceArn: bucket.arn }],
      provider,
      // AWS tries at once whether it may write there.
      dependsOn: [policy],
    });
    new CloudwatchLogDelivery(this, "delivery", {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      provider,
    });
    this.bucket = policy.bucket;
  }
}

/**
 * The service writes for every account: only deliveries of this one may have it write here.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
function delivery(arn: string, accountId: string) {
  return {
    Sid: "LogsOfThisAccount",
    ...{ Effect: "Allow", Principal: { Service: "delivery.logs.amazonaws.com" } },
    ...{ Action: "s3:PutObject", Resource: `${arn}/AWSLogs/${accountId}/*` },
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId, "s3:x-amz-acl": "bucket-owner-full-control" },
      ArnLike: { "aws:SourceArn": `arn:aws:logs:us-east-1:${accountId}:delivery-source:*` },
    },
  };
}
