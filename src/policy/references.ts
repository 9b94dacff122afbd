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
