export type Block = { readonly [argument: string]: unknown };

export function isBlock(value: unknown): value is Block {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asBlock(value: unknown): Block {
  return isBlock(value) ? value : {};
}

/** A nested block, however it is written: Terraform reads one object and a list of one alike. */
export function blocks(value: unknown): readonly Block[] {
  if (Array.isArray(value)) return value.filter(isBlock);
  return isBlock(value) ? [value] : [];
}

export function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Whether an argument has a value as Terraform would read it: `true` and `"true"` are the same, nothing equals absence. */
export function same(value: unknown, wanted: unknown): boolean {
  return value !== undefined && value !== null && String(value) === String(wanted);
}

const address = /(?<![\w.$-])(data\.)?([a-z][a-z0-9]*_[a-z0-9_]+)\.([A-Za-z_][\w-]*)/g;

/**
 * Calls `meet` with every `type.name` and `data.type.name` that a text refers to. Text outside `${…}` is looked at as well:
 * a word that looks like an address but is none finds nothing in the document.
 */
export function eachAddress(text: string, meet: (address: string) => void): void {
  const start = text.indexOf("${");
  if (start < 0 || (text[start - 1] === "$" && text.indexOf("${", start + 1) < 0)) return;
  address.lastIndex = start;
  for (let match = address.exec(text); match; match = address.exec(text)) {
    meet(`${match[1] ?? ""}${match[2]}.${match[3]}`);
  }
}

/** Whether a value is only known to Terraform. */
export function isReference(value: unknown): boolean {
  return typeof value === "string" && /(?<!\$)\$\{/.test(value);
}

/** Visits every text in a value. `path` is only put together when asked for. */
export function eachText(value: unknown, visit: (text: string, key: string, path: () => string) => void): void {
  const keys: string[] = [];
  const path = () => keys.join(".");
  const descend = (part: unknown): void => {
    if (typeof part === "string") {
      visit(part, keys[keys.length - 1] ?? "", path);
    } else if (Array.isArray(part)) {
      for (let index = 0; index < part.length; index++) {
        keys.push(String(index));
        descend(part[index]);
        keys.pop();
      }
    } else if (isBlock(part)) {
      for (const key in part) {
        keys.push(key);
        descend(part[key]);
        keys.pop();
      }
    }
  };
  descend(value);
}

/** A resource or data source of a document. */
export interface Found {
  /** As Terraform prints it: `aws_vpc.main`, `data.aws_ami.web`. */
  readonly address: string;
  /** `aws_vpc`, `data.aws_ami`. */
  readonly type: string;
  readonly name: string;
  readonly body: unknown;
}

/** What stands under `resource` or `data` of a document, in its order. */
export function* foundIn(document: Block, under: "resource" | "data"): Generator<Found> {
  const prefix = under === "data" ? "data." : "";
  for (const [kind, names] of Object.entries(asBlock(document[under]))) {
    const type = `${prefix}${kind}`;
    for (const [name, body] of Object.entries(asBlock(names))) yield { address: `${type}.${name}`, type, name, body };
  }
}

/** Construct path of what cdktf synthesized. */
export function constructPath(body: Block): string | undefined {
  const { path } = asBlock(asBlock(body["//"]).metadata);
  return typeof path === "string" ? path : undefined;
}
