import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { OutputError } from "./output-error";

/** A synthesis takes seconds. A lock of another machine, whose processes cannot be asked, counts as left behind after this. */
const foreignLockSeconds = 120;
/** Creating a lock and writing its owner into it are two steps; this long may pass between them. */
const emptyLockSeconds = 2;

/**
 * Takes the lock file, so that one process writes at a time. A lock whose owner was killed is taken over.
 *
 * @returns what releases it
 * @throws OutputError `OUT_BUSY` while its owner lives
 */
export function takeLock(path: string): () => void {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid) });
  for (let attempt = 1; ; attempt++) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, mine, { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // ENOENT: the former owner removed its folder between our two steps. A file in the place of the folder is EEXIST too.
      if (attempt === 100 || (code !== "EEXIST" && code !== "ENOENT")) throw error;
      if (code === "EEXIST") breakIfLeftBehind(path);
    }
  }
}

function breakIfLeftBehind(path: string): void {
  const content = read(path);
  if (content === undefined) return;
  if (!leftBehind(content, ageInSeconds(path))) {
    const owner = content ? ` (process ${(JSON.parse(content) as Owner).pid})` : "";
    throw new OutputError(
      "OUT_BUSY",
      `another synth${owner} is writing to ${dirname(dirname(path))}; wait until it ends, or choose another folder with --out. If none is running, delete ${path}`,
    );
  }
  // Renamed, not deleted: of two processes that see the same dead lock only one gets it, and can see that it is the same.
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // The other one was faster.
  }
  if (read(aside) === content) rmSync(aside, { force: true });
  else renameSync(aside, path); // Somebody had already broken the dead lock and made this one: theirs.
}

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly started: string | undefined;
}

function leftBehind(content: string, age: number): boolean {
  if (content === "") return age > emptyLockSeconds;
  const { pid, host, started } = JSON.parse(content) as Owner;
  if (host !== hostname()) return age > foreignLockSeconds;
  return !lives(pid) || startOf(pid) !== started;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Tells a process from a later one with the same number. Only Linux says it cheaply; elsewhere numbers must do. */
function startOf(pid: number): string | undefined {
  return read(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, "")
    .split(" ")[19];
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function ageInSeconds(path: string): number {
  return (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)) / 1000;
}
