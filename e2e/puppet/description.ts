import { gzipSync } from "node:zlib";
import { evaluated, resourceAt, withEndpoint } from "../machine/harness/user-data";
import { type Edit, environments, synthesize } from "../support/project";
import type { Json, Stack } from "../support/stacks";

/** What references of the stack stand for here, by the beginning of the address that they name. */
export type Made = Readonly<Record<string, string>>;

/** The stack of the guestbook as the project makes it, read as Terraform would. */
export class Description {
  private constructor(private readonly stack: Stack) {}

  static async ofDev(): Promise<Description> {
    // The other systems are no matter here.
    const alone: Edit = (description) => {
      for (const system of ["wordpress", "wordpressMysql", "dashboard"]) description.delete(system);
    };
    const stacks = await synthesize(Object.fromEntries(environments().map((name) => [name, alone])));
    const found = stacks.find(({ name }) => name === "guestbook-dev");
    if (!found) throw new Error(`no stack guestbook-dev, but ${stacks.map(({ name }) => name).join(", ")}`);
    return new Description(found);
  }

  /** Settings that the user data of a machine writes. */
  settings(machine: string): Json {
    const written: string = this.template(machine);
    const { write_files } = JSON.parse(written.slice(written.indexOf("{")));
    return JSON.parse((write_files as Json[]).find(({ path }) => path.startsWith("/etc/slipway/"))!.content);
  }

  /** User data of a machine, with what only a test has to say: where the AWS API is, and further settings. */
  userData(machine: string, made: Made, endpoint: string, further: object = {}): string {
    const told = withEndpoint(this.evaluated(this.template(machine), made), endpoint);
    const { write_files, ...rest } = JSON.parse(told.slice(told.indexOf("{")));
    const files = (write_files as Json[]).map((file) => {
      if (!file.path.startsWith("/etc/slipway/")) return file;
      return { ...file, content: JSON.stringify({ ...JSON.parse(file.content), ...further }) };
    });
    return `#cloud-config\n${JSON.stringify({ write_files: files, ...rest })}\n`;
  }

  /** What Terraform puts into the bucket of the control repository: text by path. */
  controlFiles(made: Made): Record<string, string> {
    const objects: Json[] = Object.values(this.stack.document.resource.aws_s3_object);
    return Object.fromEntries(objects.map(({ key, content }) => [key, this.evaluated(content, made)]));
  }

  private template(machine: string): string {
    const templates = Object.keys(this.stack.document.resource.aws_launch_template);
    const address = `aws_launch_template.${templates.find((name) => name.startsWith(`${machine}_`))}`;
    const { user_data } = resourceAt(this.stack, address);
    return this.local(/^\$\{base64encode\(local\.([\w-]+)\)\}$/.exec(user_data)![1]!);
  }

  private local(name: string): string {
    return this.stack.document.locals[name];
  }

  private evaluated(text: string, made: Made): string {
    const values: Record<string, string> = {};
    for (const [, expression] of text.matchAll(/(?<!\$)\$\{([^}"]+)\}/g)) {
      const packed = /^base64gzip\(local\.([\w-]+)\)$/.exec(expression!)?.[1];
      const known = Object.keys(made).find((beginning) => expression!.startsWith(beginning));
      if (packed) values[expression!] = gzipSync(this.evaluated(this.local(packed), made)).toString("base64");
      else if (known) values[expression!] = made[known]!;
    }
    return evaluated(text, values);
  }
}
