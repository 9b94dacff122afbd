import { asBlock, type Block, blocks, isBlock, list } from "../core/terraform-json";
import { type Doc, type Entry, view } from "./doc";
import { parseEmbedded } from "./embedded";

/** One statement of a policy, in one form however it was written. */
export interface Statement {
  /** Where the policy is attached. */
  readonly entry: Entry;
  readonly argument: string;
  readonly allows: boolean;
  readonly actions: readonly string[];
  /** Whether it speaks about everything except `actions`. */
  readonly exceptActions: boolean;
  readonly resources: readonly string[];
  readonly exceptResources: boolean;
  readonly principals: readonly string[];
  readonly conditions: readonly Condition[];
  /** Names of the keys that it depends on, such as `iam:PassedToService`. */
  readonly conditionKeys: readonly string[];
}

/** One test of a statement, such as `StringEquals` of `aws:SourceAccount`. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A policy argument: its text, and its statements when it can be read. */
export interface Policy {
  readonly entry: Entry;
  readonly argument: string;
  readonly text: unknown;
  readonly statements: readonly Statement[] | undefined;
}

const identityTypes = ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"];
const resourceTypes = [
  ...["aws_ecr_repository_policy", "aws_s3_bucket_policy", "aws_sns_topic_policy", "aws_sqs_queue_policy"],
  ...["aws_secretsmanager_secret_policy", "aws_kms_key", "aws_vpc_endpoint", "aws_ecr_registry_policy"],
  "aws_efs_file_system_policy",
];

/** Policies that say what somebody may do. */
export const identityPolicies = view((doc: Doc): readonly Policy[] => [
  ...policies(doc, identityTypes, "policy"),
  ...doc
    .all("aws_iam_role")
    .flatMap((role) =>
      blocks(role.body.inline_policy).map(({ policy }) => read(doc, role, "inline_policy.policy", policy)),
    ),
]);

/** Policies that say who may be somebody. */
export const trustPolicies = view((doc: Doc) => policies(doc, ["aws_iam_role"], "assume_role_policy"));

/** Policies that say who may use something. */
export const resourcePolicies = view((doc: Doc) => [
  ...policies(doc, resourceTypes, "policy"),
  ...policies(doc, ["aws_opensearch_domain"], "access_policies"),
]);

export const allPolicies = (doc: Doc) => [...identityPolicies(doc), ...trustPolicies(doc), ...resourcePolicies(doc)];

/** Everything that some identity is allowed to do. */
export const allowances = view((doc: Doc) =>
  identityPolicies(doc)
    .flatMap(({ statements }) => statements ?? [])
    .filter(({ allows }) => allows),
);

/** Whether an action pattern of a policy takes in an action. */
export function takesIn(pattern: string, action: string): boolean {
  if (pattern === "*") return true;
  if (!pattern.includes("*") && !pattern.includes("?")) {
    return pattern.length === action.length && pattern.toLowerCase() === action.toLowerCase();
  }
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "i").test(action);
}

function policies(doc: Doc, types: readonly string[], argument: string): Policy[] {
  return doc
    .all(...types)
    .filter(({ body }) => body[argument] !== undefined)
    .map((entry) => read(doc, entry, argument, entry.body[argument]));
}

function read(doc: Doc, entry: Entry, argument: string, text: unknown): Policy {
  const parsed = parseEmbedded(text);
  if (isBlock(parsed)) {
    const statements = blocks(parsed.Statement).map((statement) => fromJson(entry, argument, statement));
    return { entry, argument, text, statements };
  }
  const written = doc.follow(text);
  const statements =
    written?.type === "data.aws_iam_policy_document" && isBareReference(text)
      ? blocks(written.body.statement).map((statement) => fromBlock(entry, argument, statement))
      : undefined;
  return { entry, argument, text, statements };
}

const isBareReference = (text: unknown) =>
  /^\$\{data\.aws_iam_policy_document\.[\w-]+\.(minified_)?json\}$/.test(`${text}`);

function fromJson(entry: Entry, argument: string, body: Block): Statement {
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = body;
  const conditions = Object.entries(asBlock(Condition)).flatMap(([operator, keys]) =>
    Object.entries(asBlock(keys)).map(([key, values]) => ({ operator, key, values: texts(values) })),
  );
  const principals = isBlock(Principal) ? Object.values(Principal).flatMap(list) : list(Principal);
  return {
    entry,
    argument,
    allows: Effect === "Allow",
    actions: texts(Action ?? NotAction),
    exceptActions: NotAction !== undefined,
    resources: texts(Resource ?? NotResource),
    exceptResources: NotResource !== undefined,
    // Everybody except a few is everybody.
    principals: NotPrincipal === undefined ? texts(principals) : ["*"],
    conditions,
    conditionKeys: conditions.map(({ key }) => key),
  };
}

function fromBlock(entry: Entry, argument: string, body: Block): Statement {
  const { effect, actions, not_actions, resources, not_resources, principals, not_principals, condition } = body;
  const conditions = blocks(condition).map(({ test, variable, values }) => {
    return { operator: String(test), key: String(variable), values: texts(values) };
  });
  return {
    entry,
    argument,
    allows: effect === undefined || effect === "Allow",
    actions: texts(actions ?? not_actions),
    exceptActions: not_actions !== undefined,
    resources: texts(resources ?? not_resources),
    exceptResources: not_resources !== undefined,
    principals: not_principals === undefined ? blocks(principals).flatMap((one) => texts(one.identifiers)) : ["*"],
    conditions,
    conditionKeys: conditions.map(({ key }) => key),
  };
}

const texts = (value: unknown) => list(value).map(String);
