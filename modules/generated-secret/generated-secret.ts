import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, type ITerraformDependable, ref, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { literal } from "../../src/core/literal";
import { nameLimits, physicalName } from "../../src/core/names";
import type { OnRemoval } from "../../src/core/removal";
import { isWhole } from "../../src/core/whole";

/** Drawn by AWS at each run of Terraform, held in memory, and sent on only when the version changes. */
const generator = "aws_secretsmanager_random_password";
const passwordLength = 32;

export interface GeneratedSecretProps {
  /** Name of the system and its environment, such as `wordpress-mysql-dev`: first part of the name in AWS. */
  readonly name: string;
  /** What the secret opens, for whoever finds it in the console. */
  readonly description: string;
  /** Name that goes with the password. */
  readonly username: string;
  /**
   * Further values beside the password, by key, each drawn apart. A key that comes later is empty until the version changes.
   * @default - none
   */
  readonly further?: readonly string[];
  /**
   * Another number makes another password, at the next apply. Whoever uses the secret must then read it anew.
   * @default 1
   */
  readonly version?: number;
  /**
   * With `keep`, AWS keeps a removed secret for 30 days, from which it can be restored.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/**
 * A secret of Secrets Manager that holds a name and a password that nobody has seen: JSON with the keys `username` and
 * `password`, as RDS writes its own. The password is in no code, plan or state: it needs Terraform 1.11 or later.
 *
 * Its name ends in a suffix that AWS has not seen before, so that the secret can be made anew while the one before waits to be
 * forgotten.
 */
export class GeneratedSecret extends Construct {
  /** ARN of the secret. It stays when the password changes. */
  readonly arn: string;
  /** That the secret has its password: for those who read it as soon as they start. */
  readonly value: ITerraformDependable;

  constructor(scope: Construct, id: string, props: GeneratedSecretProps) {
    super(scope, id);
    const { name, description, username, further = [], version = 1, onRemoval = "keep" } = props;
    this.check(username, version, further);

    const secret = new SecretsmanagerSecret(this, "secret", {
      namePrefix: `${physicalName([name, id], nameLimits.secretPrefix)}-`,
      description: literal(description),
      recoveryWindowInDays: onRemoval === "keep" ? 30 : 0,
    });
    this.arn = secret.arn;
    this.value = new SecretsmanagerSecretVersion(this, "value", {
      secretId: secret.id,
      secretStringWo: Fn.jsonencode({
        ...{ username, password: this.drawn() },
        ...Object.fromEntries(further.map((key) => [key, this.drawn(`_${key}`)])),
      }),
      secretStringWoVersion: version,
    });
  }

  /** A reference that Terraform lets nothing but a write-only argument have. */
  private drawn(suffix = "") {
    const stack = TerraformStack.of(this);
    const key = `${stack.getLogicalId(this.node)}${suffix}`;
    stack.addOverride(`ephemeral.${generator}.${key}`, {
      password_length: passwordLength,
      // 62 characters, 190 bits: enough, and no character that a shell, a URL or SQL reads in a way of its own.
      exclude_punctuation: true,
    });
    return ref(`ephemeral.${generator}.${key}.random_password`);
  }

  private check(username: string, version: number, further: readonly string[]): void {
    const odd = further.find((key) => !/^[a-z][a-z_]{0,62}$/.test(key) || ["username", "password"].includes(key));
    if (odd !== undefined || new Set(further).size < further.length) {
      const want = "different keys of lower-case letters and underscores, other than username and password";
      throw new InvalidProps(this, { prop: "further", got: odd ?? further, want, fix: "write for example auth_key" });
    }
    if (!/^[A-Za-z0-9][\w.-]{0,62}$/.test(username)) {
      const want = "1 to 63 letters, digits and characters of _.-, a letter or digit first";
      throw new InvalidProps(this, { prop: "username", got: username, want, fix: "name it after the application" });
    }
    if (!isWhole(version, 1, 2_147_483_647)) {
      const want = "a whole number from 1 to 2147483647";
      throw new InvalidProps(this, { prop: "version", got: version, want, fix: "add one for another password" });
    }
  }
}
