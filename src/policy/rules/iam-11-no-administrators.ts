import { attachingTypes, managedPolicies } from "../managed-policies";
import { rule } from "../rule";

const administrators = /^(AdministratorAccess|PowerUserAccess|IAMFullAccess|SystemAdministrator)/;

export const iam11 = rule({
  id: "IAM-11",
  title: "no role is an administrator",
  severity: "critical",
  types: attachingTypes,
  why: "whoever takes over one workload would own the account",
  fix: "write a policy with the actions that are needed",
  also: ["CKV_AWS_274", "CKV_AWS_275", "CKV2_AWS_56"],
  check: (doc) =>
    managedPolicies(doc)
      .filter(({ name }) => administrators.test(name))
      .map(({ entry, argument, given }) => ({ at: entry, argument, given, wanted: "a policy of the workload's own" })),
});
