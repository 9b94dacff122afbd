export type Block = { readonly [argument: string]: unknown };

export interface StackDocument {
  readonly name: string;
  /** Parsed Terraform JSON. */
  readonly document: object;
}

export interface Entry {
  readonly stack: string;
  /** `aws_lb.public`, `data.aws_ssm_parameter.vpc`. */
  readonly address: string;
  readonly type: string;
  readonly body: Block;
}

/** The synthesized stacks of one system, read together: a reference may lead through a parameter into another stack. */
export class System {
  readonly entries: readonly Entry[];
  private readonly byAddress = new Map<string, Entry>();
  private readonly parameters = new Map<string, Entry>();

  constructor(stacks: readonly StackDocument[]) {
    this.entries = stacks.flatMap(entriesOf);
    for (const entry of this.entries) {
      this.byAddress.set(`${entry.stack}\n${entry.address}`, entry);
      if (entry.type === "aws_ssm_parameter") this.parameters.set(String(entry.body.name), entry);
    }
  }

  all(type: string): readonly Entry[] {
    return this.entries.filter((entry) => entry.type === type);
  }

  /** What a value of an entry refers to, followed through published parameters to the stack that owns it. */
  resolve(value: unknown, at: Entry, steps = 4): readonly Entry[] {
    if (Array.isArray(value)) return value.flatMap((item) => this.resolve(item, at, steps));
    return referencesIn(value).flatMap((address) => {
      const entry = this.byAddress.get(`${at.stack}\n${address}`);
      if (entry?.type !== "data.aws_ssm_parameter" || steps === 0) return entry ? [entry] : [];
      const owner = this.parameters.get(String(entry.body.name));
      return owner ? this.resolve(owner.body.insecure_value ?? owner.body.value, owner, steps - 1) : [entry];
    });
  }
}

/** A nested block, however it is written: Terraform reads one object and a list of one alike. */
export function blocks(value: unknown): readonly Block[] {
  return (Array.isArray(value) ? value : [value]).filter(isBlock);
}

export function isBlock(value: unknown): value is Block {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where in the code it was made: the name that people know it by. */
export function nameOf({ body, address }: Entry): string {
  const [comment] = blocks(body["//"]);
  const [metadata] = blocks(comment?.metadata);
  const [tags] = blocks(body.tags);
  const name = metadata?.path ?? tags?.Name ?? address;
  // Every thing that others can connect to keeps its group under this name.
  return String(name).replace(/\/connections\/group$/, "");
}

function entriesOf({ name: stack, document }: StackDocument): Entry[] {
  const { resource, data } = document as { resource?: unknown; data?: unknown };
  const read = (kinds: unknown, prefix: string) =>
    Object.entries(isBlock(kinds) ? kinds : {}).flatMap(([type, names]) =>
      Object.entries(isBlock(names) ? names : {}).map(([name, body]) => ({
        stack,
        type: `${prefix}${type}`,
        address: `${prefix}${type}.${name}`,
        body: isBlock(body) ? body : {},
      })),
    );
  return [...read(resource, ""), ...read(data, "data.")];
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== "string" || !value.includes("${")) return [];
  return [...value.matchAll(/(?<![\w.-])(?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*/g)].map(
    ([found]) => found,
  );
}
