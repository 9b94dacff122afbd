import yoctoSpinner, { type Spinner } from "yocto-spinner";

/** What a step tells of itself while it runs. */
export type Detail = (text: string) => void;

export interface ProgressOptions {
  /** Where a person looks on. Elsewhere each step is a line at its beginning and one at its end. */
  readonly interactive: boolean;
  /** Prints one line. */
  readonly print: (line: string) => void;
  /** @default - the clock */
  readonly now?: () => number;
}

/** The steps of a run, as they go on. */
export class Progress {
  private readonly now: () => number;
  private spinner?: Spinner;

  constructor(private readonly options: ProgressOptions) {
    this.now = options.now ?? Date.now;
  }

  /** Shows that `work` goes on, and how it ended. What it returns is told with it, when it is a text. */
  async step<T>(title: string, work: (detail: Detail) => Promise<T>): Promise<T> {
    const start = this.now();
    if (this.options.interactive) this.spinner = yoctoSpinner({ text: title, handleSignals: false }).start();
    else this.options.print(`${title} …`);
    try {
      const result = await work((text) => this.detail(title, text));
      this.end(
        "success",
        [title, ...(typeof result === "string" && result ? [result] : []), this.since(start)].join(", "),
      );
      return result;
    } catch (error) {
      this.end("error", `${title}: not done, ${this.since(start)}`);
      throw error;
    }
  }

  /** A line between the steps, or in the middle of one. */
  note(text: string): void {
    // The spinner steps aside for what is written to its stream.
    this.options.print(text);
  }

  private detail(title: string, text: string): void {
    if (this.spinner && text.trim()) this.spinner.text = `${title}: ${shortened(text.trim())}`;
  }

  private end(how: "success" | "error", text: string): void {
    if (this.spinner) this.spinner[how](text);
    else this.options.print(`${text}`);
    this.spinner = undefined;
  }

  private since(start: number): string {
    const seconds = Math.round((this.now() - start) / 1000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
}

/** So much that the line is never broken. */
const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
