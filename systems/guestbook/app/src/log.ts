type Level = "info" | "warn" | "error";
type Details = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export type Log = Readonly<Record<Level, (event: string, details?: Details) => void>>;

/** One JSON object per line, on the standard output: what the container engine keeps. */
export function jsonLog(write: (line: string) => unknown = (line) => process.stdout.write(line)): Log {
  const at =
    (level: Level) =>
    (event: string, details: Details = {}) =>
      write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...details })}\n`);
  return { info: at("info"), warn: at("warn"), error: at("error") };
}

/** An error in a few words. Node leaves the message of an error empty that stands for several. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && !error.message) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
