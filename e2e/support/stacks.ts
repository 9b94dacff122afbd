// biome-ignore lint/suspicious/noExplicitAny: what Terraform reads is plain JSON
export type Json = Record<string, any>;

/** One synthesized stack. */
export interface Stack {
  readonly name: string;
  /** System and environment it belongs to, as its tags say: `wordpress of dev`. Stacks of one copy see each other. */
  readonly copy: string;
  readonly environment: string;
  readonly document: Json;
}

export function stackOf(name: string, document: Json): Stack {
  const { "slipway:system": system, "slipway:environment": environment } =
    document.provider?.aws?.[0]?.default_tags?.[0]?.tags ?? {};
  return { name, copy: `${system} of ${environment}`, environment, document };
}

/** Stacks as rows of a table of tests, each with its name in front. */
export const named = (stacks: readonly Stack[]) => stacks.map((stack) => [stack.name, stack] as const);

/** The stacks of each copy of a system, in the order in which they can be applied. */
export function copies(stacks: readonly Stack[]): (readonly [copy: string, stacks: Stack[]])[] {
  const names = [...new Set(stacks.map(({ copy }) => copy))];
  return names.map((copy) => [copy, inOrder(stacks.filter((stack) => stack.copy === copy))] as const);
}

/** Owners of values before their readers: a stack that reads an SSM parameter comes after the one that writes it. */
export function inOrder(stacks: readonly Stack[]): Stack[] {
  const ordered: Stack[] = [];
  while (ordered.length < stacks.length) {
    const waiting = stacks.filter((stack) => !ordered.includes(stack));
    const next = waiting.find(
      ({ document }) => !waiting.some((other) => other.document !== document && feeds(other.document, document)),
    );
    if (!next) throw new Error(`these stacks wait for each other: ${waiting.map(({ name }) => name).join(", ")}`);
    ordered.push(next);
  }
  return ordered;
}

/** Every resource or data source of a type, in any order. */
export const blocks = (document: Json, mode: "resource" | "data", type: string): Json[] =>
  Object.values(document[mode]?.[type] ?? {});

function feeds(owner: Json, reader: Json): boolean {
  const written = blocks(owner, "resource", "aws_ssm_parameter").map(({ name }) => name);
  return blocks(reader, "data", "aws_ssm_parameter").some(({ name }) => written.includes(name));
}
