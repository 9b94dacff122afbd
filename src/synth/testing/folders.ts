import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made: string[] = [];

/** An empty folder that `removeFolders` takes away again. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "slipway-test-"));
  made.push(path);
  return path;
}

export function removeFolders(): void {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
}

/** Path and text of every file below a folder. */
export function filesIn(path: string): Record<string, string> {
  const files = readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    files
      .filter((file) => statSync(join(path, file)).isFile())
      .map((file) => [file, readFileSync(join(path, file), "utf8")]),
  );
}
