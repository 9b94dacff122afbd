import { asBlock, type Block, blocks, eachAddress, foundIn, isBlock } from "../core/terraform-json";

/** One addressable piece of a document: a resource, a data source, a provider, an output, or the `terraform` block. */
export interface Entry {
  readonly stack: string;
  /** As Terraform prints it: `aws_vpc.main`, `data.aws_ami.web`, `provider.aws`, `terraform`. */
  readonly address: string;
  /** `aws_vpc`, `data.aws_ami`, `provider.aws`, `terraform`, `output`, … */
  readonly type: string;
  readonly name: string;
  readonly body: Block;
}

/** A synthesized stack, read once: entries by type and address, and who refers to whom. */
export class Doc {
  readonly entries: Entry[] = [];
  private readonly byType = new Map<string, Entry[]>();
  private readonly byAddress = new Map<string, Entry>();
  private readonly pointingAt = new Map<Entry, Entry[]>();

  constructor(
    readonly stack: string,
    readonly document: Block,
  ) {
    for (const [kind, value] of Object.entries(document)) {
      if (kind === "resource" || kind === "data") {
        for (const { type, name, address, body } of foundIn(document, kind)) this.add(type, name, address, body);
      } else if (kind === "provider") this.addProviders(value);
      else if (kind === "terraform") this.add(kind, kind, kind, value);
      else if (kind !== "//") {
        for (const [name, body] of Object.entries(asBlock(value))) this.add(kind, name, `${kind}.${name}`, body);
      }
    }
    for (const entry of this.entries) this.connect(entry);
  }

  /** How many resources and data sources. */
  get size(): number {
    return this.entries.reduce((sum, { type }) => (type.includes("_") ? sum + 1 : sum), 0);
  }

  /** Everything of the given types, in the order of the document. */
  all(...types: string[]): readonly Entry[] {
    return types.length === 1 ? (this.byType.get(types[0]!) ?? []) : types.flatMap((type) => this.all(type));
  }

  /** What the first reference of a value such as `${aws_vpc.main.id}` points at, when it is in this document. */
  follow(value: unknown): Entry | undefined {
    return this.followAll(value)[0];
  }

  /** What the references of a value, or of a list of values, point at. */
  followAll(value: unknown): Entry[] {
    if (Array.isArray(value)) return value.flatMap((item) => this.followAll(item));
    const found: Entry[] = [];
    if (typeof value === "string") {
      eachAddress(value, (address) => {
        const entry = this.byAddress.get(address);
        if (entry) found.push(entry);
      });
    }
    return found;
  }

  /** Who refers to an entry, anywhere in its arguments, of one type or of all. */
  referrers(entry: Entry, type?: string): readonly Entry[] {
    const all = this.pointingAt.get(entry) ?? [];
    return type === undefined ? all : all.filter((referrer) => referrer.type === type);
  }

  /**
   * Whether this copy protects its data: the tag `slipway:on-removal` that the provider puts on everything, or the label
   * `slipway.on-removal` of a network on Docker. Without a clear word it does.
   */
  get onRemoval(): "keep" | "destroy" {
    const said = [
      ...this.all("provider.aws").flatMap((provider) =>
        blocks(provider.body.default_tags).map(({ tags }) => asBlock(tags)["slipway:on-removal"]),
      ),
      ...this.all("docker_network").flatMap(({ body }) =>
        blocks(body.labels).flatMap(({ label, value }) => (label === "slipway.on-removal" ? [value] : [])),
      ),
    ];
    return said.length > 0 && said.every((word) => word === "destroy") ? "destroy" : "keep";
  }

  private addProviders(providers: unknown): void {
    for (const [name, bodies] of Object.entries(asBlock(providers))) {
      for (const body of blocks(bodies)) {
        const alias = typeof body.alias === "string" ? `.${body.alias}` : "";
        this.add(`provider.${name}`, name, `provider.${name}${alias}`, body);
      }
    }
  }

  private add(type: string, name: string, address: string, body: unknown): void {
    const entry = { stack: this.stack, address, type, name, body: isBlock(body) ? body : { value: body } };
    this.entries.push(entry);
    this.byAddress.set(address, entry);
    const siblings = this.byType.get(type);
    if (siblings) siblings.push(entry);
    else this.byType.set(type, [entry]);
  }

  private connect(entry: Entry): void {
    const seen = new Set<Entry>();
    const meet = (address: string) => {
      const target = this.byAddress.get(address);
      if (!target || target === entry || seen.has(target)) return;
      seen.add(target);
      const others = this.pointingAt.get(target);
      if (others) others.push(entry);
      else this.pointingAt.set(target, [entry]);
    };
    const visit = (value: unknown): void => {
      if (typeof value === "string") eachAddress(value, meet);
      else if (Array.isArray(value)) for (const item of value) visit(item);
      else if (isBlock(value)) for (const key in value) if (key !== "//") visit(value[key]);
    };
    visit(entry.body);
    for (const bare of Array.isArray(entry.body.depends_on) ? entry.body.depends_on : []) meet(String(bare));
  }
}

/** Something that several rules read from a document: worked out once per document. */
export function view<T>(derive: (doc: Doc) => T): (doc: Doc) => T {
  const known = new WeakMap<Doc, T>();
  return (doc) => {
    const before = known.get(doc);
    if (before !== undefined) return before;
    const value = derive(doc);
    known.set(doc, value);
    return value;
  };
}
