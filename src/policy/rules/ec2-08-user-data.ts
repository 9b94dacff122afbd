import { namesSecret, secretIn } from "../../core/secret-text";
import { userData } from "../embedded";
import { rule } from "../rule";

export const ec208 = rule({
  id: "EC2-08",
  title: "user data names secrets, and holds none",
  severity: "critical",
  types: ["aws_launch_template", "aws_instance", "aws_launch_configuration"],
  why: "every process on the machine reads the user data, and so does everybody who may describe it; Base64 hides nothing",
  fix: "pass the ARN, and read the secret at boot from Secrets Manager into /run",
  also: ["CKV_AWS_46", "AWS-0029", "AWS-0122", "AWS-0129"],
  check: (doc) =>
    userData(doc).flatMap(({ entry, argument, text }) => {
      const shape = secretIn(text);
      const found = [
        ...(shape ? [shape] : []),
        ...assignedSecrets(text).map((name) => `a value written out for ${name}`),
      ];
      return found.map((given) => ({ at: entry, argument, given, wanted: "the ARN of a secret" }));
    }),
});

/** Names of secrets that a script or an environment file sets to a value written out. */
function assignedSecrets(script: string): string[] {
  const assignment = /^\s*(?:export\s+|-\s+)?([A-Za-z_][\w-]*)\s*[=:]\s*(["']?)([^\s"'$`<][^"'$`\n]*)\2\s*$/gm;
  return [...script.matchAll(assignment)]
    .filter(([, name, , value]) => namesSecret(name!) && value!.trim().length >= 4 && !/^(?:arn:|\/)/.test(value!))
    .map(([, name]) => name!);
}
