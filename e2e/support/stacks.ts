// biome-ignore lint/suspicious/noExplicitAny: what Terraform reads is plain JSON
export type Json = Record<string, any>;

/** One synthesized stack. */
export interface Stack {
  readonly name: string;
  /** System and environment it belongs to, as its tags or labels say: `wordpress of dev`. Stacks of one copy see each other. */
  readonly copy: string;
  readonly environment: string;
  /** Whether its description says that data are kept. */
  readonly keeps: boolean;
  /** What it runs on. */
  readonly target: "aws" | "docker";
  readonly document: Json;
}

export function stackOf(name: string, document: Json): Stack {
  const target = document.provider?.docker ? "docker" : "aws";
  const tags = target === "docker" ? labelsOf(document) : document.provider?.aws?.[0]?.default_tags?.[0]?.tags;
  const [system, environment, removal] = ["system", "environment", "on-removal"].map((key) => tags?.[`slipway:${key}`]);
  return { name, copy: `${system} of ${environment}`, environment, keeps: removal === "keep", target, document };
}

/** Labels of a local stack's network, in the form of tags. */
function labelsOf(document: Json): Record<string, string> {
  const [network] = blocks(document, "resource", "docker_network");
  const labels = (network?.labels ?? []) as { label: string; value: string }[];
  return Object.fromEntries(labels.map(({ label, value }) => [label.replace(".", ":"), value]));
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
