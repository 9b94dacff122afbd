import { explain } from "./failure";
import { terminal as realTerminal, type Terminal } from "./print";
import { settingsFor } from "./settings";
import { synth } from "./synth";

/**
 * The `slipway` command.
 *
 * @param args what follows the command's name
 * @param root folder of the project
 * @returns the exit code: 0 done, 2 a mistake that the user can repair, 1 a bug of ours
 */
export async function main(args: readonly string[], root: string, terminal: Terminal = realTerminal): Promise<number> {
  try {
    // The main job, without options, is worth not loading the parser of options.
    if (args.length === 1 && args[0] === "synth") synth(settingsFor(root), terminal);
    else return await (await import("./program")).run(args, root, terminal);
    return 0;
  } catch (error) {
    const { text, exitCode } = explain(error, process.env.SLIPWAY_DEBUG === "1");
    terminal.err(text);
    return exitCode;
  }
}
