import { randomInt } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SecretRecipe } from "./local-stack";

type Recipes = Readonly<Record<string, SecretRecipe>>;

/** Names of drawn secrets that have no file. Where data are kept that know them, they must not be drawn again. */
export const lacking = (folder: string, recipes: Recipes) =>
  Object.entries(recipes).flatMap(([file, recipe]) =>
    "letters" in recipe && !existsSync(join(folder, file)) ? [file] : [],
  );

/**
 * Makes the files that containers read their secrets from. What was drawn once stays; what is put together from others is
 * written again when it would be another text.
 *
 * Containers read the files as users of their own, hence their mode; the folder keeps everybody else out.
 *
 * @returns names of the files that are new
 */
export function writeSecrets(folder: string, recipes: Recipes): readonly string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const written: string[] = [];
  const put = (file: string, content: string) => {
    const path = join(folder, file);
    if (existsSync(path) && readFileSync(path, "utf8") === content) return;
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
    if (!existsSync(path)) put(file, letters(recipe.letters));
    return readFileSync(path, "utf8");
  };
  for (const file of Object.keys(recipes)) put(file, contentOf(file));
  return written;
}

export function removeSecrets(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const letters = (count: number) => Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]).join("");
