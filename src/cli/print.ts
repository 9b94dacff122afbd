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
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask }),
  moving: process.stderr.isTTY && !process.env.CI && process.env.TERM !== "dumb",
};

/** Not as a terminal's own editor of lines: that would take Ctrl-C for itself. */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    return await lines.question(question, { signal });
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
