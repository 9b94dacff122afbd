/** `OUT_BUSY`: somebody else writes there now. `OUT_UNWRITABLE`: nothing can be written there. */
export type OutputErrorCode = "OUT_BUSY" | "OUT_UNWRITABLE";

/** The output folder cannot be used; what it holds was left as it was. */
export class OutputError extends Error {
  constructor(
    readonly code: OutputErrorCode,
    message: string,
  ) {
    super(message);
    this.name = "OutputError";
  }
}

const reasons: Record<string, string> = {
  EACCES: "this user may not write there; give it the right, or choose another folder with --out",
  EPERM: "this user may not write there; give it the right, or choose another folder with --out",
  EROFS: "it is on a file system mounted read-only; choose another folder with --out",
  ENOSPC: "no space is left on its file system; free some, and run again",
  EDQUOT: "the disk quota of this user is used up; free some space, and run again",
  EEXIST: "a file is in the way; remove it, or choose another folder with --out",
  ENOTDIR: "a file is in the way; remove it, or choose another folder with --out",
  EISDIR: "a folder is in the place of a file; remove it, or choose another folder with --out",
  ELOOP: "its symbolic links go round in circles; mend them, or choose another folder with --out",
};

/** What a refusal of the operating system means for the reader. Anything else is returned as it is. */
export function explainOutputFailure(out: string, error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  const reason = reasons[code ?? ""];
  if (reason === undefined) return error;
  const at = path && path !== out ? ` (${code} at ${path})` : ` (${code})`;
  return new OutputError("OUT_UNWRITABLE", `cannot write to ${out}${at}: ${reason}`);
}
