import type { Owner } from "../../src/core/key-policy";

/** Longest name of a topic, in characters. */
export const topicNameLimit = 256;

/** The service works for every account: only alarms of this one may have it write here. */
export function fromAlarms(topicArn: string, owner: Owner): object {
  return {
    Sid: "AlarmsOfThisAccount",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: "sns:Publish",
    Resource: topicArn,
    Condition: onBehalfOf(owner),
  };
}

/** The same for alerts of Prometheus, of any workspace of this account and region. */
export function fromPrometheus(topicArn: string, owner: Owner): object {
  return {
    Sid: "AlertsOfThisAccount",
    Principal: { Service: "aps.amazonaws.com" },
    Action: ["sns:Publish", "sns:GetTopicAttributes"],
    Resource: topicArn,
    Condition: ofWorkspaces(owner),
  };
}

/**
 * ElastiCache writes with the rights of the account that has the cache, and knows no other condition than this old one.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ECEvents.SNS.html
 */
export function fromCaches(topicArn: string, { accountId }: Owner): object {
  return {
    Sid: "CachesOfThisAccount",
    Principal: { AWS: "*" },
    Action: "sns:Publish",
    Resource: topicArn,
    Condition: { StringEquals: { "AWS:SourceOwner": accountId } },
  };
}

/** What an alarm needs of the key in order to write to a topic that is encrypted by it. */
export function throughAlarms(owner: Owner): object {
  return {
    Sid: "AlarmsOfThisAccount",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: onBehalfOf(owner),
  };
}

/** What Prometheus needs of the key in order to write to a topic that is encrypted by it. */
export function throughPrometheus(owner: Owner): object {
  return {
    Sid: "AlertsOfThisAccount",
    Principal: { Service: "aps.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: ofWorkspaces(owner),
  };
}

function ofWorkspaces({ accountId, partition, region }: Owner): object {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:${partition}:aps:${region}:${accountId}:workspace/*` },
  };
}

function onBehalfOf({ accountId, partition, region }: Owner): object {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*` },
  };
}
