import { linkedRole, of, type Rows } from "../grant";

const logs = of("logs");
const topics = of("sns");
const metrics = of("cloudwatch");
const events = of("events");
const prometheus = of("aps");
const search = of("es");
/** Calls on tags name a log group, and all others everything in it. */
const group = ["log-group:{name}", "log-group:{name}:*"];
const topic = "{topic_arn}";

/** What watches, and what is said. */
export const observation: Rows = {
  aws_cloudwatch_log_group: [
    logs.look("DescribeLogGroups"),
    logs.read(group, "ListTagsForResource"),
    logs.write(group, "CreateLogGroup", "DeleteLogGroup", "PutRetentionPolicy", "DeleteRetentionPolicy"),
    logs.write(group, "AssociateKmsKey", "DisassociateKmsKey", "TagResource", "UntagResource"),
    // Who makes one with tags is asked for the right by its old name as well.
    logs.write(group, "TagLogGroup", "UntagLogGroup"),
  ],
  aws_cloudwatch_metric_alarm: [
    metrics.read("alarm:{alarm_name}", "DescribeAlarms", "ListTagsForResource"),
    metrics.write("alarm:{alarm_name}", "PutMetricAlarm", "DeleteAlarms", "TagResource", "UntagResource"),
  ],
  aws_cloudwatch_dashboard: [
    { ...metrics.read("*", "GetDashboard"), on: ["cloudwatch::dashboard/{dashboard_name}"], regional: false },
    {
      ...metrics.write("*", "PutDashboard", "DeleteDashboards"),
      on: ["cloudwatch::dashboard/{dashboard_name}"],
      regional: false,
    },
  ],
  aws_cloudwatch_event_rule: [
    events.read("rule/{name}", "DescribeRule", "ListTagsForResource"),
    events.write("rule/{name}", "PutRule", "DeleteRule", "EnableRule", "DisableRule", "TagResource", "UntagResource"),
  ],
  aws_cloudwatch_event_target: [
    events.read("rule/{rule}", "ListTargetsByRule"),
    events.write("rule/{rule}", "PutTargets", "RemoveTargets"),
  ],
  aws_sns_topic: [
    topics.read("{name}", "GetTopicAttributes", "ListTagsForResource"),
    topics.write("{name}", "CreateTopic", "DeleteTopic", "SetTopicAttributes", "TagResource", "UntagResource"),
  ],
  aws_sns_topic_policy: [topics.read("{arn}", "GetTopicAttributes"), topics.write("{arn}", "SetTopicAttributes")],
  aws_sns_topic_subscription: [
    topics.read(topic, "ListSubscriptionsByTopic"),
    topics.read(topic, "GetSubscriptionAttributes"),
    topics.write(topic, "Subscribe", "SetSubscriptionAttributes", "Unsubscribe"),
  ],
  aws_prometheus_workspace: [
    prometheus.readOwn("workspace/*", "DescribeWorkspace", "ListTagsForResource", "DescribeLoggingConfiguration"),
    prometheus.readOwn("workspace/*", "DescribeWorkspaceConfiguration"),
    prometheus.make("*", "CreateWorkspace"),
    prometheus.adopt("workspace/*", "TagResource"),
    prometheus.own("workspace/*", "UpdateWorkspaceAlias", "DeleteWorkspace", "UntagResource"),
  ],
  aws_prometheus_alert_manager_definition: [
    prometheus.readOwn("workspace/*", "DescribeAlertManagerDefinition"),
    prometheus.own("workspace/*", "CreateAlertManagerDefinition", "PutAlertManagerDefinition"),
    prometheus.own("workspace/*", "DeleteAlertManagerDefinition"),
  ],
  aws_prometheus_rule_group_namespace: [
    prometheus.readOwn("rulegroupsnamespace/*/*", "DescribeRuleGroupsNamespace", "ListTagsForResource"),
    prometheus.make("rulegroupsnamespace/*/*", "CreateRuleGroupsNamespace"),
    prometheus.adopt("rulegroupsnamespace/*/*", "TagResource"),
    prometheus.own("rulegroupsnamespace/*/*", "PutRuleGroupsNamespace", "DeleteRuleGroupsNamespace", "UntagResource"),
  ],
  aws_opensearch_domain: [
    search.read("domain/{domain_name}", "DescribeDomain", "DescribeDomainConfig", "ListTags", "GetUpgradeStatus"),
    search.read("domain/{domain_name}", "GetCompatibleVersions", "DescribeDomainChangeProgress"),
    search.write("domain/{domain_name}", "CreateDomain", "UpdateDomainConfig", "UpgradeDomain", "DeleteDomain"),
    search.write("domain/{domain_name}", "AddTags", "RemoveTags"),
    logs.look("DescribeResourcePolicies"),
    of("ec2").look("DescribeSecurityGroups", "DescribeSubnets", "DescribeVpcs"),
    linkedRole("opensearchservice.amazonaws.com"),
  ],
};
