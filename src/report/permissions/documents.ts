import type { Statement } from "./statements";

/** A policy of IAM. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** Characters of a managed policy, white space not counted. */
export const managedPolicySize = 6144;

/** As IAM counts. */
export const sizeOf = (document: unknown) => JSON.stringify(document).replace(/\s/g, "").length;

/**
 * Spreads statements over as many documents as it takes, each of at most `limit` characters. The same statements give the
 * same documents.
 * @throws RangeError for a single action on a single resource that does not fit
 */
export function documents(statements: readonly Statement[], limit = managedPolicySize): PolicyDocument[] {
  const filled: Statement[][] = [];
  for (const statement of statements.flatMap((one) => fitting(one, limit))) {
    // First that has room: later small ones fill what large ones left.
    const home = filled.find((others) => sizeOf(policy([...others, statement])) <= limit);
    if (home) home.push(statement);
    else filled.push([statement]);
  }
  return filled.map(policy);
}

const policy = (Statement: readonly Statement[]): PolicyDocument => ({ Version: "2012-10-17", Statement });

/** A statement that is too long is said in two, by its actions or else by its resources. */
function fitting(statement: Statement, limit: number): Statement[] {
  if (sizeOf(policy([statement])) <= limit) return [statement];
  const { Action, Resource } = statement;
  const part = Action.length > 1 ? "Action" : "Resource";
  const words = statement[part];
  if (words.length < 2) throw new RangeError(`${Action} on ${Resource} does not fit in ${limit} characters`);
  const middle = Math.ceil(words.length / 2);
  const halves = [words.slice(0, middle), words.slice(middle)];
  return halves.flatMap((half) => fitting({ ...statement, [part]: half }, limit));
}
