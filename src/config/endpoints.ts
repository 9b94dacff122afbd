import { didYouMean } from "../core/did-you-mean";
import type { Fault } from "./mistakes";

/** Services that a container system calls, by the last part of their endpoint's name. */
const known: readonly string[] = [
  ...["application-autoscaling", "autoscaling", "cloudformation", "ec2", "ec2messages", "ecr.api", "ecr.dkr", "ecs"],
  ...["ecs-agent", "ecs-telemetry", "elasticache", "elasticfilesystem", "elasticloadbalancing", "email-smtp", "events"],
  ...["execute-api", "firehose", "guardduty-data", "kinesis-streams", "kms", "lambda", "logs", "monitoring", "rds"],
  ...["secretsmanager", "sns", "sqs", "ssm", "ssmmessages", "states", "sts", "synthetics", "xray"],
];

/** Without these a machine in a network without NAT neither joins its cluster, starts a task or can be entered by Session Manager. */
export const neededWithoutNat: readonly string[] = [
  ...["ecr.api", "ecr.dkr", "ecs", "ecs-agent", "ecs-telemetry", "logs", "secretsmanager", "ssm", "ssmmessages"],
];

export function endpointFault(name: string): Fault | undefined {
  if (known.includes(name)) return undefined;
  const last = name.replace(/^(com|aws)\..*?\.[a-z]+-[a-z-]+-\d+\./, "");
  const meant = known.includes(last) ? last : didYouMean(name, known);
  const fix = meant
    ? `did you mean ${meant}?`
    : "a service that is missing here needs a word in src/config/endpoints.ts";
  if (name === "s3")
    return { code: "NET_ENDPOINT", want: "a service without a gateway endpoint", fix: "remove s3: it always has one" };
  return { code: "NET_ENDPOINT", want: "the last part of the name of an AWS service", fix };
}
