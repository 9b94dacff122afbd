import { imageCatalogue } from "../core/image-catalogue";
import { images } from "../report";
import {
  CannotRun,
  Interruption,
  isLocal,
  launchOnAws,
  launchOnDocker,
  Programs,
  Progress,
  type Run,
  type Stack,
  type StackOnAws,
  type Started,
  systems,
  takeDownOnAws,
  takeDownOnDocker,
} from "../run";
import { templatesIn } from "./commands";
import { confirmed, consentOf, requireAnswers } from "./confirmed";
import { UsageError } from "./failure";
import type { Terminal } from "./print";
import { synthesized, synthesizedOrLast } from "./stacks-to-run";

export interface RunOptions {
  readonly environment: string;
  readonly environments?: string;
  readonly yes?: boolean;
  readonly build?: boolean;
  readonly data?: boolean;
  readonly destroy?: boolean;
}

/** Starts a system, and says where it answers. What is there already stays. */
export async function up(root: string, terminal: Terminal, system: string, options: RunOptions): Promise<void> {
  await running(root, terminal, async (run) => {
    const { build: rebuild = false } = options;
    const stacks = await synthesized(run, terminal, system, options);
    const started = onDocker(stacks)
      ? await launchOnDocker(run, stacks[0]!, { rebuild, takeDown: takeDown(system, options) })
      : await onAws(run, terminal, system, stacks, options);
    terminal.out(summary(started, system, takeDown(system, options)));
  });
}

/** Ends a system. What is gone already is skipped. */
export async function down(root: string, terminal: Terminal, system: string, options: RunOptions): Promise<void> {
  await running(root, terminal, async (run) => {
    const { environment, data = false } = options;
    const stacks = await synthesizedOrLast(run, terminal, system, options);
    if (onDocker(stacks)) {
      const gone = await takeDownOnDocker(run, stacks[0]!, { data });
      const kept = data ? "its data too" : `its data are kept; ${takeDown(system, options)} --data takes them too`;
      terminal.out(gone.length > 0 ? `${system} is down, ${kept}` : `${system} was not up`);
      return;
    }
    if (data) throw new UsageError("--data is for Docker: on AWS down destroys a stack with all that is in it");
    const names = stacks.map(({ name }) => name).toReversed();
    await confirmed(run, terminal, `Destroy ${names.join(", then ")}, with all that is in them?`, options);
    const gone = await takeDownOnAws(run, stacks);
    terminal.out(gone.length > 0 ? `${system} of ${environment} is gone: ${gone.join(", ")}` : `${system} was not up`);
  });
}

/** The command that takes down what was started, and not the same system of another environment. */
function takeDown(system: string, { environment, environments }: RunOptions): string {
  const described = environments ? ` --environments ${environments}` : "";
  return `npx slipway down ${system}${environment === "local" ? "" : ` --environment ${environment}`}${described}`;
}

const onDocker = (stacks: readonly Stack[]) => stacks.every(({ document }) => isLocal(document));

async function onAws(run: Run, terminal: Terminal, system: string, stacks: readonly Stack[], options: RunOptions) {
  if (options.build)
    throw new UsageError("--build is for Docker: on AWS an image is made once per version; write a new one");
  const names = stacks.map(({ name }) => name).join(", then ");
  requireAnswers(terminal, `Create or change ${names}, on AWS?`, options);
  const started = await launchOnAws(run, withImages(run, stacks), consentOf(run, terminal, options));
  const { byHand } = systems[system]!;
  return byHand ? { ...started, notes: [...started.notes, byHand] } : started;
}

/** Everything that is started in `work` hears Ctrl-C through us, and nothing does afterwards. */
async function running(root: string, terminal: Terminal, work: (run: Run) => Promise<void>): Promise<void> {
  const progress = new Progress({ interactive: terminal.moving ?? false, print: terminal.err });
  const interruption = new Interruption(process, (text) => progress.note(text));
  const { env } = process;
  const programs = new Programs(env, interruption);
  try {
    await work({ root, cwd: process.cwd(), env, programs, progress, interruption });
  } finally {
    interruption.dispose();
  }
}

/** Each stack with the images of ours that it starts, as the catalogue and the templates have them. */
function withImages({ root }: Run, stacks: readonly Stack[]): StackOnAws[] {
  const templates = templatesIn(root);
  const reports = images(imageCatalogue(), templates, stacks);
  return stacks.map((stack) => ({
    ...stack,
    images: reports
      .filter((report) => report.stacks.includes(stack.name))
      .map(({ role, kind, name, template }) => {
        if (!template)
          throw new CannotRun(`${stack.name} starts the image ${name}, which no template under packer/ bakes`);
        return { role, kind, name, template, text: templates.find(({ folder }) => folder === template)!.text };
      }),
  }));
}

function summary({ url, what, notes }: Started, system: string, takeDown: string): string {
  return [
    url ? `${system} is up: ${url}` : `${system} is up`,
    ...what.map((each) => `  ${each}`),
    ...notes.map((note) => `note: ${note}`),
    `Take it down: ${takeDown}`,
  ].join("\n");
}
