import type { Interruption } from "./interruption";
import type { Programs } from "./programs";
import type { Progress } from "./progress";
import { TerraformStack } from "./terraform";

/** What everything that is started here works with. */
export interface Run {
  /** Folder of the project. */
  readonly root: string;
  /** Folder that the user stands in. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly programs: Programs;
  readonly progress: Progress;
  readonly interruption: Interruption;
}

/** A synthesized stack, and where it lies. */
export interface Stack {
  readonly name: string;
  readonly folder: string;
  /** Parsed Terraform JSON. */
  readonly document: object;
}

/** What a person wants to know at the end. */
export interface Started {
  /** Where it answers. @default - nowhere yet: `notes` says what is left to do */
  readonly url?: string;
  /** What was started, one line each. */
  readonly what: readonly string[];
  readonly notes: readonly string[];
}

/** Terraform at work on a stack. */
export const terraformOf = ({ programs, cwd }: Run, { name, folder }: Stack, env: Record<string, string> = {}) =>
  new TerraformStack(name, folder, programs, cwd, env);

/** Something that the user can mend, said in one line. */
export class CannotRun extends Error {
  report(): string {
    return `error: ${this.message}`;
  }
}
