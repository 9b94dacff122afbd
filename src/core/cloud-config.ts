/** A file that cloud-init writes when a machine boots for the first time, before the services of the machine start. */
export type BootFile = BootSettings | BootText | BootPackedText;

/** Settings of a machine. */
export interface BootSettings {
  readonly path: string;
  /** What it holds, as JSON. Values of other resources may stand in it, as plain text without quotes. No secrets. */
  readonly json: object;
}

/** A script, or any other text. */
export interface BootText {
  readonly path: string;
  readonly text: string;
  /**
   * Who may read, write and run it, as `chmod` takes it.
   * @default "0644"
   */
  readonly mode?: "0644" | "0755";
}

/** Text that would take up too much of the 16 KiB that EC2 takes. cloud-init unpacks it. */
export interface BootPackedText {
  readonly path: string;
  /**
   * Base64 of gzip. Let Terraform make it, by `base64gzip()`: its compressor gives the same bytes on every machine, which those
   * of Node do not.
   */
  readonly packed: string;
  /** @default "0644" */
  readonly mode?: "0644" | "0755";
}

/** A program and its arguments, as they are: no shell reads them. */
export type BootCommand = readonly [program: string, ...args: string[]];

export interface BootOptions {
  /**
   * What runs once, in this order, when the files are there and the machine is up. cloud-init goes on when one fails.
   * @default - nothing
   */
  readonly run?: readonly BootCommand[];
}

/**
 * User data that writes files and runs commands. cloud-init reads YAML, of which JSON is a part: there is nothing to indent or
 * to quote, whatever the files hold.
 *
 * @example cloudConfig([{ path: "/etc/slipway/mysql.json", json: { database: "wordpress" } }])
 */
export function cloudConfig(files: readonly BootFile[], { run = [] }: BootOptions = {}): string {
  const write_files = files.map((file) => ({
    path: file.path,
    owner: "root:root",
    permissions: ("json" in file ? undefined : file.mode) ?? "0644",
    ...contentOf(file),
  }));
  const document = run.length === 0 ? { write_files } : { write_files, runcmd: run };
  return `#cloud-config\n${jsonAsYaml(document)}\n`;
}

function contentOf(file: BootFile) {
  if ("packed" in file) return { encoding: "gz+b64", content: file.packed };
  return { content: "json" in file ? `${JSON.stringify(file.json)}\n` : file.text };
}

/** A document that readers of YAML 1.1 and 1.2 understand alike: JSON without the characters on which they differ. */
export function jsonAsYaml(document: object): string {
  return JSON.stringify(document).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (character) => {
    return `\\u${character.codePointAt(0)!.toString(16).padStart(4, "0")}`;
  });
}
