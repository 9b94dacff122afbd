import { present, type Rule } from "./rule";

/** Names that differ by case only: whoever writes them in lower case, as AWS does, makes one of two. */
export const nameRule: Rule = ({ wordpress }, report) => {
  for (const kind of ["services", "loadBalancers"] as const) {
    const first = new Map<string, string>();
    for (const [name] of present<object>(wordpress?.[kind])) {
      const other = first.get(name.toLowerCase());
      if (other === undefined) {
        first.set(name.toLowerCase(), name);
        continue;
      }
      const want = `a name that differs from ${other} by more than case`;
      report(["wordpress", kind, name], {
        code: "NAME_CASE_DUP",
        want,
        fix: "rename one of the two",
        on: "key",
      });
    }
  }
};
