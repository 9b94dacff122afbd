import { Token } from "cdktf";
import type { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { literal } from "../../src/core/literal";
import { namesSecret } from "../../src/core/secret-text";

/** Most characters that a parameter of the free tier holds. */
const longest = 4096;

export function checkPath(at: Construct, path: string): void {
  if (!/^(?!\/(?:aws|ssm))(?:\/[a-z0-9][a-z0-9-]*){1,14}$/.test(path)) {
    throw new InvalidProps(at, {
      prop: "path",
      got: path,
      want: "a folder of 1 to 14 lower-case words, each after a slash, the first not starting with aws or ssm",
      fix: "write it such as /shop/dev/orders, without a slash at the end",
    });
  }
}

export function checkKey(at: Construct, key: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(key)) {
    throw new InvalidProps(at, {
      prop: "key",
      got: key,
      want: "lower-case words joined by dashes",
      fix: "write it such as vpc-id",
    });
  }
  if (namesSecret(key)) {
    throw new InvalidProps(at, {
      prop: "key",
      got: key,
      want: "the name of something that everyone may read",
      fix: `publish where the secret is kept, as ${key}-arn`,
    });
  }
}

export function checkValue(at: Construct, key: string, value: string): void {
  // What Terraform computes has no length yet.
  if (Token.isUnresolved(value)) return;
  if (value === "" || value.length > longest || value.includes("{{")) {
    throw new InvalidProps(at, {
      prop: `values.${key}`,
      got: value,
      want: `text of 1 to ${longest} characters without {{, which SSM reads as a reference`,
      fix: "leave the key out when there is nothing to say, and publish the address of what is long",
    });
  }
}

/** The value as Terraform must read it: what it computes as it stands, plain text without any meaning to it. */
export function terraformText(value: string): string {
  return Token.isUnresolved(value) ? value : literal(value);
}
