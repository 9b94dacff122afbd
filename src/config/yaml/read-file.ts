import { readFileSync, statSync } from "node:fs";
import { limits } from "../limits";
import type { Fault } from "../mistakes";

/** The text of a file, or why there is none. */
export type FileText = { readonly text: string } | { readonly fault: Fault & { readonly got: string } };

/** Reads a small UTF-8 text file. Does not throw, and does not wait for a pipe that nobody writes to. */
export function readText(file: string): FileText {
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) return refuse("FILE_DIRECTORY", "a folder", "a file", "name a file in it");
    if (!stats.isFile()) return refuse("FILE_KIND", "a device or a pipe", "a regular file", "save the text to a file");
    if (stats.size > limits.fileBytes) {
      const want = `at most ${limits.fileBytes} bytes`;
      return refuse("FILE_TOO_LARGE", `${stats.size} bytes`, want, "a description is text: look at what is in it");
    }
    return decode(readFileSync(file));
  } catch (error) {
    const { code = "UNKNOWN" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      return refuse("FILE_MISSING", "nothing", "a file", "compare the name with the files in environments/");
    }
    return refuse("FILE_UNREADABLE", code, "a file that may be read", "compare its owner and its mode with yours");
  }
}

function decode(bytes: Buffer): FileText {
  const marks = { "UTF-16": [0xfffe, 0xfeff], "UTF-8 with a byte order mark": [0xefbb] };
  const start = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  const mark = Object.entries(marks).find(([, starts]) => starts.includes(start))?.[0];
  if (mark) return refuse("FILE_BOM", mark, "UTF-8 without a byte order mark", "save the file as plain UTF-8");
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return refuse("FILE_ENCODING", "bytes that are no UTF-8", "UTF-8 text", "save the file as plain UTF-8");
  }
}

function refuse(code: string, got: string, want: string, fix: string): FileText {
  return { fault: { code, got, want, fix } };
}
