import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Aspects, type TerraformStack } from "cdktf";
import { Alarms, type AlarmsProps } from "../../modules/alarms";
import { LogKey } from "../../modules/log-key";
import { MetricsDashboard } from "../../modules/metrics-dashboard";
import { Notifications } from "../../modules/notifications";
import type { OnRemoval } from "../core/removal";
import { edgeRegion } from "../core/watched/edges";
import type { Watchable } from "../core/watched/watched";
import { knownEdgeProvider } from "./foundation";
import { leaveBehind } from "./left-behind";

/** What a description says about how a system is observed. */
export interface ObservationOf {
  readonly alarms?: { readonly emails: readonly string[] };
  readonly prometheus?: object;
  readonly cloudwatchDashboard: boolean;
  readonly logKey: "aws" | "own";
}

interface Site {
  /** Name of the system and its environment. */
  readonly name: string;
  readonly region: string;
  readonly onRemoval: OnRemoval;
}

/** Topic of a system's alarms, if anybody is to hear of them. */
export function onCallOf(
  stack: TerraformStack,
  site: Site,
  { alarms, prometheus }: ObservationOf,
): Notifications | undefined {
  if (!alarms) return undefined;
  return new Notifications(stack, "on-call", { ...site, emails: alarms.emails, prometheus: prometheus !== undefined });
}

/**
 * Key of a system's logs, if they are to have one of their own. Gives all log groups of the stack to it. Where logs are kept, a key
 * that is turned off again stays, without Terraform: nobody could read without it what was written until then.
 */
export function logKeyOf(stack: TerraformStack, site: Site, { logKey }: ObservationOf): string | undefined {
  if (logKey === "aws" && site.onRemoval === "destroy") return undefined;
  const key = new LogKey(stack, "log-key", site);
  if (logKey === "aws") {
    leaveBehind(key, [KmsKey]);
    return undefined;
  }
  encryptLogs(stack, key.arn);
  return key.arn;
}

/** Has every log group of the stack encrypted by a key, whichever module made it. */
export function encryptLogs(stack: TerraformStack, kmsKeyId: string): void {
  Aspects.of(stack).add({
    visit: (node) => {
      // A key serves its own region: what another provider makes, such as the log of a web ACL at the edge, keeps AWS's.
      if (node instanceof CloudwatchLogGroup && !node.provider) node.kmsKeyId = kmsKeyId;
    },
  });
}

interface Watch extends Site {
  /** Topic of the alarms, of the stack's region; without one there are none. */
  readonly topicArn: string | undefined;
  /** Who hears of alarms. */
  readonly emails: readonly string[] | undefined;
  readonly dashboard: boolean;
  /** What is watched, by fixed words. */
  readonly watched: Readonly<Record<string, Watchable>>;
  /** What is on the dashboard besides, as another stack watches it. */
  readonly shown?: Readonly<Record<string, Watchable>>;
}

/**
 * Alarms on everything named, and a page with all of it. An alarm tells a topic of its own region only: what CloudWatch has in
 * us-east-1 is told by a second topic there, to the same people.
 */
export function watchOver(
  stack: TerraformStack,
  { topicArn, emails, dashboard, watched, shown, ...site }: Watch,
): void {
  const { name, region } = site;
  const far = (one: Watchable) => one.watched.region !== undefined && one.watched.region !== region;
  const which = (wanted: boolean) =>
    Object.fromEntries(Object.entries(watched).filter(([, one]) => far(one) === wanted));
  const arns: string[] = [];
  const alarm = (id: string, props: AlarmsProps) => arns.push(...Object.values(new Alarms(stack, id, props).arns));
  if (topicArn !== undefined) alarm("alarms", { name, topicArn, watched: which(false) });
  const provider = knownEdgeProvider(stack);
  if (provider && emails && Object.keys(which(true)).length > 0) {
    const onCall = new Notifications(stack, "edge-on-call", { ...site, region: edgeRegion, emails, provider });
    alarm("edge-alarms", { name, topicArn: onCall.alarmTopicArn, watched: which(true), provider });
  }
  if (!dashboard) return;
  new MetricsDashboard(stack, "metrics", { name, region, alarmArns: arns, watched: { ...watched, ...shown } });
}
