import { gunzipSync } from "node:zlib";
import { type Doc, type Entry, view } from "./doc";
import { type Block, isBlock } from "./json";

/**
 * Parses JSON that is written inside an argument. References stay in place as text; their own quotes, which Terraform
 * reads before anybody reads the JSON, do not disturb.
 */
export function parseEmbedded(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Terraform would evaluate the whole: there is nothing to read before it has.
    if (!text.includes("${") || /^\s*\$\{/.test(text)) return undefined;
  }
  try {
    return JSON.parse(text.replace(/\$\{[^{}]*\}/g, (template) => template.replace(/\\?"/g, "'")));
  } catch {
    return undefined;
  }
}

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

export interface UserData {
  readonly entry: Entry;
  readonly argument: string;
  readonly text: string;
}

/** What machines run at their first boot, decoded. */
export const userData = view((doc: Doc): readonly UserData[] =>
  doc.all("aws_launch_template", "aws_instance", "aws_launch_configuration").flatMap((entry) =>
    ["user_data", "user_data_base64"].flatMap((argument) => {
      const value = entry.body[argument];
      return typeof value === "string" ? [{ entry, argument, text: decodeBase64(value) ?? value }] : [];
    }),
  ),
);

export interface Container {
  readonly entry: Entry;
  readonly name: string;
  readonly body: Block;
}

/** The containers of every task definition that can be read. */
export const containers = view((doc: Doc): readonly Container[] =>
  doc.all("aws_ecs_task_definition").flatMap((entry) => {
    const parsed = parseEmbedded(entry.body.container_definitions);
    return (Array.isArray(parsed) ? parsed : []).filter(isBlock).map((body) => ({ entry, name: `${body.name}`, body }));
  }),
);
