import type { Construct } from "constructs";
import { AccessLogBucket } from "../../modules/access-log-bucket";
import type { OnRemoval } from "../core/removal";

/** Where a system's entrance writes its access logs, if its description says for how many days. */
export function accessLogsOf(
  scope: Construct,
  name: string,
  days: number | undefined,
  onRemoval: OnRemoval,
): AccessLogBucket | undefined {
  if (days === undefined) return undefined;
  return new AccessLogBucket(scope, "access-logs", { name: `${name}-access-logs`, days, onRemoval });
}
