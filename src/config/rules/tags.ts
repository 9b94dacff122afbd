import { looksWrittenOut, namesSecret } from "../../core/secret-text";
import { present, type Rule } from "./rule";

/** AWS takes 50 tags; Slipway and ECS add some of their own. */
const mostTags = 40;

/** Tags that each AWS service takes: IAM does not tell `Name` from `name`. */
export const tagRule: Rule = ({ tags }, report) => {
  const keys = present(tags).map(([key]) => key);
  if (keys.length > mostTags) {
    const want = `at most ${mostTags}: AWS takes 50, and some are added`;
    report(["tags"], { code: "TAG_TOO_MANY", got: `${keys.length} tags`, want, fix: "remove those that nobody reads" });
  }
  for (const [key, value] of present(tags)) {
    if (!namesSecret(key) || !looksWrittenOut(value)) continue;
    const want = "no secret: whoever may look at a resource reads its tags";
    report(["tags", key], { code: "SECRET_PLAIN", want, fix: "remove it, or name the tag after what it says" });
  }
  const first = new Map<string, string>([["name", "Name"]]);
  for (const key of keys) {
    const other = first.get(key.toLowerCase());
    if (other === undefined) {
      first.set(key.toLowerCase(), key);
      continue;
    }
    const want = `a key that differs from ${other} by more than case${other === "Name" ? "; Slipway sets Name itself" : ""}`;
    report(["tags", key], { code: "TAG_CASE_DUP", want, fix: "remove it, or choose another key", on: "key" });
  }
};
