import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chosen, copiesOf, Refused, synthesizeAll } from "../../main";
import { InvalidEnvironments, loadEnvironments } from "../config";
import { copyOf, type Run, type Stack, stacksOf } from "../run";
import type { Terminal } from "./print";
import { type Settings, settingsFor } from "./settings";

/** The environment, and the folder of its description where that is not the project's. */
interface Which {
  readonly environment: string;
  readonly environments?: string;
}

/** The stacks of a system in the order in which they start, as the descriptions say now. */
export async function synthesized(run: Run, terminal: Terminal, system: string, options: Which): Promise<Stack[]> {
  const { environment, environments } = options;
  const settings: Settings = settingsFor(run.root, { environments, environment: [environment] });
  const [description] = chosen(loadEnvironments(settings.environments), [environment], settings.environments);
  const ids = stacksOf(system, environment, Object.keys(copiesOf(description!)));
  return run.progress.step(`synthesize ${environment}`, async () => {
    const { stacks } = synthesizeAll(settings);
    for (const { name, warnings } of stacks) {
      if (ids.includes(name)) for (const warning of warnings) terminal.err(`warning: ${warning}`);
    }
    return ids.map((name) => {
      const { document } = stacks.find((stack) => stack.name === name)!;
      return { name, document, folder: join(settings.out, "stacks", name) };
    });
  });
}

/**
 * What was written last, where some description has mistakes: that is what runs, and whoever ends it need not repair another system
 * first.
 */
export async function synthesizedOrLast(
  run: Run,
  terminal: Terminal,
  system: string,
  options: Which,
): Promise<Stack[]> {
  try {
    return await synthesized(run, terminal, system, options);
  } catch (error) {
    if (!(error instanceof InvalidEnvironments || error instanceof Refused)) throw error;
    const { environment, environments } = options;
    const folder = join(settingsFor(run.root, { environments }).out, "stacks");
    const ids = copyOf(system, environment, existsSync(folder) ? readdirSync(folder) : []);
    const paths = ids.map((name) => join(folder, name, "cdk.tf.json"));
    // One of several would leave the others without what they stand on.
    if (ids.length === 0 || !paths.every((path) => existsSync(path))) throw error;
    terminal.err(
      `note: the descriptions have mistakes, which slipway check or synth shows; ${ids.join(" and ")} ` +
        `${ids.length > 1 ? "end" : "ends"} as written last`,
    );
    return ids.map((name, index) => {
      const document = JSON.parse(readFileSync(paths[index]!, "utf8"));
      return { name, document, folder: join(folder, name) };
    });
  }
}
