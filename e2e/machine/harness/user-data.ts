import type { Json, Stack } from "../../support/stacks";

/** The resource of a stack at a Terraform address, such as `aws_instance.database`. */
export function resourceAt({ name, document }: Stack, address: string): Json {
  const [type = "", key = ""] = address.split(".");
  const found = document.resource?.[type]?.[key];
  if (found) return found;
  const all = Object.keys(document.resource?.[type] ?? {}).map((each) => `${type}.${each}`);
  throw new Error(`${name} has no ${address}${all.length > 0 ? `, but ${all.join(", ")}` : ""}`);
}

/**
 * What a machine of the stack is given at its first boot: the text that Terraform would make of the synthesized one, with
 * `values` for what its references stand for.
 */
export function userDataOf(stack: Stack, address: string, values: Readonly<Record<string, string>> = {}): string {
  const { user_data: written } = resourceAt(stack, address);
  if (typeof written !== "string") throw new Error(`${stack.name}: ${address} has no user data`);
  // Launch templates take it in base64: either Terraform encodes it, or synthesis has.
  const encoded = /^\$\{base64encode\((".*")\)\}$/s.exec(written);
  if (encoded) return evaluated(JSON.parse(encoded[1]!), values);
  if (address.startsWith("aws_launch_template.")) return Buffer.from(written, "base64").toString("utf8");
  return evaluated(written, values);
}

/**
 * A Terraform template with the values of its references. Whatever else would have to be evaluated is an error: a machine
 * must not boot with half of an expression in its settings.
 */
export function evaluated(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(
    /([$%])\1\{|\$\{"\$"\}|[$%]\{([^}]*)\}?/g,
    (found: string, escaped?: string, expression?: string) => {
      if (escaped) return `${escaped}{`;
      if (expression === undefined) return "$";
      const value = found.startsWith("$") && Object.hasOwn(values, expression) ? values[expression] : undefined;
      if (value === undefined) throw new Error(`user data: nothing is known for ${found}`);
      return value;
    },
  );
}

/**
 * The only thing in the user data of a test that no stack says: where the AWS API is. On AWS nobody has to say it. It goes
 * into each file of settings, beside what the stack has written there.
 */
export function withEndpoint(userData: string, endpoint: string): string {
  const head = "#cloud-config\n";
  if (!userData.startsWith(head)) throw new Error("user data: no cloud-config to tell the endpoint to");
  const { write_files, ...rest } = JSON.parse(userData.slice(head.length));
  const files = (write_files as Json[]).map((file) => {
    if (!/^\/etc\/slipway\/[^/]+\.json$/.test(file.path)) return file;
    return { ...file, content: `${JSON.stringify({ ...JSON.parse(file.content), endpoint })}\n` };
  });
  return `${head}${JSON.stringify({ ...rest, write_files: files })}\n`;
}
