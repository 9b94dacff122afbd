import { complainIf, rule } from "../rule";

export const sns01 = rule({
  id: "SNS-01",
  title: "messages to people are encrypted on their way",
  severity: "medium",
  types: ["aws_sns_topic"],
  why: "messages name machines, addresses and errors",
  fix: "name a key of one's own in kms_master_key_id, which the senders may use: with aws/sns CloudWatch's are lost",
  also: ["CKV_AWS_26", "AWS-0095", "AWS-0136", "SNS.1"],
  inspect: (topic) => {
    const { kms_master_key_id: given } = topic.body;
    const wrong = given === undefined || String(given).includes("alias/aws/");
    return complainIf(wrong, topic, "kms_master_key_id", given, "a key of one's own");
  },
});
