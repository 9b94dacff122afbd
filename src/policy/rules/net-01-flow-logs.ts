import { must, rule } from "../rule";

export const net01 = rule({
  id: "NET-01",
  title: "every VPC that keeps data records its traffic",
  severity: "medium",
  types: ["aws_vpc"],
  why: "after an intrusion, the flow log is the only witness of who talked to whom",
  fix: 'add an aws_flow_log of the VPC with traffic_type "ALL": give the network its flowLogDays',
  also: ["CKV2_AWS_11", "AWS-0178", "EC2.6"],
  whenKept: true,
  inspect: (vpc, doc) => {
    const logs = doc.all("aws_flow_log").filter(({ body }) => doc.follow(body.vpc_id) === vpc);
    if (logs.length > 0) return logs.flatMap((log) => must(log, "traffic_type", "ALL"));
    return [{ at: vpc, argument: "aws_flow_log", given: undefined, wanted: "a flow log of this VPC" }];
  },
});
