import type { Fault } from "./mistakes";

/**
 * What speaks against `name` for something that becomes part of names and addresses: lower-case letters, digits and single
 * dashes only, since two names that AWS or Terraform would write alike overwrite each other.
 */
export function nameFault(name: string, limit: number): Fault | undefined {
  const want = `1 to ${limit} lower-case letters, digits and single dashes, the first a letter`;
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, limit);
  const fix = plain ? `write ${plain.replace(/-$/, "")}` : "write a word such as shop";
  if (!/^[\w. -]*$/.test(name) || /[A-Z_. ]/.test(name)) return { code: "NAME_CHARSET", want, fix };
  if (!/^[a-z]/.test(name)) return { code: "NAME_START", want, fix };
  if (name.length > limit)
    return { code: "NAME_TOO_LONG", want: `${want}; it has ${name.length}`, fix: "choose a shorter name" };
  if (/--|-$/.test(name)) return { code: "NAME_DASH", want, fix };
  return undefined;
}
