import { join, resolve } from "node:path";
import { UsageError } from "./failure";

/** What a command works on: from its options, then from the process environment, then the defaults. */
export interface Settings {
  /** Folder of the project. */
  readonly root: string;
  readonly cwd: string;
  /** Folder with one YAML file per environment. */
  readonly environments: string;
  /** Folder for the output. */
  readonly out: string;
  /** Names of the environments to synthesize; all when empty. */
  readonly only: readonly string[];
  readonly plain: boolean;
  /** The cdktf CLI runs us, and tidies the folders of stacks that are gone. */
  readonly underCdktf: boolean;
  readonly debug: boolean;
}

export interface Options {
  readonly environments?: string;
  readonly out?: string;
  readonly environment?: readonly string[];
}

/** Paths of options and variables are relative to where the user stands; the defaults are in the project. */
export function settingsFor(root: string, { environments, out, environment = [] }: Options = {}): Settings {
  const { env } = process;
  if (["true", "1"].includes(env.SYNTH_HCL_OUTPUT ?? "")) {
    throw new UsageError("Slipway writes Terraform JSON only, which its policy reads; run cdktf synth without --hcl");
  }
  const cwd = process.cwd();
  const given = out ?? env.CDKTF_OUTDIR;
  return {
    root,
    cwd,
    environments: environments ? resolve(cwd, environments) : join(root, "environments"),
    out: given ? resolve(cwd, given) : join(root, "cdktf.out"),
    only: environment,
    plain: env.SLIPWAY_PLAIN_SYNTH === "1",
    underCdktf: env.CDKTF_OUTDIR !== undefined,
    debug: env.SLIPWAY_DEBUG === "1",
  };
}
