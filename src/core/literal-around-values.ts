import { literal } from "./literal";

/** Where a value of another resource stands in a text, before synthesis. */
const value = /(\$\{TfToken\[[^\]]*\]\})/;

/**
 * The text as Terraform must read it: values of other resources are filled in, everything else stays as it is written.
 *
 * CDKTF takes what follows an open `$${` for the inside of an expression, and a value there for a part of it. So that no
 * text can swallow the values after it, a dollar sign beside values is an expression of its own, which closes at once.
 */
export function literalAroundValues(text: string): string {
  const parts = text.split(value);
  if (parts.length === 1) return literal(text);
  return parts
    .map((part) => (value.test(part) ? part : part.replace(/\$(?=\{)/g, '${"$"}').replace(/%(?=\{)/g, "%%")))
    .join("");
}
