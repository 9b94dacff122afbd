import { CannotRun, type Run } from "../run";
import type { Terminal } from "./print";

/** Goes on when a person agrees, or has with `--yes`. @throws CannotRun where nobody does, Interrupted after Ctrl-C */
export async function confirmed(
  { interruption }: Run,
  terminal: Terminal,
  question: string,
  { yes }: { readonly yes?: boolean },
): Promise<void> {
  if (yes) return;
  if (!terminal.ask) throw new CannotRun(`${question} Nobody can answer here; --yes says so beforehand`);
  const answer = await terminal.ask(`${question} [y/N] `, interruption.abort).catch(() => "");
  interruption.check("nothing was changed");
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new CannotRun("not confirmed: nothing was changed");
}
