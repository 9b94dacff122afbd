import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { type Plan, readPlan } from "./plan";
import { ProgramFailed } from "./program-failures";
import type { Programs } from "./programs";
import type { Detail } from "./progress";

const ask = ["-input=false", "-no-color"];

/** In the stack's folder. */
const planFile = "slipway.plan";

/**
 * Terraform in the folder of a synthesized stack. Its state lies where the stack's backend says, which is where
 * `npx cdktf deploy` and the scripts find it too.
 */
export class TerraformStack {
  constructor(
    readonly name: string,
    /** Folder with its `cdk.tf.json`. */
    private readonly folder: string,
    private readonly programs: Programs,
    /** Folder that the user stands in. */
    private readonly cwd: string,
    /** Added to its environment. */
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  async init(detail?: Detail): Promise<void> {
    const repair = "it fetches providers and opens the state: look at the network, and at `state:` of the environment";
    await this.run(["init", ...ask], repair, detail);
  }

  /** Plans, and keeps the plan until `forgetPlan`: what is applied then is what was shown. */
  async plan(detail: Detail): Promise<Plan> {
    await this.run(["plan", ...ask, `-out=${planFile}`], this.repair(), detail);
    const shown = JSON.parse(await this.run(["show", "-json", planFile], this.repair())) as object;
    return { stack: this.name, look: `${this.here()} show ${planFile}`, ...readPlan(shown) };
  }

  applyPlan(detail: Detail): Promise<string> {
    return this.applied(["apply", ...ask, planFile], this.repair(), detail);
  }

  /** It holds values that the state holds too. */
  forgetPlan(): void {
    rmSync(join(this.folder, planFile), { force: true });
  }

  /** @returns what changed, in Terraform's words: `3 added, 0 changed, 0 destroyed` */
  apply(detail: Detail, look: string): Promise<string> {
    return this.applied(["apply", "-auto-approve", ...ask], this.repair(look), detail);
  }

  private async applied(args: readonly string[], repair: string, detail: Detail): Promise<string> {
    const said = await this.run(args, repair, detail);
    return /^Apply complete! Resources: (.*)\.$/m.exec(said)?.[1] ?? "";
  }

  /** @param only addresses to destroy, with what cannot be without them; everything when there are none */
  async destroy(detail: Detail, only: readonly string[] = []): Promise<string> {
    const targets = only.map((address) => `-target=${address}`);
    const said = await this.run(["destroy", "-auto-approve", ...ask, ...targets], this.repair(), detail);
    return /^Destroy complete! Resources: (.*)\.$/m.exec(said)?.[1] ?? "";
  }

  /** Addresses in its state; none where it was never applied. */
  async addresses(): Promise<string[]> {
    const call = this.call(["state", "list", "-no-color"]);
    const ended = await this.programs.ended(call);
    if (ended.code === 0) return ended.stdout.split("\n").filter((line) => line !== "");
    // Without a state it fails in words that change from version to version. A pull then gives nothing, and fails only where
    // the state cannot be read: that must not look as if nothing were there.
    const state = await this.run(["state", "pull"], this.repair());
    if (state.trim() !== "") throw new ProgramFailed(call, ended, this.repair());
    return [];
  }

  /** Values of its outputs, those left out that are secret. */
  async outputs(): Promise<Record<string, unknown>> {
    const text = await this.run(["output", "-json", "-no-color"], "run terraform output in that folder to see more");
    const outputs = JSON.parse(text) as Record<string, { value: unknown; sensitive?: boolean }>;
    return Object.fromEntries(
      Object.entries(outputs).flatMap(([name, { value, sensitive }]) => (sensitive ? [] : [[name, value]])),
    );
  }

  private run(args: readonly string[], repair: string, detail?: Detail): Promise<string> {
    return this.programs.run(this.call(args, detail), repair);
  }

  private call(args: readonly string[], detail?: Detail) {
    const env = { TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1", ...this.env };
    return { program: "terraform" as const, args, cwd: this.folder, env, onLine: detail };
  }

  private here(): string {
    return `terraform -chdir=${relative(this.cwd, this.folder) || "."}`;
  }

  private repair(look?: string): string {
    const unlock = `${this.here()} force-unlock <ID>`;
    return [
      ...(look ? [look] : []),
      "correct what it says, then run the same command again: what is done is not done again",
      `a lock that nobody holds any more: ${unlock}`,
    ].join("; ");
  }
}
