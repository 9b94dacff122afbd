import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { checkKey, checkPath, checkValue, terraformText } from "./checks";

export interface PublicationProps {
  /** Folder of the parameters, e.g. `/shop/dev/orders`. One publication per folder. */
  readonly path: string;
  /** What to publish, by kebab-case key. Never a secret: publish the ARN under which it is kept. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Values that a stack gives to others, as SSM parameters of type String.
 *
 * Readers need the right to read these parameters, not the owner's state; owner and reader may keep their states in
 * different places, and neither's code names a path or a host of the other. Whoever may read the parameters sees their
 * values, as does whoever reads a plan.
 *
 * Removing a key removes the parameter at the next apply, and the readers' next plan fails: stop reading it first.
 */
export class Publication extends Construct {
  readonly path: string;
  readonly keys: readonly string[];

  constructor(scope: Construct, id: string, { path, values }: PublicationProps) {
    super(scope, id);
    checkPath(this, path);
    for (const [key, value] of Object.entries(values)) {
      checkKey(this, key);
      checkValue(this, key, value);
    }

    this.path = path;
    this.keys = Object.keys(values);
    for (const [key, value] of Object.entries(values)) {
      new SsmParameter(this, key, {
        name: `${path}/${key}`,
        type: "String",
        // As `value` it would be hidden in every plan, and with it the reason of a change.
        insecureValue: terraformText(value),
        description: `Published by ${this.node.path}`,
      });
    }
  }
}

export interface SubscriptionProps {
  /** Folder of the parameters, as published. */
  readonly path: string;
  /** Stack that publishes them. It becomes part of the readers' addresses, so that Terraform's errors name it. */
  readonly from: string;
}

/**
 * Values that another stack publishes, read at every plan.
 *
 * Until the owner has been applied, a plan stops at `data.aws_ssm_parameter.…from-<owner>_<key>…` with "couldn't find
 * resource": apply the owner first, then plan again. A value that changes reaches this stack at its next apply.
 *
 * Where the owner is part of the same program, a key that it does not publish is refused at synthesis already.
 */
export class Subscription extends Construct {
  private readonly path: string;
  private readonly owner: Construct;
  private readonly read = new Map<string, DataAwsSsmParameter>();

  constructor(scope: Construct, id: string, { path, from }: SubscriptionProps) {
    super(scope, id);
    checkPath(this, path);
    this.path = path;
    this.owner = new Construct(this, `from-${from}`);
    // Not before synthesis, as the owner may still be under construction now.
    this.node.addValidation({ validate: () => this.unpublished() });
  }

  /** The value of `key`. Known at plan time, if the owner has been applied. */
  value(key: string): string {
    checkKey(this, key);
    const known = this.read.get(key);
    if (known) return known.insecureValue;
    // Without decryption, a parameter that someone has turned into a secret cannot leak into the state.
    const parameter = new DataAwsSsmParameter(this.owner, key, { name: `${this.path}/${key}`, withDecryption: false });
    this.read.set(key, parameter);
    return parameter.insecureValue;
  }

  private unpublished(): string[] {
    const published = this.node.root.node
      .findAll()
      .filter((one): one is Publication => one instanceof Publication && one.path === this.path)
      .flatMap(({ keys }) => keys);
    if (published.length === 0) return [];
    const missing = [...this.read.keys()].filter((key) => !published.includes(key));
    return missing.map((key) => `${this.path}/${key} is read but not published; published are ${published.join(", ")}`);
  }
}
