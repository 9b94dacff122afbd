/*
 * The only file that reaches into cdktf's ways of working. It makes `app.synth()` about four times faster and changes no
 * byte of its output: `fast-app.test.ts` compares both paths, and `SLIPWAY_PLAIN_SYNTH=1` switches back.
 *
 * cdktf still runs the synthesis: aspects, validations, custom synthesis, annotations and the manifest are its own code.
 * Replaced is what `TerraformStack.toTerraform()` computes, per stack, on the instance. Whatever the short way does not
 * recognise throws `NeedsPlainSynth`, and the caller builds the app anew for cdktf's own way.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type App,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  type ISynthesisSession,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
  Tokenization,
} from "cdktf";
import { StackSynthesizer } from "cdktf/lib/synthesize/synthesizer";
import { deepMerge } from "cdktf/lib/util";
import { ValidateBinaryVersion } from "cdktf/lib/validations/validate-binary-version";
import type { IConstruct } from "constructs";
import { stableJson } from "./stable-json";

/** The short way would not give what cdktf gives. */
export class NeedsPlainSynth extends Error {}

// biome-ignore lint/suspicious/noExplicitAny: fragments of Terraform JSON, whose shape is the provider's affair
type Fragment = Record<string, any>;

/**
 * Runs `work` while tokens remember no stack trace of their creation, which costs more than everything else about them.
 *
 * Safe: cdktf shows those traces only when a token fails to resolve, and such a failure is repeated in the plain way, with
 * traces. Both cdktf and constructs take them with `Error.captureStackTrace` and fall back to an empty list when it leaves
 * nothing; `throw new Error()` does not use it, so errors keep their own traces.
 */
export function withoutCreationStacks<T>(work: () => T): T {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => {};
  try {
    return work();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}

/**
 * Stops cdktf from running `terraform version` on this machine for each stack that uses a newer feature of Terraform, and from
 * failing where there is no Terraform. Both ways to synthesize need that.
 *
 * Safe: every stack states its `required_version`, which the Terraform that will read it checks.
 */
export function neverAskTerraform(): void {
  ValidateBinaryVersion.prototype.validate = () => [];
}

/** Does what `app.synth()` does. @throws NeedsPlainSynth before anything but the output folder has changed */
export function synthFast(app: App): void {
  for (const stack of app.node.findAll().filter(TerraformStack.isStack)) shorten(stack);
  app.synth();
}

function shorten(stack: TerraformStack): void {
  const { prepareStack, toTerraform } = TerraformStack.prototype;
  if (
    stack.prepareStack !== prepareStack ||
    stack.toTerraform !== toTerraform ||
    !(stack.synthesizer instanceof StackSynthesizer)
  ) {
    throw new NeedsPlainSynth(`${stack.node.path} synthesizes in its own way`);
  }
  const { synthesizer } = stack;
  let text = "";
  // cdktf resolves every element here to find references to other stacks, and throws the result away. Ours finds them in the
  // one pass below (`OneStack`). What remains of the preparation is the backend.
  stack.prepareStack = () => void stack.ensureBackendExists();
  // Called by cdktf's synthesizer after aspects and validations, at the moment when it would resolve the stack twice more
  // (element by element, then as a whole). Its own writer, which sorts and checks for cycles, gets an empty object.
  stack.toTerraform = () => {
    text = render(stack);
    return {};
  };
  stack.synthesizer = {
    synthesize(session: ISynthesisSession) {
      synthesizer.synthesize(session);
      writeFileSync(join(session.outdir, session.manifest.forStack(stack).synthesizedStackPath), text);
    },
  };
}

/** The text of a stack's `cdk.tf.json`, each element resolved once. */
function render(stack: TerraformStack): string {
  const elements = elementsOf(stack);
  const resolver = new OneStack(stack);
  const resolve = (value: unknown) => resolved(value, stack, resolver);
  // The two private fields that `TerraformStack.toTerraform` reads.
  const { cdktfVersion, rawOverrides } = stack as unknown as { cdktfVersion: string; rawOverrides: Fragment };
  const overridden = Object.keys(rawOverrides);
  const metadata: Fragment = { version: cdktfVersion, stackName: stack.node.id, backend: "local" };
  if (overridden.length > 0) metadata.overrides = { stack: overridden };
  const outputs: Fragment = {};
  const document: Fragment = { "//": { metadata, outputs } };
  for (const element of elements) {
    deepMerge(metadata, resolve(element.toMetadata()));
    if (TerraformOutput.isTerraformOutput(element)) noteOutput(outputs, element);
    merge(document, resolve(element.toTerraform()));
  }
  if (overridden.length > 0) {
    deepMerge(document, rawOverrides);
    for (const key of overridden) document[key] = resolve(document[key]);
  }
  if (elementsOf(stack).length !== elements.length)
    throw new NeedsPlainSynth("a lazy value added elements to its stack");
  const text = stableJson(document as never);
  // cdktf would have resolved these once more: a token inside the text of another one.
  if (text.includes("{TfToken[")) throw new NeedsPlainSynth("a token resolved to a token");
  return text;
}

function elementsOf(construct: IConstruct, found: TerraformElement[] = []): TerraformElement[] {
  if (TerraformElement.isTerraformElement(construct)) found.push(construct);
  for (const child of construct.node.children) if (!TerraformStack.isStack(child)) elementsOf(child, found);
  return found;
}

/** `stack/group/name` becomes `{stack: {group: {name: id}}}`, where the CLI finds the outputs of a construct. */
function noteOutput(outputs: Fragment, output: TerraformOutput): void {
  const path = output.node.path.split("/").reverse();
  deepMerge(
    outputs,
    path.reduce<Fragment | string>((inner, part) => ({ [part]: inner }), output.friendlyUniqueId) as Fragment,
  );
}

/**
 * `deepMerge`, but a resource that is not there yet is put there as it is instead of copied member by member. Safe: it was
 * resolved a moment ago and belongs to nobody else. Two elements at one address go through cdktf's own merge.
 */
function merge(document: Fragment, { resource, data, ...rest }: Fragment): void {
  for (const [section, types] of Object.entries({ resource, data })) {
    for (const [type, blocks] of Object.entries(types ?? {})) {
      document[section] ??= {};
      document[section][type] ??= {};
      const there = document[section][type];
      for (const [name, block] of Object.entries(blocks as Fragment)) {
        if (name in there) deepMerge(there, { [name]: block });
        else there[name] = block;
      }
    }
  }
  deepMerge(document, rest);
}

/** Refuses references to other stacks: they create outputs and data sources, which is the plain way's preparation. */
class OneStack extends DefaultTokenResolver {
  constructor(private readonly stack: TerraformStack) {
    super(new StringConcat());
  }

  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const { originStack } = token as { originStack?: TerraformStack };
    if (originStack && originStack !== this.stack) throw new NeedsPlainSynth("a reference to another stack");
    return super.resolveToken(token, context, postProcessor);
  }
}

/**
 * What cdktf's `resolve` gives. It makes a context for every key and value and tries six patterns on each; here plain JSON is
 * walked directly, and everything that could be, hold or hide a token goes to cdktf. Safe: contexts carry nothing from a
 * plain object to its members but the path shown in errors.
 */
function resolved(value: unknown, stack: TerraformStack, resolver: OneStack): Fragment {
  const ask = (it: unknown) => Tokenization.resolve(it, { scope: stack, resolver, preparing: false });
  const walk = (it: unknown): unknown => {
    if (typeof it === "string") return mayHoldToken(it) ? ask(it) : it;
    if (typeof it === "number") return mayBeToken(it) ? ask(it) : it;
    if (typeof it !== "object" || it === null) return typeof it === "function" ? ask(it) : it;
    if (Array.isArray(it)) {
      const list = it.some((item) => typeof item === "string" && item.includes("#{TfToken[")) || it.some(mayBeToken);
      return list ? ask(it) : it.map(walk).filter((item) => item !== undefined);
    }
    if (Object.getPrototypeOf(it) !== Object.prototype || "resolve" in it) return ask(it);
    const result: Fragment = {};
    for (const [key, member] of Object.entries(it)) {
      if (mayHoldToken(key)) return ask(it);
      const inner = walk(member);
      if (inner !== undefined) result[key] = inner;
    }
    return result;
  };
  return walk(value) as Fragment;
}

/** Tokens inside text are `${TfToken[…]}`, `#{…}`, `&{…}`, numbers such as `-1.888e+289`, or one of two phrases. */
function mayHoldToken(text: string): boolean {
  return text.includes("TfToken[") || text.includes("Map Token Value") || /e\+?2\d\d/.test(text);
}

/** Tokens inside numbers are doubles below -2^959; one more number stands for a map of numbers. */
function mayBeToken(value: unknown): boolean {
  return typeof value === "number" && (value < -1e288 || value === -123_456_789);
}
