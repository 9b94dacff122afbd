import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { App, TerraformResource, TerraformStack, Testing } from "cdktf";
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

interface Options {
  /**
   * Whether the comments beside resources are there, as in the output.
   * @default false
   */
  readonly comments?: boolean;
}

/** Synthesizes what `build` puts in a throw-away stack, of AWS or of a Docker engine, validations included. */
export function synthesize(build: (stack: TerraformStack) => void, options?: Options): Synthesized {
  return inThrowAwayApp((app) => {
    const stack = new TerraformStack(app, "test");
    build(stack);
    const resources = stack.node.findAll().filter((node) => node instanceof TerraformResource);
    if (resources.some(({ terraformResourceType }) => terraformResourceType.startsWith("docker_"))) {
      new DockerProvider(stack, "docker");
    } else new AwsProvider(stack, "aws", { region: "eu-west-1" });
    return stack;
  }, options);
}

/** Synthesizes the one stack that `build` makes, validations included. */
export function inThrowAwayApp(build: (app: App) => TerraformStack, { comments = false }: Options = {}): Synthesized {
  neverAskTerraform();
  const outdir = mkdtempSync(join(tmpdir(), "slipway-test-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    const stack = build(app);
    if (!comments) return read(Testing.synth(stack, true));
    app.synth();
    return read(readFileSync(join(outdir, "stacks", stack.node.id, "cdk.tf.json"), "utf8"));
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
