import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { type Group, groups, limitPriority } from "./groups";
import type { Limit, WebAclProps } from "./props";

type Settings = Required<Pick<WebAclProps, "name" | "groups" | "limits" | "mode" | "counted">> &
  Pick<WebAclProps, "requests">;

/** The rules, in the order in which a request meets them. Their places come from fixed numbers, so that none moves. */
export function rulesOf({ name, groups: chosen, limits, requests, mode, counted }: Settings): Wafv2WebAclRule[] {
  const counts = (word: string) => mode === "count" || counted.includes(word);
  const seen = (word: string) => ({
    name: word,
    visibilityConfig: visibilityOf(`${name}-${word}`),
  });
  const words = Object.keys(limits).sort();
  const limited = (word: string, index: number, requests: number, limit?: Limit): Wafv2WebAclRule => ({
    ...seen(word),
    priority: limitPriority + index,
    action: counts(word) ? { count: {} } : { block: {} },
    statement: rate(requests, limit),
  });
  const managed = (group: Group): Wafv2WebAclRule => ({
    ...seen(group),
    priority: groups[group].priority,
    overrideAction: counts(group) ? { count: {} } : { none: {} },
    statement: managedGroup(group),
  });
  return [
    ...chosen.map(managed),
    ...words.map((word, index) => limited(word, index, limits[word]!.requests, limits[word])),
    ...(requests === undefined ? [] : [limited("requests", words.length, requests)]),
  ].sort((a, b) => a.priority - b.priority);
}

export const visibilityOf = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});

/** Statements nest without end, so the bindings take them as the provider reads them: names in snake_case. */
function managedGroup(group: Group) {
  const { managed, counted = [] } = groups[group];
  return {
    managed_rule_group_statement: {
      vendor_name: "AWS",
      name: managed,
      rule_action_override: counted.map((name) => ({ name, action_to_use: { count: {} } })),
    },
  };
}

function rate(limit: number, { path }: Partial<Limit> = {}) {
  const below = {
    byte_match_statement: {
      search_string: path?.toLowerCase(),
      field_to_match: { uri_path: {} },
      positional_constraint: "STARTS_WITH",
      // The server reads %77p-login.php and //wp-login.php as it does the plain name.
      text_transformation: ["URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"].map((type, priority) => ({ priority, type })),
    },
  };
  return {
    rate_based_statement: {
      limit,
      aggregate_key_type: "IP",
      ...(path === undefined ? {} : { scope_down_statement: below }),
    },
  };
}
