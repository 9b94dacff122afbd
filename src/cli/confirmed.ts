import { CannotRun, type Consent, type Run } from "../run";
import type { Terminal } from "./print";

/** Goes on when a person agrees, or has with `--yes`. @throws CannotRun where nobody does, Interrupted after Ctrl-C */
export async function confirmed(
  { interruption }: Run,
  terminal: Terminal,
  question: string,
  { yes }: { readonly yes?: boolean },
): Promise<void> {
  requireAnswers(terminal, question, { yes });
  if (yes) return;
  const answer = await terminal.ask!(`${question} [y/N] `, interruption.abort).catch(() => "");
  interruption.check("what was asked is not done");
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new CannotRun("not confirmed: what was asked is not done");
}

/** @throws CannotRun where a question would find nobody */
export function requireAnswers({ ask }: Terminal, question: string, { yes }: { readonly yes?: boolean }): void {
  if (!yes && !ask) throw new CannotRun(`${question} Nobody can answer here; --yes says so beforehand`);
}

/** What a person agrees to, or has with `--yes`: to what destroys only with `--destroy`, for nobody has seen it. */
export function consentOf(
  run: Run,
  terminal: Terminal,
  options: { readonly yes?: boolean; readonly destroy?: boolean },
): Consent {
  return {
    async toMake(images) {
      const names = [...new Set(images.map(({ name }) => name))].join(", ");
      await confirmed(
        run,
        terminal,
        `Make what is missing of ${names}? It takes machines on AWS, and minutes.`,
        options,
      );
    },
    async toApply({ stack, summary, losses, look }) {
      for (const line of [`${stack}: ${summary}`, ...losses.map(({ text }) => `  ${text}`)]) run.progress.note(line);
      const unseen = losses.filter(({ usual }) => !usual);
      if (options.yes && !options.destroy && unseen.length > 0) {
        throw new CannotRun(
          `${stack} would lose what it has: ${unseen.map(({ text }) => text).join(", ")}; --yes agrees to no loss that ` +
            "nobody has seen. Run it without --yes to be asked, or add --destroy",
        );
      }
      await confirmed(run, terminal, `Apply that to ${stack}? (all of it: ${look})`, options);
    },
  };
}
