import { blocks } from "../../core/terraform-json";
import { allFree, type Bills, line, number } from "./bill";

/** What watches, and what is said. */
export const observation: Bills = {
  ...allFree("aws_sns_topic_policy", "aws_sns_topic_subscription", "aws_cloudwatch_event_rule"),
  ...allFree("aws_cloudwatch_event_target", "aws_prometheus_alert_manager_definition"),
  ...allFree("aws_prometheus_rule_group_namespace", "aws_cloudwatch_log_delivery_source"),
  ...allFree("aws_cloudwatch_log_delivery_destination", "aws_iam_role", "aws_iam_role_policy"),
  ...allFree("aws_iam_instance_profile", "terraform_data", "data.aws_ami", "data.aws_caller_identity"),
  ...allFree("data.aws_ec2_managed_prefix_list", "data.aws_partition", "data.aws_route53_zone"),
  ...allFree("data.aws_ssm_parameter", "data.aws_ssm_parameters_by_path"),
  aws_cloudwatch_metric_alarm: {
    always: ({ body }) => {
      // An alarm over several metrics is billed for each of them.
      const metrics = blocks(body.metric_query).filter(({ metric }) => blocks(metric).length > 0);
      const fast = [body, ...metrics.flatMap(({ metric }) => blocks(metric))].some(
        (one) => number(one, "period", 60) < 60,
      );
      return [
        line("alarm metric", "month", {
          detail: fast ? "high resolution" : "",
          least: Math.max(1, metrics.length),
        }),
      ];
    },
  },
  aws_cloudwatch_dashboard: {
    always: () => [line("dashboard", "month", { detail: "an account's first three are free" })],
  },
  aws_cloudwatch_log_group: {
    use: ({ body }) => {
      const days = number(body, "retention_in_days", 0);
      return [`GiB of logs taken in, and kept ${days > 0 ? `for ${days} days` : "for ever"}`];
    },
  },
  aws_cloudwatch_log_delivery: { use: "GiB of logs delivered by CloudFront" },
  aws_sns_topic: { use: "messages" },
  aws_ssm_document: { use: "steps of runbooks" },
  aws_prometheus_workspace: { use: "samples of metrics taken in, kept and asked for" },
  aws_opensearch_domain: {
    always: ({ body }) => {
      const [nodes = {}] = blocks(body.cluster_config);
      const [disk = {}] = blocks(body.ebs_options);
      const count = number(nodes, "instance_count", 1);
      const masters = number(nodes, "dedicated_master_count", 0);
      return [
        line("search node", "hour", { detail: String(nodes.instance_type), least: count }),
        ...(masters > 0
          ? [line("search node", "hour", { detail: `${nodes.dedicated_master_type}, master`, least: masters })]
          : []),
        line("GiB of search storage", "month", {
          detail: String(disk.volume_type ?? "gp2"),
          least: count * number(disk, "volume_size", 0),
        }),
      ];
    },
  },
};
