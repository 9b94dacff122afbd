import { asBlock, type Block, blocks, constructPath, eachAddress, foundIn } from "../core/terraform-json";

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

/** Where in the code it was made: the name that people know it by. */
export function nameOf({ body, address }: Entry): string {
  const [tags] = blocks(body.tags);
  const name = constructPath(body) ?? tags?.Name ?? address;
  // Every thing that others can connect to keeps its group under this name.
  return String(name).replace(/\/connections\/group$/, "");
}

/** The image of a container on this machine, by its name. */
export function imageOf(container: Entry, system: System): string {
  const [image] = system.resolve(container.body.image, container);
  return String(image?.body.name ?? container.body.image);
}

function entriesOf({ name: stack, document }: StackDocument): Entry[] {
  return (["resource", "data"] as const).flatMap((kind) =>
    [...foundIn(document as Block, kind)].map(({ type, address, body }) => ({
      ...{ stack, type, address, body: asBlock(body) },
    })),
  );
}

function referencesIn(value: unknown): string[] {
  const found: string[] = [];
  if (typeof value === "string") eachAddress(value, (address) => found.push(address));
  return found;
}
