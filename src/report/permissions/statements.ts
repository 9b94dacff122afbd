import type { Condition } from "./grant";

/** A statement of a policy of IAM, as AWS reads it. */
export interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** One action on some resources. */
export interface Allowance {
  readonly action: string;
  readonly resources: readonly string[];
  readonly condition?: Condition | undefined;
}

/** Says the same in as few statements as it takes: actions that go with the same resources and tests together. */
export function together(allowances: readonly Allowance[]): Statement[] {
  const byAction = new Map<string, { action: string; resources: Set<string>; condition: Condition | undefined }>();
  for (const { action, resources, condition } of allowances) {
    const key = `${action} ${JSON.stringify(condition)}`;
    const one = byAction.get(key) ?? { action, resources: new Set(), condition };
    for (const resource of resources) one.resources.add(resource);
    byAction.set(key, one);
  }
  const statements = new Map<string, { actions: Set<string>; resources: string[]; condition: Condition | undefined }>();
  for (const { action, resources: all, condition } of byAction.values()) {
    const resources = essential([...all]);
    if (resources.length === 0) continue;
    const key = JSON.stringify([resources, condition]);
    const one = statements.get(key) ?? { actions: new Set(), resources, condition };
    statements.set(key, { ...one, actions: one.actions.add(action) });
  }
  return [...statements.values()]
    .map(({ actions, resources, condition }) => ({
      Effect: "Allow" as const,
      Action: [...actions].sort(),
      Resource: resources,
      ...(condition && { Condition: condition }),
    }))
    .sort((a, b) => compare(keyOf(a), keyOf(b)));
}

/** Without what another pattern takes in. */
function essential(patterns: readonly string[]): string[] {
  const covers = (a: string, b: string) => a !== b && a.endsWith("*") && b.startsWith(a.slice(0, -1));
  return patterns.filter((one) => !patterns.some((other) => covers(other, one))).sort(compare);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const keyOf = ({ Action, Resource, Condition }: Statement) => JSON.stringify([Action[0], Resource, Condition]);
