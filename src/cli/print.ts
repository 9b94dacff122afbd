import { once } from "node:events";
import { createInterface } from "node:readline/promises";

/** Everything goes through here, so that a test can listen. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** What a person answers; left out where nobody can. */
  readonly ask?: (question: string, signal: AbortSignal) => Promise<string>;
  /** A person looks on: what goes on may move. @default false */
  readonly moving?: boolean;
}

export const terminal: Terminal = {
  out: printerTo(process.stdout),
  err: printerTo(process.stderr),
  ...(process.stdin.isTTY &&
    process.stderr.isTTY && { ask: (question, signal) => ask(question, signal, process.stdin, process.stderr) }),
  moving: process.stderr.isTTY && !process.env.CI && process.env.TERM !== "dumb",
};

/** Who reads no more (`| head`, a closed terminal) stops nothing: what we have started would be left alone with its lock. */
export function printerTo(stream: NodeJS.WritableStream): (text: string) => void {
  stream.on("error", () => {});
  return (text) => void stream.write(`${text}\n`);
}

/** Not as a terminal's own editor of lines: that would take Ctrl-C for itself. @returns nothing, as a text, after Ctrl-D */
export async function ask(
  question: string,
  signal: AbortSignal,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  const lines = createInterface({ input, output, terminal: false });
  try {
    // Where the input ends, a question waits for ever.
    return await Promise.race([lines.question(question, { signal }), once(lines, "close").then(() => "")]);
  } finally {
    lines.close();
  }
}

/** Lines of columns two spaces apart; the first column is text, the others are numbers. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  ");
  return rows.map(line).join("\n");
}

/** `118 kB`: the same in every locale. */
export function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1000)} kB`;
}

export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
