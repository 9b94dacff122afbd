import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { literal } from "../../src/core/literal";
import { nameLimits, physicalName } from "../../src/core/names";
import type { OnRemoval } from "../../src/core/removal";

export interface StoredSecretProps {
  /** Name of the system and its environment, such as `guestbook-dev`: first part of the name in AWS. */
  readonly name: string;
  /** What the secret opens and what form it has, for whoever has to fill it. */
  readonly description: string;
  /**
   * With `keep`, AWS keeps a removed secret for 30 days, from which it can be restored.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/**
 * A place in Secrets Manager for a value that somebody else gave out, such as the URL of a database. Terraform makes the place and
 * never sees the value; until a person has put it in, whoever reads it is told `ResourceNotFoundException`.
 *
 * It is put in over standard input, so that it is in no argument list and no history of a shell (end the input by Ctrl-D; a
 * line break at its end is left out):
 *
 * ```sh
 * printf %s "$(cat)" | aws secretsmanager put-secret-value --region REGION --secret-id ARN --secret-string file:///dev/stdin
 * ```
 *
 * or from a file that only its owner reads, whose every character counts: `--secret-string file://value.txt`.
 */
export class StoredSecret extends Construct {
  /** ARN of the secret. It stays when the value changes. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, description, onRemoval = "keep" }: StoredSecretProps) {
    super(scope, id);
    if (description.trim() === "" || description.length > 2048) {
      const [want, fix] = ["1 to 2048 characters", "say what the secret opens and what form it has"];
      throw new InvalidProps(this, { prop: "description", got: description, want, fix });
    }
    this.arn = new SecretsmanagerSecret(this, "secret", {
      // A suffix that AWS has not seen before: the secret can be made anew while the one before waits to be forgotten.
      namePrefix: `${physicalName([name, id], nameLimits.secretPrefix)}-`,
      description: literal(description),
      recoveryWindowInDays: onRemoval === "keep" ? 30 : 0,
    }).arn;
  }

  /** The command that puts a value in, from its standard input, for an output. Known only after apply. */
  get fillCommand(): string {
    // AWS's command takes no region from an ARN.
    const region = Fn.element(Fn.split(":", this.arn), 3);
    const put = `aws secretsmanager put-secret-value --region ${region} --secret-id ${this.arn} --secret-string file:///dev/stdin`;
    return `printf %s "$(cat)" | ${put}`;
  }
}
