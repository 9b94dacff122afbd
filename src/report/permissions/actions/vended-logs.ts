import { of } from "../grant";

const { write } = of("logs");

/** Lets a service write its log into a log group: with the caller's rights, it makes the delivery and a policy of CloudWatch Logs. */
export const vendedLogs = [
  write("*", "CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery"),
  write("*", "ListLogDeliveries", "PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"),
];
