import { decodeBase64 } from "../core/base64";
import { asBlock, type Block, blocks, isBlock } from "../core/terraform-json";
import { type Doc, type Entry, view } from "./doc";

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
      return typeof value === "string" ? [{ entry, argument, text: bootText(doc, value) }] : [];
    }),
  ),
);

/** A whole argument, or a part of a text, that Terraform encodes from a local value. */
const encoding = /\$\{base64(?:encode|gzip)\(local\.([\w-]+)\)\}/g;

/** What a machine will read: encoded here, or by Terraform from local values, which may hold others in turn. */
function bootText(doc: Doc, value: string): string {
  const locals = asBlock(doc.document.locals);
  const expanded = (text: string) =>
    text.replace(encoding, (whole, name: string) => (typeof locals[name] === "string" ? locals[name] : whole));
  const whole = expanded(value);
  const text = decodeBase64(whole) ?? whole;
  // What is packed stands between quotes of a cloud-config: put in there, it would be no JSON any more.
  const files = writtenFiles(text).map((content) => decodeBase64(content) ?? expanded(content));
  return [expanded(text), ...files].join("\n");
}

/** Files of a cloud-config whose YAML is JSON, as ours are: line ends inside them are otherwise two characters. */
function writtenFiles(text: string): string[] {
  const { write_files } = asBlock(parseEmbedded(text.replace(/^#cloud-config\n/, "")));
  return blocks(write_files).map(({ content }) => `${content}`);
}

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
