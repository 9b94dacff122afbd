import { decodeBase64 } from "../core/base64";
import { type Block, isBlock } from "../core/terraform-json";
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
