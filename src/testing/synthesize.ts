import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, Testing } from "cdktf";
import { neverAskTerraform } from "../synth/fast-app";

// biome-ignore lint/suspicious/noExplicitAny: what Terraform reads is plain JSON; an assertion on it is the type check
export type Block = Record<string, any>;
type Kind = { readonly tfResourceType: string };
type Blocks = Record<string, Record<string, Block>>;

/** What Terraform would read: plain JSON, with Terraform's own snake_case names. */
export interface Synthesized {
  /** Every resource and data source of a kind, in the order of their addresses. */
  all(kind: Kind): Block[];
  /** The resource or data source of a kind, when there must be exactly one. */
  one(kind: Kind): Block;
  /** The resource at an address such as `aws_vpc.network_vpc_1A2B3C4D`; a reference such as `${aws_vpc.x.id}` does too. */
  at(address: string): Block;
  /** `type.name` of everything: rename a resource and Terraform destroys it. */
  addresses(): string[];
  /** The whole document, parsed and as text. */
  readonly document: Block;
  readonly json: string;
}

/** Synthesizes what `build` puts in a throw-away AWS stack, validations included. */
export function synthesize(build: (stack: TerraformStack) => void): Synthesized {
  return inThrowAwayApp((app) => {
    const stack = new TerraformStack(app, "test");
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    build(stack);
    return stack;
  });
}

/** Synthesizes the one stack that `build` makes, validations included. */
export function inThrowAwayApp(build: (app: App) => TerraformStack): Synthesized {
  neverAskTerraform();
  const outdir = mkdtempSync(join(tmpdir(), "slipway-test-"));
  try {
    return read(Testing.synth(build(new App({ outdir, stackTraces: false })), true));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Reads a synthesized document. */
export function read(json: string): Synthesized {
  const document = JSON.parse(json) as Block;
  const { resource = {}, data = {} } = document as { resource?: Blocks; data?: Blocks };
  const all = (kind: Kind) => Object.values({ ...data[kind.tfResourceType], ...resource[kind.tfResourceType] });
  return {
    document,
    json,
    all,
    one: (kind) => {
      const [only, ...others] = all(kind);
      if (!only || others.length > 0) throw new Error(`expected one ${kind.tfResourceType}, got ${all(kind).length}`);
      return only;
    },
    at: (address) => {
      const [type, name] = address.replace(/^\$\{|\}$/g, "").split(".");
      const block = resource[type!]?.[name!] ?? data[type!]?.[name!];
      if (!block) throw new Error(`nothing at ${address}`);
      return block;
    },
    addresses: () => [...addressesIn(resource), ...addressesIn(data).map((address) => `data.${address}`)],
  };
}

function addressesIn(blocks: Blocks): string[] {
  return Object.entries(blocks).flatMap(([type, names]) => Object.keys(names).map((name) => `${type}.${name}`));
}
