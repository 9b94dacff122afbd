import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Aspects, type TerraformStack } from "cdktf";
import { Alarms } from "../../modules/alarms";
import { LogKey } from "../../modules/log-key";
import { MetricsDashboard } from "../../modules/metrics-dashboard";
import { Notifications } from "../../modules/notifications";
import type { OnRemoval } from "../core/removal";
import type { Watchable } from "../core/watched/watched";

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

/** Key of a system's logs, if they are to have one of their own. Gives all log groups of the stack to it. */
export function logKeyOf(stack: TerraformStack, site: Site, { logKey }: ObservationOf): string | undefined {
  if (logKey === "aws") return undefined;
  const { arn } = new LogKey(stack, "log-key", site);
  encryptLogs(stack, arn);
  return arn;
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

interface Watch extends Omit<Site, "onRemoval"> {
  /** Who hears of alarms; nobody, and there are none. */
  readonly topicArn: string | undefined;
  readonly dashboard: boolean;
  /** What is watched, by fixed words. */
  readonly watched: Readonly<Record<string, Watchable>>;
  /** What is on the dashboard besides, as another stack watches it. */
  readonly shown?: Readonly<Record<string, Watchable>>;
}

/** Alarms on everything named, and a page with all of it. */
export function watchOver(stack: TerraformStack, { name, region, topicArn, dashboard, watched, shown }: Watch): void {
  const alarms = topicArn === undefined ? undefined : new Alarms(stack, "alarms", { name, topicArn, watched });
  if (!dashboard) return;
  const alarmArns = Object.values(alarms?.arns ?? {});
  new MetricsDashboard(stack, "metrics", { name, region, alarmArns, watched: { ...watched, ...shown } });
}
