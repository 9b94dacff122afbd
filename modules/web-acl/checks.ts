import type { Complaint } from "../../src/core/invalid-props";
import { logDaysFault } from "../../src/core/log-days";
import { isWhole } from "../../src/core/whole";
import { groups, limitPriority } from "./groups";
import type { WebAclProps } from "./props";

type Checked = WebAclProps & Required<Pick<WebAclProps, "groups" | "limits" | "counted" | "logDays">>;

/** Places that the limits of paths have, before the groups begin. */
const mostLimits = groups.common.priority - limitPriority - 1;

/** What AWS would refuse, or what would protect nobody. */
export function* complaintsAbout(props: Checked): Generator<Complaint> {
  const { name, groups: chosen, limits, requests, counted, logDays } = props;
  if (!/^[A-Za-z0-9-]{1,100}$/.test(name)) {
    const want = "1 to 100 letters, digits and dashes";
    yield { prop: "name", got: name, want, fix: "join system, environment and entrance with dashes" };
  }
  for (const group of chosen) {
    if (Object.hasOwn(groups, group)) continue;
    yield { prop: "groups", got: group, want: `one of ${Object.keys(groups).join(", ")}`, fix: "leave it out for all" };
  }
  if (new Set(chosen).size < chosen.length) {
    yield { prop: "groups", got: chosen, want: "different from each other", fix: "name each group once" };
  }
  if (Object.keys(limits).length > mostLimits) {
    yield { prop: "limits", got: Object.keys(limits), want: `at most ${mostLimits} limits`, fix: "join some paths" };
  }
  for (const [word, limit] of Object.entries(limits)) yield* aboutLimit(word, limit.path, limit.requests);
  if (requests !== undefined && !isWhole(requests, 10, 2_000_000_000)) yield tooFew("requests", requests);
  const known = [...chosen, ...Object.keys(limits), ...(requests === undefined ? [] : ["requests"])];
  for (const word of counted.filter((one) => !known.includes(one))) {
    const want = `a rule of this ACL: ${known.join(", ")}`;
    yield { prop: "counted", got: word, want, fix: "remove it, or correct the word" };
  }
  const fault = logDaysFault(logDays);
  if (fault) yield { prop: "logDays", got: logDays, ...fault };
}

function* aboutLimit(word: string, path: string, requests: number): Generator<Complaint> {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(word) || Object.hasOwn(groups, word) || word === "requests") {
    const want = "lower-case letters, digits and dashes, and the name of no other rule";
    yield { prop: "limits", got: word, want, fix: "write a word such as login" };
  }
  if (!/^\/[!-z|~]{0,199}$/.test(path)) {
    const want = "the start of a path, of at most 200 characters, without spaces and braces";
    yield { prop: `limits.${word}.path`, got: path, want, fix: "write for example /wp-login.php" };
  }
  if (!isWhole(requests, 10, 2_000_000_000)) yield tooFew(`limits.${word}.requests`, requests);
}

const tooFew = (prop: string, got: number): Complaint => {
  const want = "a whole number of requests in five minutes, from 10 to 2000000000";
  return { prop, got, want, fix: "100 is enough for people behind one address" };
};
