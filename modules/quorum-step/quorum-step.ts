import { DataAwsSsmParametersByPath } from "@cdktf/provider-aws/lib/data-aws-ssm-parameters-by-path";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { isWhole } from "../../src/core/whole";

export interface QuorumStepProps {
  /** Folder of Parameter Store that nothing else is in, such as `/shop/dev/masters`. */
  readonly path: string;
  /** What the members are, as in a sentence: `masters`. */
  readonly members: string;
  readonly count: number;
  /** How many of them decide. */
  readonly quorum: number;
  /** What makes the members: the step is noted when that is done. */
  readonly after: readonly ITerraformDependable[];
}

/**
 * One step at a time from one size of a quorum to another. An apply notes in an SSM parameter how many members there are and how many
 * decide; a later plan reads the note, and is refused where both numbers would change: members with either would run side by side, and
 * corrupt what they agreed on.
 *
 * The note says what was applied, not what runs: that every member was replaced in between is a matter of the runbook. The first
 * apply finds nothing in the folder, and is free; a note that cannot be read is refused. The parameter costs nothing.
 */
export class QuorumStep extends Construct {
  /** Name of the parameter. */
  readonly note: string;

  constructor(scope: Construct, id: string, { path, members, count, quorum, after }: QuorumStepProps) {
    super(scope, id);
    this.check(path, count, quorum);
    this.note = `${path}/applied`;
    const { fqn } = new DataAwsSsmParametersByPath(this, "before", { path, withDecryption: false });
    // What is there and is no note of ours is refused like a wrong one: only an empty folder is free.
    const note = `jsondecode(${fqn}.values[index(${fqn}.names, "${this.note}")])`;
    const fits = `try(${note}.count == ${count} || ${note}.quorum == ${quorum}, false)`;
    new SsmParameter(this, "applied", {
      name: this.note,
      type: "String",
      description: `How many ${members} were applied last, and how many of them decide`,
      insecureValue: JSON.stringify({ count, quorum }),
      dependsOn: [...after],
      lifecycle: {
        precondition: [
          {
            condition: `\${length(${fqn}.names) == 0 ? true : ${fits}}`,
            errorMessage: `QUORUM_STEP: ${count} ${members} of which ${quorum} decide: neither number is the one that was applied last, or its note cannot be read. Members with either would corrupt what they agreed on: change one, apply, replace all ${members}, then change the other. What was applied is in the parameter ${this.note}.`,
          },
        ],
      },
    });
  }

  private check(path: string, count: number, quorum: number): void {
    const refuse = (prop: string, got: unknown, want: string, fix: string) => {
      throw new InvalidProps(this, { prop, got, want, fix });
    };
    if (!/^(\/[A-Za-z0-9_.-]+){2,14}$/.test(path) || /^\/(aws|ssm)/i.test(path)) {
      const want = "a path of two parts or more, of which the first does not begin with aws or ssm";
      refuse("path", path, want, "write a path such as /shop/dev/masters");
    }
    if (!isWhole(count, 1, 255)) refuse("count", count, "a whole number from 1 to 255", "write 3 or 5");
    if (!isWhole(quorum, 1, count)) refuse("quorum", quorum, `a whole number from 1 to ${count}`, "write the majority");
  }
}
