import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Where the control repository is. */
export const control = join(__dirname, "../../systems/guestbook/puppet");

/** The control repository, as Terraform puts it into the bucket: text by path. */
export function controlFiles(): Record<string, string> {
  const paths = readdirSync(control, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    paths.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(control, path), readFileSync(path, "utf8")];
    }),
  );
}
