import { Token } from "cdktf";
import { arnForms, parseArn } from "../../src/core/arn";
import type { Complaint } from "../../src/core/invalid-props";
import { isSwitch, looksRandom, namesSecret, secretWithin } from "../../src/core/secret-text";
import type { Settings } from "./settings";

/** A task definition may have 64 KiB; the rest of it is far below 4. */
const largest = 60 * 1024;

/** No complaint repeats a value: it could be the secret that should not be there. */
export function* environmentComplaints({ environment, secrets, region }: Settings): Iterable<Complaint> {
  for (const [name, value] of Object.entries(environment)) {
    const prop = `environment.${name}`;
    yield* nameComplaints("environment", name);
    if (typeof value !== "string") {
      yield { prop, got: typeof value, want: "text", fix: 'put it in quotes: "8080", "true"' };
      continue;
    }
    if (value.includes("\0")) {
      yield { prop, got: "a value with a NUL character", want: "text", fix: "remove the character" };
    }
    const got = secretSign(name, Token.isUnresolved(value) ? "reference" : value);
    if (got) yield { prop, got, want: "no secret", fix: `put it into Secrets Manager and name it in secrets.${name}` };
  }
  const size = Buffer.byteLength(JSON.stringify(environment));
  if (size > largest) {
    yield { prop: "environment", got: size, want: `at most ${largest} bytes`, fix: "let the task read a file from S3" };
  }
  for (const [name, { arn, key, kmsKeyArn }] of Object.entries(secrets)) {
    const prop = `secrets.${name}`;
    yield* nameComplaints("secrets", name);
    if (name in environment) {
      yield { prop, got: name, want: "a name that environment does not have", fix: "remove one of the two" };
    }
    if (!Token.isUnresolved(arn) && !(arnForms.secret.test(arn) && parseArn(arn)?.region === region)) {
      const want = `the ARN of a Secrets Manager secret in ${region}, without a key`;
      yield { prop: `${prop}.arn`, got: arn, want, fix: "copy the secret's ARN, and give the key of a value as key" };
    }
    if (key !== undefined && !Token.isUnresolved(key) && !/^[^:${}\s]+$/.test(key)) {
      const want = "a key of the secret's JSON object, without : $ {} and spaces";
      yield { prop: `${prop}.key`, got: key, want, fix: "leave it out for the whole secret" };
    }
    if (kmsKeyArn === undefined || Token.isUnresolved(kmsKeyArn)) continue;
    if (!arnForms.keyItself.test(kmsKeyArn) || parseArn(kmsKeyArn)?.region !== region) {
      const want = `the ARN of a KMS key in ${region}, not of an alias`;
      yield { prop: `${prop}.kmsKeyArn`, got: kmsKeyArn, want, fix: "leave it out for AWS's key aws/secretsmanager" };
    }
  }
}

/** What gives a variable away as a secret: its name, or the look of its value. */
function secretSign(name: string, value: string): string | undefined {
  if (namesSecret(name) && !isSwitch(value)) return "the name of one";
  return secretWithin(value) || looksRandom(value) ? "a value that looks like one (not shown)" : undefined;
}

function* nameComplaints(prop: string, name: string): Iterable<Complaint> {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return;
  const want = "a record whose names are letters, digits and _, no digit first";
  yield { prop, got: name, want, fix: "rename the variable; shells cannot read this one" };
}
