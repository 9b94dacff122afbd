import { join } from "node:path";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Annotations, type App, Aspects, Lazy, type TerraformStack, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { afterAll, describe, expect, it } from "vitest";
import { NeedsPlainSynth, neverAskTerraform, synthFast, withoutCreationStacks } from "./fast-app";
import { type ExampleStack, exampleApp } from "./testing/example-app";
import { filesIn, folder, removeFolders } from "./testing/folders";

afterAll(removeFolders);
neverAskTerraform();

/** What an app writes in the short way, and in cdktf's own. */
function bothWays(build: (outdir: string) => App): [Record<string, string>, Record<string, string>] {
  const [fast, plain] = [folder(), folder()];
  withoutCreationStacks(() => synthFast(build(fast)));
  build(plain).synth();
  return [filesIn(fast), filesIn(plain)];
}

const withStack = (change: (stack: ExampleStack, app: App) => void) => (outdir: string) => {
  const app = exampleApp(outdir, 0);
  change(app.node.findChild("one") as ExampleStack, app);
  return app;
};

const parameter = (stack: TerraformStack, value: string) =>
  new SsmParameter(stack, "parameter", { name: "/parameter", type: "String", value });

describe("the short way to synthesize", () => {
  it.each([0, 1, 50])("writes what cdktf writes, byte for byte, with %i services", (services) => {
    const [fast, plain] = bothWays((outdir) => exampleApp(outdir, services));
    expect(Object.keys(fast)).toEqual(["manifest.json", "stacks/one/cdk.tf.json", "stacks/two/cdk.tf.json"]);
    expect(fast).toEqual(plain);
  });

  it.each<[string, (stack: ExampleStack, app: App) => void]>([
    [
      "overrides of a stack",
      (stack) => stack.addOverride("resource.aws_vpc.extra", { cidr_block: stack.vpc.cidrBlock }),
    ],
    ["an override that deletes", (stack) => stack.vpc.addOverride("tags", undefined)],
    ["another logical id", (stack) => parameter(stack, "x").overrideLogicalId("renamed")],
    ["two elements at one address", (stack) => parameter(stack, "x").overrideLogicalId(twin(stack))],
    ["a moved resource", (stack) => parameter(stack, "x").moveFromId("aws_ssm_parameter.before")],
    ["an imported resource", (stack) => parameter(stack, "x").importFrom("/parameter")],
    ["a number inside text", (stack) => parameter(stack, `port ${Lazy.numberValue({ produce: () => 8080 })}`)],
    [
      "a map that is a token",
      (stack) => tagged(stack, Token.asStringMap(Lazy.anyValue({ produce: () => ({ a: "b" }) }))),
    ],
    ["a key that is a token", (stack) => tagged(stack, { [stack.vpc.id]: "here" })],
    ["a null that is wanted", (stack) => stack.vpc.addOverride("instance_tenancy", Token.nullValue())],
    ["warnings", (stack) => Annotations.of(stack.vpc).addWarning("look at this")],
  ])("writes the same with %s", (_, change) => {
    const [fast, plain] = bothWays(withStack(change));
    expect(fast).toEqual(plain);
  });

  it("applies aspects, like cdktf", () => {
    const visit = (construct: IConstruct) => {
      if (construct instanceof Vpc) construct.tags = { visited: construct.arn };
    };
    const [fast, plain] = bothWays(withStack((stack) => Aspects.of(stack).add({ visit })));
    expect(fast).toEqual(plain);
    expect(fast["stacks/one/cdk.tf.json"]).toContain('"visited": "${aws_vpc.vpc.arn}"');
  });

  it("runs validations, like cdktf", () => {
    const refuse = withStack((stack) => stack.vpc.node.addValidation({ validate: () => ["nobody lives here"] }));
    expect(() => synthFast(refuse(folder()))).toThrow("[one/vpc] nobody lives here");
  });

  it.each<[string, (stack: ExampleStack, app: App) => void]>([
    [
      "a reference to another stack",
      (stack, app) => parameter(app.node.findChild("two") as TerraformStack, stack.vpc.id),
    ],
    ["a stack that writes itself", (stack) => Object.assign(stack, { toTerraform: () => ({}) })],
    ["a stack that prepares itself", (stack) => Object.assign(stack, { prepareStack: () => {} })],
    [
      "a lazy value that adds resources",
      (stack) => parameter(stack, Lazy.stringValue({ produce: () => grown(stack) })),
    ],
  ])("leaves %s to cdktf", (_, change) => {
    expect(() => synthFast(withStack(change)(folder()))).toThrow(NeedsPlainSynth);
  });
});

describe("creation stacks", () => {
  const trace = () => (Lazy.anyValue({ produce: () => 1 }) as unknown as { creationStack: string[] }).creationStack;

  it("are not recorded while work without them runs, and are again afterwards", () => {
    expect(withoutCreationStacks(trace)).toEqual([]);
    expect(trace()).not.toEqual([]);
  });

  it("are recorded again after a failure, which keeps its own trace", () => {
    const fail = () => withoutCreationStacks(() => exampleApp(join(folder(), "not", "there")));
    expect(fail).toThrow(expect.objectContaining({ stack: expect.stringContaining("example-app") }));
    expect(trace()).not.toEqual([]);
  });
});

function twin(stack: TerraformStack): string {
  return new SsmParameter(stack, "twin", { name: "/twin", type: "String", value: "x", tags: { a: "b" } })
    .friendlyUniqueId;
}

function tagged(stack: TerraformStack, tags: Record<string, string>): void {
  new Vpc(stack, "tagged", { cidrBlock: "10.1.0.0/16", tags });
}

function grown(stack: TerraformStack): string {
  const id = "grown";
  const there = stack.node.tryFindChild(id) ?? new Vpc(stack, id, { cidrBlock: "10.2.0.0/16" });
  return there.node.path;
}
