import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";

export interface DeployedVersionProps {
  /** Where the version stands, such as `/guestbook/dev/version`. Changing it makes another parameter, with the first version. */
  readonly path: string;
  /** What runs there, for whoever finds it in the console. */
  readonly description: string;
  /** Version that it has in the beginning: a tag of the image. Later changes of it change nothing. */
  readonly first: string;
}

/** Tags that a registry takes. */
const tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";

/**
 * The version that is deployed, in the one place where it is read and changed: an SSM parameter. Whoever deploys writes it,
 * and Terraform leaves it alone from then on. AWS keeps the last 100 values, with date and author.
 */
export class DeployedVersion extends Construct {
  /** The path given. */
  readonly path: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { path, description, first }: DeployedVersionProps) {
    super(scope, id);
    if (!/^(\/[A-Za-z0-9_.-]+){2,15}$/.test(path) || /^\/(aws|ssm)/i.test(path)) {
      const want = "a path of two parts or more, of which the first does not begin with aws or ssm";
      throw new InvalidProps(this, {
        prop: "path",
        got: path,
        want,
        fix: "write a path such as /guestbook/dev/version",
      });
    }
    if (!new RegExp(`^(?!latest$)${tag}$`).test(first)) {
      const want = "a tag of up to 128 letters, digits and characters of _.-, and not latest";
      throw new InvalidProps(this, { prop: "first", got: first, want, fix: "write a version such as 1.0.0" });
    }
    this.path = path;
    this.arn = new SsmParameter(this, "parameter", {
      name: path,
      type: "String",
      description,
      insecureValue: first,
      // AWS refuses what no registry would take, whoever writes it.
      allowedPattern: `^${tag}$`,
      lifecycle: { ignoreChanges: ["insecure_value"] },
    }).arn;
  }

  /** For a shell: deploys a version. */
  deployCommand(region: string): string {
    return `aws ssm put-parameter --region ${region} --name ${this.path} --overwrite --value <version>`;
  }

  /** For a shell: says which version is deployed. */
  readCommand(region: string): string {
    return `aws ssm get-parameter --region ${region} --name ${this.path} --query Parameter.Value --output text`;
  }
}
