import { literal } from "./literal";

/**
 * Tags as Terraform must read them: names and values are plain text, also where they look like an expression.
 *
 * @param own what a resource adds by itself, and nobody overrides
 */
export function plainTags<Own extends Readonly<Record<string, string>>>(
  tags: Readonly<Record<string, string>> | undefined,
  own: Own,
): Record<string, string> & Own {
  const plain = Object.entries(tags ?? {}).map(([key, value]) => [literal(key), literal(value)] as const);
  return { ...Object.fromEntries(plain), ...own };
}
