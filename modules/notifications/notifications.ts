import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { accept } from "../../src/core/accept";
import { allowing } from "../../src/core/iam-policy";
import { InvalidProps } from "../../src/core/invalid-props";
import { type Owner, wholeKey } from "../../src/core/key-policy";
import { physicalName, shortHash } from "../../src/core/names";
import type { OnRemoval } from "../../src/core/removal";
import { fromAlarms, fromCaches, fromPrometheus, throughAlarms, throughPrometheus, topicNameLimit } from "./policies";

export interface NotificationsProps {
  /** Name of the system and its environment, such as `guestbook-dev`: first part of the topics' names. */
  readonly name: string;
  /** Region of whatever sends, e.g. `eu-west-1`. */
  readonly region: string;
  /** Who is told. AWS asks each of them by mail first, and sends nothing until they agree. */
  readonly emails: readonly string[];
  /**
   * Whether there is a second topic for what ElastiCache has to say, such as a failover. It writes to no encrypted topic, so that
   * one is not; its messages hold names of nodes and nothing else. Everybody agrees once more.
   * @default false
   */
  readonly cacheEvents?: boolean;
  /**
   * Whether Amazon Managed Service for Prometheus may write to the topic of the alarms too.
   * @default false
   */
  readonly prometheus?: boolean;
  /**
   * How long the key of messages on their way can be had back: 30 days, or 7.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
  /**
   * Provider of `region`, where that is not the stack's.
   * @default - the provider of the stack
   */
  readonly provider?: TerraformProvider;
}

/**
 * Topics of SNS that pass on to people what alarms and caches say. Nobody outside the account can write to them.
 *
 * The topic of the alarms is encrypted by a key of its own, which costs by the month: with the key that SNS has by itself,
 * CloudWatch's messages are lost without a word.
 */
export class Notifications extends Construct {
  /** Topic for CloudWatch alarms. */
  readonly alarmTopicArn: string;
  /** Topic for events of ElastiCache, where that was asked for. */
  readonly eventTopicArn: string | undefined;
  /** Rights by which a machine tells the same people something: at the topic of the alarms, through its key. */
  readonly publishStatements: readonly { readonly actions: readonly string[]; readonly resources: readonly string[] }[];
  private readonly owner: Owner;
  private readonly provider: TerraformProvider | undefined;

  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    this.check(props);
    const { name, region, emails, cacheEvents = false, prometheus = false, onRemoval = "keep" } = props;
    this.provider = props.provider;
    const { accountId } = new DataAwsCallerIdentity(this, "account", {});
    const { partition } = new DataAwsPartition(this, "partition", {});
    this.owner = { accountId, partition, region };

    const key = new KmsKey(this, "key", {
      description: `Messages of alarms of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: onRemoval === "keep" ? 30 : 7,
      policy: allowing(
        ...[wholeKey(this.owner), throughAlarms(this.owner)],
        ...(prometheus ? [throughPrometheus(this.owner)] : []),
      ),
      tags: { Name: `${name}-alarms` },
      provider: props.provider,
    });
    this.alarmTopicArn = this.topic(
      "alarms",
      name,
      emails,
      key.arn,
      prometheus ? [fromAlarms, fromPrometheus] : [fromAlarms],
    );
    this.publishStatements = [
      { actions: ["sns:Publish"], resources: [this.alarmTopicArn] },
      { actions: ["kms:Decrypt", "kms:GenerateDataKey*"], resources: [key.arn] },
    ];
    this.eventTopicArn = cacheEvents ? this.topic("events", name, emails, undefined, [fromCaches]) : undefined;
  }

  private topic(
    kind: "alarms" | "events",
    name: string,
    emails: readonly string[],
    kmsMasterKeyId: string | undefined,
    access: readonly ((topicArn: string, owner: Owner) => object)[],
  ): string {
    const { provider } = this;
    const topic = new SnsTopic(this, kind, {
      name: physicalName([name, kind], topicNameLimit),
      kmsMasterKeyId,
      provider,
    });
    if (kind === "events")
      accept(topic, "SNS-01", "ElastiCache writes to no encrypted topic; it names nodes and no data");
    const { arn } = topic;
    const { arn: open } = new SnsTopicPolicy(this, `${kind}-access`, {
      arn,
      policy: allowing(...access.map((statement) => statement(arn, this.owner))),
      provider,
    });
    for (const endpoint of emails) {
      new SnsTopicSubscription(this, `${kind}-to-${shortHash([endpoint])}`, {
        ...{ topicArn: arn, protocol: "email", endpoint, provider },
      });
    }
    // By way of its policy: who sends before it exists is refused.
    return open;
  }

  private check({ emails }: NotificationsProps): void {
    const wrong = emails.find((one) => !/^[^\s@"$%{}]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(one));
    if (wrong !== undefined || emails.length === 0) {
      const [want, fix] = ["at least one mail address", "a topic that nobody reads hides what it is told"];
      throw new InvalidProps(this, { prop: "emails", got: wrong ?? emails, want, fix });
    }
    if (new Set(emails).size < emails.length) {
      const [want, fix] = ["different from each other", "name each address once"];
      throw new InvalidProps(this, { prop: "emails", got: emails, want, fix });
    }
  }
}
