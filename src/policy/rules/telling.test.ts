import { aws, drop, set, setInside, specify } from "../testing/specify";
import { iam14 } from "./iam-14-known-principals";
import { log04 } from "./log-04-heard-alarms";
import { sns01 } from "./sns-01-encrypted";
import { vpn02 } from "./vpn-02-tunnel-logs";

const elsewhere = aws({ aws_vpc: { main: {} } });
const topicPolicy = {
  Statement: [
    {
      ...{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sns:Publish", Resource: "${aws_sns_topic.t.arn}" },
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    },
  ],
};
const topic = aws({
  aws_sns_topic: { t: { name: "alarms", kms_master_key_id: "${aws_kms_key.k.arn}" } },
  aws_sns_topic_policy: { p: { arn: "${aws_sns_topic.t.arn}", policy: JSON.stringify(topicPolicy) } },
  aws_cloudwatch_metric_alarm: { a: { alarm_actions: ["${aws_sns_topic.t.arn}"] } },
});

specify(sns01, {
  good: topic,
  broken: {
    "they are not": drop("aws_sns_topic/t/kms_master_key_id"),
    "by a key that CloudWatch may not use": set("aws_sns_topic/t/kms_master_key_id", "alias/aws/sns"),
  },
  elsewhere,
});

specify(log04, {
  good: topic,
  broken: {
    "nobody is told": drop("aws_cloudwatch_metric_alarm/a/alarm_actions"),
    "the list is empty": set("aws_cloudwatch_metric_alarm/a/alarm_actions", []),
    "somebody has silenced it": set("aws_cloudwatch_metric_alarm/a/actions_enabled", false),
  },
  elsewhere,
});

const open = JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] });
const statement = "aws_sns_topic_policy/p/policy//Statement/0";
specify(iam14, {
  good: topic,
  broken: {
    "no condition keeps others out": setInside(`${statement}/Condition`, undefined),
    "they only have to come by TLS": setInside(`${statement}/Condition`, { Bool: { "aws:SecureTransport": "true" } }),
    "everybody but one account may": setInside(`${statement}/Condition`, {
      StringNotEquals: { "aws:SourceAccount": "111122223333" },
    }),
    "who does not say whose they are may": setInside(`${statement}/Condition`, {
      StringEqualsIfExists: { "aws:SourceAccount": "111122223333" },
    }),
    "any account will do": setInside(`${statement}/Condition`, { StringLike: { "aws:SourceAccount": "*" } }),
    "a search domain is open": set("aws_opensearch_domain/d/access_policies", open),
    "a file system is open": set("aws_efs_file_system_policy/f/policy", open),
    "everybody but one may": [
      setInside(`${statement}/Condition`, undefined),
      setInside(`${statement}/NotPrincipal`, { AWS: "arn:aws:iam::111122223333:root" }),
    ],
    "a bucket is open": set("aws_s3_bucket_policy/b/policy", open),
  },
  elsewhere: [
    elsewhere,
    // What passes through an endpoint needs a right of its own.
    aws({
      aws_vpc_endpoint: {
        e: { policy: open },
      },
    }),
  ],
});

const log = { cloudwatch_log_options: { log_enabled: true, log_group_arn: "l" } };
specify(vpn02, {
  good: aws({ aws_vpn_connection: { v: { tunnel1_log_options: log, tunnel2_log_options: log } } }),
  broken: {
    "one does not": drop("aws_vpn_connection/v/tunnel2_log_options"),
    "one is switched off": set("aws_vpn_connection/v/tunnel1_log_options/cloudwatch_log_options/log_enabled", false),
  },
  elsewhere,
});
