import type { Condition, Statement } from "./statements";

/** Keys that say who comes, or from which network or resource, in small letters: AWS does not tell capitals apart. */
const naming = new Set([
  ...["aws:sourceaccount", "aws:sourcearn", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths"],
  ...["aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:userid"],
  ...["aws:sourcevpc", "aws:sourcevpce", "aws:sourceip", "aws:vpcsourceip", "kms:calleraccount"],
  "elasticfilesystem:accesspointarn",
]);

/** Operators that hold only where the key is there and is one of the values. */
const positive = /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress)$/i;

/** Whether a statement allows something to everybody: to principal `*`, and no test of it says who that may be. */
export const allowsEverybody = ({ allows, principals, conditions }: Statement) =>
  allows && principals.includes("*") && !conditions.some(namesSomebody);

function namesSomebody({ operator, key, values }: Condition): boolean {
  const all = values.some((value) => /^[*?]+$|^(0\.0\.0\.0|::)\/0$/.test(value));
  return positive.test(operator) && naming.has(key.toLowerCase()) && values.length > 0 && !all;
}
