import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { Fn, TerraformLocal, Token } from "cdktf";
import { Construct } from "constructs";
import { nameLimits, physicalName } from "../../src/core/names";
import { watchedRule } from "../../src/core/watched/services";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { Access } from "./access";
import { checkProps, eventPattern } from "./checks";
import type { RedeploymentProps } from "./props";
import { runbook } from "./runbook";

export type { RedeploymentProps } from "./props";

/**
 * Starts an ECS service's tasks anew when one of its secrets gets a new value, by rotation or by hand: tasks read secrets when
 * they start, and never again. It costs nothing until then, and next to nothing then: there is no function to keep up.
 *
 * Secrets Manager itself tells EventBridge whenever the label `AWSCURRENT` of a secret moves: AWS says of all secrets, so of
 * those too that RDS manages and rotates every seven days, though it shows no example of one. It needs no CloudTrail trail;
 * `RotationSucceeded`, for which older descriptions wait, does, and never comes to an account without one. No
 * promise is known that every event arrives: give the service a health check that fails without the secret, so that ECS replaces
 * its tasks anyway, only later.
 *
 * From the rotation until new tasks are healthy, a minute or two, the old ones are refused where they open a connection with
 * the password that they know. The deployment follows the service's rules, as with a new version.
 *
 * A failure is an execution of the document `documentName` that did not succeed or, if none could be started, a count in the
 * rule's metric `FailedInvocations`. There is no queue, since an event holds nothing to keep: start the document by hand, it
 * needs no parameters.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/secret-event-notifications.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-eventbridge.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/running-automations-event-bridge.html
 */
export class Redeployment extends Construct implements Watchable {
  /** Name of the Automation document: its executions say what was redeployed, and whether it worked. */
  readonly documentName: string;
  readonly watched: Watched;

  constructor(scope: Construct, id: string, props: RedeploymentProps) {
    super(scope, id);
    checkProps(this, props);
    const { name, region, secretArns, cluster, service } = props;
    const serviceArn = service.arn ?? `${this.servicesOf(cluster.arn)}/${service.name}`;
    // Names that begin with aws or amazon are AWS's own.
    const documentName = physicalName(["redeploy", name], nameLimits.eventRule);

    const rule = new CloudwatchEventRule(this, "rule", {
      name: physicalName([name, "secrets"], nameLimits.eventRule),
      description: `A secret of ${name} has a new value`,
      eventPattern: eventPattern(secretArns),
    });
    const access = new Access(this, "access", { name, region, documentName, serviceArn, ruleArn: rule.arn });
    const document = new SsmDocument(this, "document", {
      name: documentName,
      documentType: "Automation",
      documentFormat: "JSON",
      content: runbook({ clusterArn: cluster.arn, serviceName: service.name, roleArn: access.automationRoleArn }),
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      targetId: "redeploy",
      arn: access.definitionArn,
      roleArn: access.eventsRoleArn,
      // In place of the event, which Automation would take for parameters.
      input: JSON.stringify({ AutomationAssumeRole: [access.automationRoleArn] }),
      // Late is better than never; after six hours, somebody has seen to it.
      retryPolicy: { maximumEventAgeInSeconds: 21_600, maximumRetryAttempts: 60 },
      dependsOn: [document, ...access.policies],
    });
    this.documentName = document.name;
    this.watched = watchedRule(rule.name, "the tasks that a new secret needs");
  }

  /** How the ARNs of a cluster's services begin. A local value, as a function inside a policy would leave no readable JSON. */
  private servicesOf(clusterArn: string): string {
    if (!Token.isUnresolved(clusterArn)) return clusterArn.replace(":cluster/", ":service/");
    return new TerraformLocal(this, "services", Fn.replace(clusterArn, ":cluster/", ":service/")).asString;
  }
}
