import { Command, CommanderError } from "commander";
import { check, list, ports, schema, showExposure, showImages, showInventory } from "./commands";
import { showDiagram } from "./diagram";
import { type PermissionsOptions, showPermissions } from "./permissions";
import type { Terminal } from "./print";
import { type Options, settingsFor } from "./settings";
import { synth } from "./synth";
import { down, type RunOptions, up } from "./up";

/** Runs a command that has options, or is not `synth`. @returns the exit code */
export async function run(args: readonly string[], root: string, terminal: Terminal): Promise<number> {
  try {
    await program(root, terminal).parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has printed the help, or what is wrong.
    return error.exitCode === 0 ? 0 : 2;
  }
}

function program(root: string, terminal: Terminal): Command {
  const slipway = new Command("slipway")
    .description("From one typed description of an environment: Terraform JSON for complete container systems on AWS.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showHelpAfterError("(slipway --help shows the commands, slipway <command> --help the options of one)")
    .addHelpText("after", footer);

  const command = (
    name: string,
    description: string,
    action: (options: Options & { write?: boolean; json?: boolean }) => void,
  ) =>
    slipway
      .command(name)
      .description(description)
      .allowExcessArguments(false)
      .action((options) => action(options));
  const reading = (it: Command) =>
    it.option("--environments <folder>", "descriptions to read, one YAML file per environment (default: environments)");

  reading(
    command("synth", "write the Terraform JSON of every stack", (options) =>
      synth(settingsFor(root, options), terminal),
    ),
  )
    .option("--out <folder>", "where to write (default: $CDKTF_OUTDIR, or cdktf.out)")
    .option("--environment <name...>", "only these environments; what is there of others stays");
  reading(
    command("check", "look for mistakes in the descriptions, write nothing", (options) =>
      check(settingsFor(root, options), terminal),
    ),
  );
  reading(command("list", "name the stacks", (options) => list(settingsFor(root, options), terminal)));
  const viewing = (it: Command) =>
    reading(it)
      .option("--out <folder>", "output to read (default: $CDKTF_OUTDIR, or cdktf.out)")
      .option("--environment <name...>", "only these environments");
  viewing(
    command("exposure", "show who can reach what, in the output of the last synth", (options) =>
      showExposure(settingsFor(root, options), terminal),
    ),
  );
  viewing(
    command("inventory", "show what there will be, and what of it is paid for, from the last synth", (options) =>
      showInventory(settingsFor(root, options), terminal, options.json ?? false),
    ),
  ).option("--json", "as JSON, for programs");
  reading(
    command("images", "show who bakes which image and who starts it, in the output of the last synth", (options) => {
      if (!showImages(settingsFor(root, options), terminal, options.json ?? false)) {
        throw new CommanderError(2, "slipway.images", "images and stacks do not agree");
      }
    }),
  )
    .option("--json", "as JSON, for programs")
    .option("--out <folder>", "output to read (default: $CDKTF_OUTDIR, or cdktf.out)");
  reading(
    slipway
      .command("diagram")
      .description("draw what there will be and who reaches whom, from the output of the last synth")
      .argument("[stacks...]", "stacks to draw in one picture (default: each copy of a system in its own)")
      .action((stacks: string[], options: Options & { format: string }) =>
        showDiagram(settingsFor(root, options), terminal, stacks, options.format),
      ),
  )
    .option("--format <format>", "mermaid, for Markdown, or dot, for Graphviz", "mermaid")
    .option("--out <folder>", "output to read (default: $CDKTF_OUTDIR, or cdktf.out)")
    .option("--environment <name...>", "only these environments");
  reading(
    slipway
      .command("permissions")
      .description("print the IAM policies that let Terraform deploy a system and little else, from the last synth")
      .argument("<system>", "such as wordpress")
      .requiredOption("--environment <name>", "the environment")
      .action((system: string, { environment, ...options }: PermissionsOptions & Omit<Options, "environment">) =>
        showPermissions(settingsFor(root, options), terminal, system, { ...options, environment }),
      ),
  )
    .option("--read-only", "only what a plan needs")
    .option("--write <folder>", "write each to a file of its own instead")
    .option("--out <folder>", "output to read (default: $CDKTF_OUTDIR, or cdktf.out)");
  const running = (name: string, description: string, action: (system: string, options: RunOptions) => Promise<void>) =>
    reading(slipway.command(name).description(description).argument("<system>", "such as guestbook").action(action))
      .option("--environment <name>", "the environment", "local")
      .option("--yes", "do not ask before anything changes on AWS");
  running(
    "up",
    "start a system, on this machine's Docker engine or on AWS: images, stacks, health, address",
    (...given) => up(root, terminal, ...given),
  )
    .option("--build", "on Docker: make images again that are there")
    .option("--destroy", "on AWS, with --yes: apply a plan too that destroys or replaces something");
  running("down", "end a system again; on Docker its data stay", (...given) => down(root, terminal, ...given)).option(
    "--data",
    "on Docker: take the data too",
  );
  command("schema", "print the JSON Schema of a description, for editors", (options) =>
    schema(settingsFor(root), terminal, options.write ?? false),
  ).option("--write", "write it to environments/environment.schema.json instead");
  command("ports", "print who reaches whom in the guestbook on Mesos, as Markdown", (options) =>
    ports(settingsFor(root), terminal, options.write ?? false),
  ).option("--write", "write it to docs/systems/guestbook-mesos-ports.md instead");
  return slipway;
}

const footer = `
Exit codes: 0 done; 2 a mistake that you can repair, the output is as it was; 1 a bug in Slipway; 130 interrupted.
SLIPWAY_DEBUG=1 adds stack traces, SLIPWAY_PLAIN_SYNTH=1 leaves synthesis to cdktf's own, slower code.`;
