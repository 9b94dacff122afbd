import { randomInt } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SecretRecipe } from "../core/local-recipes";
import { CannotRun } from "./run";

type Recipes = Readonly<Record<string, SecretRecipe>>;

/**
 * Names of drawn secrets that have no file. Where data are kept that know them, they must not be drawn again.
 *
 * @throws CannotRun where nobody can tell
 */
export const lacking = (folder: string, recipes: Recipes) =>
  onDisk(folder, () =>
    Object.entries(recipes).flatMap(([file, recipe]) =>
      "letters" in recipe && !isThere(join(folder, file)) ? [file] : [],
    ),
  );

/**
 * Makes the files that containers read their secrets from. What was drawn once stays; what is put together from others is
 * written again when it would be another text.
 *
 * Containers read the files as users of their own, hence their mode; the folder keeps everybody else out.
 *
 * @returns names of the files that are new
 * @throws CannotRun where they cannot be read or written
 */
export const writeSecrets = (folder: string, recipes: Recipes): readonly string[] =>
  onDisk(folder, () => writeAll(folder, recipes));

function writeAll(folder: string, recipes: Recipes): readonly string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const written: string[] = [];
  const put = (file: string, content: string) => {
    const path = join(folder, file);
    if (isThere(path) && readFileSync(path, "utf8") === content) return;
    // Whole or not at all, should we be interrupted.
    writeFileSync(`${path}.new`, content, { mode: 0o444 });
    chmodSync(`${path}.new`, 0o444);
    renameSync(`${path}.new`, path);
    written.push(file);
  };
  const contentOf = (file: string, wanting: readonly string[] = []): string => {
    const recipe = recipes[file];
    if (!recipe || wanting.includes(file)) throw new Error(`no secret ${file} for ${wanting.join(", ")}`);
    if ("text" in recipe)
      return recipe.text.replace(/\{\{([\w.-]+)\}\}/g, (_, other) => contentOf(other, [...wanting, file]));
    const path = join(folder, file);
    if (!isThere(path)) put(file, letters(recipe.letters));
    return readFileSync(path, "utf8");
  };
  for (const file of Object.keys(recipes)) put(file, contentOf(file));
  return written;
}

export function removeSecrets(folder: string): void {
  onDisk(folder, () => rmSync(folder, { recursive: true, force: true }));
}

/** Unlike existsSync, it does not take what it may not see for what is not there. */
const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** Does `work` on the folder of a stack. @throws CannotRun for an error of the system, with what to do about it */
export function onDisk<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, path = folder, message } = error as NodeJS.ErrnoException;
    if (!(error instanceof Error) || code === undefined) throw error;
    const repair = ["EACCES", "EPERM"].includes(code)
      ? `it may belong to root, after sudo; give it back: sudo chown -R "$(id -un)" ${dirname(folder)}`
      : `make room for a folder of yours at ${folder}, then run the same command again`;
    throw new CannotRun(`the secrets cannot be used at ${path}: ${message}; ${repair}`);
  }
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const letters = (count: number) => Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]).join("");
