import { asBlock, isBlock } from "../core/terraform-json";
import { bake, type NeededImage, programsFor, push, regionOf } from "./aws-images";
import type { Plan } from "./plan";
import { CannotRun, type Run, type Stack, type Started, terraformOf } from "./run";
import type { TerraformStack } from "./terraform";

/** A stack on AWS, with the images that have to be there before it. */
export interface StackOnAws extends Stack {
  readonly images: readonly NeededImage[];
}

/** Outputs that say where a system answers, or how to find that out. */
const addresses = ["url", "alb_dns", "address_command"];

/** Whoever may say no, by throwing. */
export interface Consent {
  /** Asked once, before images are made that are missing. */
  toMake(images: readonly NeededImage[]): Promise<void>;
  /** Asked for every stack that would change. */
  toApply(plan: Plan): Promise<void>;
}

/**
 * Creates or changes the stacks in the given order, each after its images, and as it was planned and agreed to. Running it again
 * changes only what differs.
 */
export async function launchOnAws(run: Run, stacks: readonly StackOnAws[], consent: Consent): Promise<Started> {
  const images = stacks.flatMap((stack) => stack.images);
  run.programs.require(["terraform", ...programsFor(images)]);
  if (images.length > 0) await consent.toMake(images);
  const outputs: Record<string, unknown> = {};
  const what: string[] = [];
  for (const stack of stacks) {
    for (const image of stack.images) {
      if (image.kind === "machine") await bake(run, image, regionOf(stack));
      else await push(run, image, registryIn(outputs, image, stack));
    }
    const terraform = terraformOf(run, stack);
    await run.progress.step(`terraform init ${stack.name}`, (detail) => terraform.init(detail));
    await applyAsPlanned(run, terraform, consent);
    Object.assign(outputs, await terraform.outputs());
    what.push(stack.name);
  }
  return { what, ...whereItAnswers(outputs, stacks) };
}

async function applyAsPlanned(run: Run, terraform: TerraformStack, consent: Consent): Promise<void> {
  try {
    const plan = await run.progress.step(`terraform plan ${terraform.name}`, (detail) => terraform.plan(detail));
    // Without changes an apply still takes along what moved in the state.
    if (plan.summary !== undefined) await consent.toApply(plan);
    await run.progress.step(`terraform apply ${terraform.name}`, (detail) => terraform.applyPlan(detail));
  } finally {
    terraform.forgetPlan();
  }
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
