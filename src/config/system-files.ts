import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readText } from "./yaml/read-file";

/** A text file of `systems/`, which ends up on a machine. */
export interface SystemFile {
  /** Relative to the folder that was read, with slashes on every system. */
  readonly path: string;
  readonly text: string;
}

/** Files that cannot be handed to a machine, with everything that is wrong with them. */
export class InvalidSystemFiles extends Error {
  constructor(readonly complaints: readonly string[]) {
    super(complaints.join("; "));
    this.name = "InvalidSystemFiles";
  }

  /** What to print: a mistake of whoever wrote the files, not of the program. */
  report(): string {
    return ["error: files of a system cannot be used", ...this.complaints.map((complaint) => `  ${complaint}`)].join(
      "\n",
    );
  }
}

/**
 * Every text file below a folder of the project, in the order of their paths. Hidden files, such as those of editors, and
 * what Python leaves behind are left out.
 *
 * @param root folder of the project: it is where the program was started from, which a bundle cannot know by itself
 * @param folder relative to it, such as `systems/guestbook/boot`
 * @throws InvalidSystemFiles with all that is wrong; nothing is returned then
 */
export function readSystemFiles(root: string, folder: string): readonly SystemFile[] {
  const complaints: string[] = [];
  const files = pathsBelow(join(root, folder), "").flatMap((path): SystemFile[] => {
    const text = readPlainText(root, `${folder}/${path}`, complaints);
    return text === undefined ? [] : [{ path, text }];
  });
  if (files.length === 0 && complaints.length === 0) {
    complaints.push(`${folder}: want files in it, got none; restore the folder from version control`);
  }
  if (complaints.length > 0) throw new InvalidSystemFiles(complaints);
  return files;
}

/** The text of one of the files, which must be there. */
export function systemFile(files: readonly SystemFile[], path: string): string {
  const file = files.find((one) => one.path === path);
  if (file) return file.text;
  const known = files.map((one) => one.path).join(", ");
  throw new InvalidSystemFiles([`${path}: want a file, got nothing; there are ${known}`]);
}

/** The text of one file of the project, relative to its root. What is wrong with it is added to the complaints. */
export function readPlainText(root: string, path: string, complaints: string[]): string | undefined {
  const found = readText(join(root, path));
  const complaint = "fault" in found ? faultText(found.fault) : strayIn(found.text);
  if (complaint) complaints.push(`${path}: ${complaint}`);
  return "text" in found ? found.text : undefined;
}

/** By code units, so that the order is the same in every language and on every file system. */
const byCode = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function pathsBelow(folder: string, prefix: string): string[] {
  return entriesOf(folder)
    .filter(({ name }) => !name.startsWith(".") && name !== "__pycache__")
    .flatMap((entry) =>
      entry.isDirectory() ? pathsBelow(join(folder, entry.name), `${prefix}${entry.name}/`) : [prefix + entry.name],
    )
    .sort(byCode);
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // That nothing was found is said with the folder's name.
  }
}

function faultText({ code, want, got, fix }: { code: string; want: string; got: string; fix: string }): string {
  const repair = code === "FILE_MISSING" ? "restore it from version control, or remove the link to it" : fix;
  return `want ${want}, got ${got}; ${repair}`;
}

/** Shells and kernels read a carriage return as a part of the line, and no text holds a NUL. */
function strayIn(text: string): string | undefined {
  if (text.includes("\0")) return "want text, got a NUL byte; keep programs and archives out of this folder";
  if (text.includes("\r")) return "want Unix line ends, got a carriage return; save the file with LF";
  return undefined;
}
