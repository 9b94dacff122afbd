/** A file that cloud-init writes when a machine boots for the first time, before the services of the machine start. */
export interface BootFile {
  readonly path: string;
  /** What it holds, as JSON. Values of other resources may stand in it, as plain text without quotes. No secrets. */
  readonly json: object;
}

/**
 * User data that does nothing but write files. cloud-init reads YAML, of which JSON is a part: there is nothing to indent or to
 * quote, whatever the files hold.
 *
 * @example cloudConfig([{ path: "/etc/slipway/mysql.json", json: { database: "wordpress" } }])
 */
export function cloudConfig(files: readonly BootFile[]): string {
  const write_files = files.map(({ path, json }) => ({
    path,
    owner: "root:root",
    permissions: "0644",
    content: `${JSON.stringify(json)}\n`,
  }));
  return `#cloud-config\n${yamlOfJson(JSON.stringify({ write_files }))}\n`;
}

/** YAML 1.1, which cloud-init reads, refuses or folds a few characters that JSON leaves as they are. */
function yamlOfJson(json: string): string {
  return json.replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (character) => {
    return `\\u${character.codePointAt(0)!.toString(16).padStart(4, "0")}`;
  });
}
