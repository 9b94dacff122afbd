/** What is wrong with one value, in the words of an error message: it *must be* `want`; `fix` most likely repairs it. */
export interface Fault {
  readonly code: string;
  readonly want: string;
  readonly fix: string;
}

/** One mistake of a description, with all that its author needs in order to repair it. */
export interface Mistake extends Fault {
  /** File, relative to the current directory. */
  readonly file: string;
  /** Where in the file, counted from 1; nothing for a file that could not be read. */
  readonly line?: number;
  readonly column?: number;
  /** The value's place in the description, such as `wordpress.network.cidr`; empty for the file itself. */
  readonly path: string;
  /** The value as it was written, shortened; never a secret. */
  readonly got: string;
}

/** Every mistake of every description that was read. The description is not used at all. */
export class InvalidEnvironments extends Error {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super();
    this.name = "InvalidEnvironments";
    this.mistakes = [...mistakes].sort(byPlace);
    this.message = this.report();
    // The place that matters is in the description, not in this program.
    this.stack = `${this.name}: ${this.message}`;
  }

  /** What to print: a paragraph per mistake, and the sum. */
  report(): string {
    const files = new Set(this.mistakes.map(({ file }) => file)).size;
    const sum = `${count(this.mistakes.length, "mistake")} in ${count(files, "file")}`;
    return [...this.mistakes.map(paragraph), sum].join("\n\n");
  }
}

function paragraph({ file, line, column, path, code, got, want, fix }: Mistake): string {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  const lines = [`${place} ${code}`];
  if (path !== "") lines.push(`  at    ${path}`);
  lines.push(`  got   ${got}`, `  want  ${want}`, `  fix   ${fix}`);
  return lines.join("\n");
}

function byPlace(a: Mistake, b: Mistake): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) || compare(a.path, b.path);
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
