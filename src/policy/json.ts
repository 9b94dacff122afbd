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
