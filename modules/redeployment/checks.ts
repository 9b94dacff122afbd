import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { arnForms, arnHead } from "../../src/core/arn";
import { type Complaint, InvalidProps } from "../../src/core/invalid-props";
import type { RedeploymentProps } from "./props";

/**
 * The longest pattern that EventBridge takes, unless AWS has raised the account's quota.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
const patternLimit = 2048;

/** That the value which counts, `AWSCURRENT`, of one of these secrets is another one now. */
export function eventPattern(secretArns: readonly string[]): string {
  return JSON.stringify({
    source: ["aws.secretsmanager"],
    "detail-type": ["Secret Label Updated"],
    // Compared as text, as a whole.
    resources: [...new Set(secretArns)],
    detail: { labelUpdated: ["AWSCURRENT"] },
  });
}

/** Throws for the first thing that AWS would refuse, or wait for in vain. */
export function checkProps(at: IConstruct, props: RedeploymentProps): void {
  for (const complaint of complaints(props)) throw new InvalidProps(at, complaint);
}

function* complaints({ name, secretArns, cluster, service }: RedeploymentProps): Iterable<Complaint> {
  if (!/^[A-Za-z][A-Za-z0-9-]{0,254}$/.test(name)) {
    const want = "at most 255 letters, digits and dashes, a letter first";
    yield { prop: "name", got: name, want, fix: "take the name of the service" };
  }
  if (secretArns.length === 0) {
    const want = "one ARN or more";
    yield { prop: "secretArns", got: secretArns, want, fix: "leave the redeployment out: nothing can be rotated" };
  }
  for (const got of secretArns) {
    if (Token.isUnresolved(got) || arnForms.secret.test(got)) continue;
    const want = "full ARNs of Secrets Manager, with the six characters at the end";
    yield {
      prop: "secretArns",
      got,
      want,
      fix: "copy it from Secrets Manager; the event names a secret in no other way",
    };
  }
  // A reference is shorter than the ARN that it becomes: what is refused here, AWS refuses too.
  const got = eventPattern(secretArns).length;
  if (got > patternLimit) {
    const want = `so few that EventBridge's pattern has at most ${patternLimit} characters`;
    yield { prop: "secretArns", got, want, fix: "keep values that belong together in one secret, as JSON" };
  }
  if (!Token.isUnresolved(cluster.arn) && !new RegExp(`${arnHead("ecs")}cluster/.`).test(cluster.arn)) {
    const want = "an ARN such as arn:aws:ecs:<region>:<account>:cluster/<name>";
    yield { prop: "cluster.arn", got: cluster.arn, want, fix: "pass the cluster's ARN, not its name" };
  }
  if (!Token.isUnresolved(service.name) && !/^[A-Za-z0-9_-]{1,255}$/.test(service.name)) {
    const want = "1 to 255 letters, digits, dashes and underscores";
    yield { prop: "service.name", got: service.name, want, fix: "pass the name of the ECS service" };
  }
}
