import { readLocalStack } from "../../src/run/local-stack";
import { engine, program, rootRights } from "../machine/harness/engine";
import { synthesize } from "../support/project";
import type { Requirement } from "../support/requirements";
import type { Json } from "../support/stacks";
import { privateCopy } from "./driver/private-copy";
import type { Images } from "./driver/system";
import { type Official, official } from "./images";

/** What it takes to start a local system here, and to look at it. */
export const startsSystems = async (): Promise<Requirement[]> => [
  await engine(),
  rootRights(),
  await program("debootstrap", "debootstrap"),
  await program("chromium", "chromium"),
];

let stacks: ReturnType<typeof synthesize> | undefined;

/** A local stack as it is synthesized, under names and at a port of its own. */
export async function localStack(name: string): Promise<Json> {
  stacks ??= synthesize();
  const stack = (await stacks).find((each) => each.name === name);
  if (!stack) throw new Error(`there is no stack ${name}`);
  return privateCopy(stack.document);
}

/** The image of ours that a stack has under a role, such as `guestbook`, with how it is made. */
export function ownImage(document: Json, role: string) {
  const image = readLocalStack(document).ownImages.find(({ name }) => roleOf(name) === role);
  if (!image) throw new Error(`the stack makes no image ${role}`);
  return image;
}

/** An image for each that the stack names: ours as given by role, the official ones as stand-ins. */
export async function imagesFor(document: Json, own: Readonly<Record<string, string>> = {}): Promise<Images> {
  const names = Object.values<Json>(document.resource.docker_image).map(({ name }) => String(name));
  const found: Record<string, string> = {};
  for (const name of names) found[name] = own[roleOf(name)] ?? (await official(roleOf(name) as Official));
  return found;
}

/** `docker.io/valkey/valkey:8.0` → `valkey`. */
const roleOf = (name: string) => /([^/]+):[^:/]+$/.exec(name)![1]!;
