import { gunzipSync } from "node:zlib";

/** The text behind Base64, unzipped where it was zipped; nothing when the value is no Base64 or hides no text. */
export function decodeBase64(value: string): string | undefined {
  if (value.length % 4 !== 0 || !/^[A-Za-z0-9+/\s]+={0,2}$/.test(value)) return undefined;
  const bytes = Buffer.from(value, "base64");
  try {
    const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their presence is what tells bytes from text
    return /[\u0000-\u0008\u000e-\u001a\ufffd]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
