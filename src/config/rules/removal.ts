import type { Rule } from "./rule";

/** Names of environments whose data somebody would miss. */
const productive = /(^|-)(prod|production|prd|live)(-|$)/;

/** What is called production keeps its data, unless its author says why not. */
export const removalRule: Rule = ({ onRemoval, removalReason }, report, name) => {
  if (onRemoval === "destroy" && productive.test(name) && removalReason === undefined) {
    const want = `keep in an environment named ${name}, or a removalReason`;
    report(["onRemoval"], {
      code: "REMOVAL_PRODUCTION",
      want,
      fix: "write keep; to take the environment down, add removalReason",
    });
  } else if (onRemoval === "keep" && removalReason !== undefined) {
    const want = "nothing where data are kept";
    report(["removalReason"], { code: "REMOVAL_REASON", want, fix: "remove it, or write onRemoval: destroy" });
  }
};
