import { asBlock, isBlock } from "../core/terraform-json";
import { bake, type NeededImage, programsFor, push, regionOf } from "./aws-images";
import { CannotRun, type Run, type Stack, type Started, terraformOf } from "./run";

/** A stack on AWS, with the images that have to be there before it. */
export interface StackOnAws extends Stack {
  readonly images: readonly NeededImage[];
}

/** Outputs that say where a system answers, or how to find that out. */
const addresses = ["url", "alb_dns", "address_command"];

/** Creates or changes the stacks in the given order, each after its images. Running it again changes only what differs. */
export async function launchOnAws(run: Run, stacks: readonly StackOnAws[]): Promise<Started> {
  run.programs.require(["terraform", ...programsFor(stacks.flatMap(({ images }) => images))]);
  const outputs: Record<string, unknown> = {};
  const what: string[] = [];
  for (const stack of stacks) {
    for (const image of stack.images) {
      if (image.kind === "machine") await bake(run, image, regionOf(stack));
      else await push(run, image, registryIn(outputs, image, stack));
    }
    const terraform = terraformOf(run, stack);
    await run.progress.step(`terraform init ${stack.name}`, (detail) => terraform.init(detail));
    await run.progress.step(`terraform apply ${stack.name}`, (detail) => terraform.apply(detail));
    Object.assign(outputs, await terraform.outputs());
    what.push(stack.name);
  }
  return { what, ...whereItAnswers(outputs, stacks) };
}

/** Destroys the stacks, the last one first: the others cannot be planned without values of the first, not even to destroy them. */
export async function takeDownOnAws(run: Run, stacks: readonly Stack[]): Promise<readonly string[]> {
  run.programs.require(["terraform"]);
  const gone: string[] = [];
  for (const stack of stacks.toReversed()) {
    const terraform = terraformOf(run, stack);
    await run.progress.step(`terraform init ${stack.name}`, (detail) => terraform.init(detail));
    await run.progress.step(`terraform destroy ${stack.name}`, async (detail) => {
      if ((await terraform.addresses()).length === 0) return "nothing is there";
      gone.push(stack.name);
      return terraform.destroy(detail);
    });
  }
  return gone;
}

function registryIn({ registry_url: registry }: Record<string, unknown>, { name }: NeededImage, stack: Stack): string {
  if (typeof registry === "string") return registry;
  throw new CannotRun(`no stack before ${stack.name} has an output registry_url, to which ${name} could be pushed`);
}

function whereItAnswers(outputs: Record<string, unknown>, stacks: readonly Stack[]): Pick<Started, "url" | "notes"> {
  const [name] = addresses.filter((each) => typeof outputs[each] === "string");
  if (!name) return { notes: [] };
  const value = String(outputs[name]);
  if (name === "address_command") return { notes: [`its address: ${value}`] };
  return { url: name === "url" ? value : `${stacks.some(servesTls) ? "https" : "http"}://${value}/`, notes: [] };
}

const servesTls = ({ document }: Stack) =>
  Object.values(asBlock(asBlock(asBlock(document).resource).aws_lb_listener)).some(
    (listener) => isBlock(listener) && listener.protocol === "HTTPS",
  );
