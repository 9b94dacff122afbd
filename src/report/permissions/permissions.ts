import { asBlock, foundIn } from "../../core/terraform-json";
import type { Copy } from "../copy";
import { type Entry, type StackDocument, System } from "../system";
import { rows } from "./actions";
import { documents, type PolicyDocument } from "./documents";
import type { Condition, Grant, Row } from "./grant";
import { arns, regionOf } from "./patterns";
import { stateAllowances } from "./state";
import { type Allowance, together } from "./statements";

/** A type without a row: nobody has said yet what Terraform calls for it. */
export class UnknownTypes extends Error {
  constructor(readonly types: readonly string[]) {
    super(`no permissions are known for ${types.join(", ")}`);
  }

  report(): string {
    return `error: ${this.message}; add to src/report/permissions/actions what Terraform calls for each`;
  }
}

/**
 * Policies of IAM with which Terraform can plan, apply and destroy the stacks of one copy of a system, and do little else.
 *
 * @param readOnly only what a plan needs. @default false
 * @throws UnknownTypes with every type of the stacks that the tables lack
 */
export function permissions(
  stacks: readonly StackDocument[],
  copy: Copy,
  { readOnly = false }: { readOnly?: boolean } = {},
): PolicyDocument[] {
  const system = new System(stacks);
  const phases = readOnly ? ["read"] : ["read", "write"];
  const entries = [...system.entries, ...stacks.flatMap(ephemeralIn)];
  const unknown = new Set(entries.map(({ type }) => type).filter((type) => !Object.hasOwn(rows, type)));
  if (unknown.size > 0) throw new UnknownTypes([...unknown].sort());
  const documentOf = new Map(stacks.map(({ name, document }) => [name, document]));
  const granted = entries.flatMap((entry) => {
    const region = regionOf(entry, documentOf.get(entry.stack)!);
    return grantsOf(rows[entry.type]!, entry, system)
      .filter(({ phase }) => phases.includes(phase))
      .map((grant) => ({ ...grant, region, on: grant.on.flatMap((on) => arns(on, entry, system, copy, region)) }));
  });
  const states = stacks.flatMap((stack) => stateAllowances(stack, phases));
  return documents(together([...allowances(granted, copy), ...states]));
}

const grantsOf = (row: Row, entry: Entry, system: System) =>
  row.flatMap((grant) => (typeof grant === "function" ? grant(entry, system) : [grant]));

type Placed = Grant & { readonly region: string };

function allowances(granted: readonly Placed[], copy: Copy): Allowance[] {
  // Tags along the way and names of records are lists: one statement with all of them instead of one for each.
  const listed = new Map<string, Placed[]>();
  const plain: Allowance[] = [];
  for (const grant of granted) {
    const { createActions, condition } = grant;
    const list = createActions ? "create" : condition && "ForAllValues:StringLike" in condition ? "records" : undefined;
    if (list) listed.set(list, [...(listed.get(list) ?? []), grant]);
    else plain.push(...allowed(grant, grant.condition, copy));
  }
  const creates = listed.get("create") ?? [];
  const createActions = unique(creates.flatMap((grant) => grant.createActions!));
  const tagging = creates.flatMap((one) => allowed(one, { StringEquals: { "ec2:CreateAction": createActions } }, copy));
  const records = listed.get("records") ?? [];
  const names = unique(records.flatMap(({ condition }) => Object.values(condition!).flatMap(Object.values).flat()));
  const changes = records.flatMap((one) => {
    const [key] = Object.keys(Object.values(one.condition!)[0]!);
    return allowed(one, { "ForAllValues:StringLike": { [key!]: names } }, copy);
  });
  return [...plain, ...tagging, ...changes];
}

/** The actions of one grant with every test that they must pass. */
function allowed(grant: Placed, own: Condition | undefined, copy: Copy): Allowance[] {
  const everywhere = grant.on.includes("*") && grant.regional !== false;
  const tests = [
    ...(own ? [own] : []),
    ...tagTests(grant, copy),
    ...(everywhere ? [{ StringEquals: { "aws:RequestedRegion": grant.region } }] : []),
  ];
  const condition: Record<string, Record<string, string | readonly string[]>> = {};
  for (const test of tests) {
    for (const [operator, keys] of Object.entries(test)) condition[operator] = { ...condition[operator], ...keys };
  }
  const all = tests.length > 0 ? condition : undefined;
  return grant.actions.map((action) => ({ action, resources: grant.on, condition: all }));
}

function tagTests({ tags }: Grant, { system, environment }: Copy): Condition[] {
  const equal = (key: string) => ({
    [`aws:${key}/slipway:environment`]: environment,
    [`aws:${key}/slipway:system`]: system,
  });
  if (tags === "ours") return [{ StringEquals: equal("ResourceTag") }];
  if (tags === "made") return [{ StringEquals: equal("RequestTag") }];
  // Not of anybody who has tags of ours already.
  if (tags === "adopted") return [{ StringEquals: equal("RequestTag"), StringEqualsIfExists: equal("ResourceTag") }];
  return [];
}

/** What Terraform makes for one run and forgets. */
function ephemeralIn({ name: stack, document }: StackDocument): Entry[] {
  const resource = asBlock(asBlock(document).ephemeral);
  return [...foundIn({ resource }, "resource")].map(({ type, address, body }) => ({
    ...{ stack, type: `ephemeral.${type}`, address: `ephemeral.${address}`, body: asBlock(body) },
  }));
}

const unique = (texts: readonly string[]) => [...new Set(texts)].sort();
