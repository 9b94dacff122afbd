import { didYouMean } from "../../core/did-you-mean";
import { planListenerRules, type Route, type RouteMistake } from "../../core/listener-rules";
import { present, type Rule } from "./rule";

const codes: Readonly<Record<RouteMistake["kind"], string>> = {
  path: "LB_RULE_PATH",
  host: "LB_RULE_HOST",
  priority: "LB_RULE_PRIORITY",
  taken: "LB_RULE_PRIORITY_DUP",
  shadowed: "LB_RULE_SHADOWED",
  duplicate: "LB_RULE_DUP",
  tooMany: "LB_RULE_LIMIT",
};

/** Wildcards of all conditions of one rule together. */
const mostWildcards = 5;

/** Load balancers that exist, and rules on each that AWS takes and requests reach. */
export const loadBalancingRule: Rule = ({ wordpress }, report) => {
  const balancers = wordpress?.loadBalancers;
  if (balancers && !Object.hasOwn(balancers, "public")) {
    const want = "a load balancer named public";
    report(["wordpress", "loadBalancers"], { code: "LB_PUBLIC_MISSING", want, fix: "add public: {}" });
  }
  const routes = new Map<string, Record<string, Route>>();
  for (const [name, { loadBalancer, route }] of present(wordpress?.services)) {
    const path = ["wordpress", "services", name];
    if (loadBalancer === undefined) continue;
    if (balancers && !Object.hasOwn(balancers, loadBalancer)) {
      const known = Object.keys(balancers);
      const meant = didYouMean(loadBalancer, known);
      const want = `a name of loadBalancers: ${known.join(", ")}`;
      const fix = meant ? `did you mean ${meant}?` : `add ${loadBalancer}: {} to loadBalancers`;
      report([...path, "loadBalancer"], { code: "REF_UNKNOWN", want, fix });
    }
    if (!route?.path) continue;
    checkWildcards(`${route.path}${route.host ?? ""}`, (fault) => report([...path, "route"], fault));
    if (!routes.has(loadBalancer)) routes.set(loadBalancer, {});
    routes.get(loadBalancer)![name] = route;
  }
  for (const rules of routes.values()) {
    for (const { kind, service, want, fix, ...mistake } of planListenerRules(rules).mistakes) {
      const path = ["wordpress", "services", service, "route"];
      const code = codes[kind];
      if (kind === "path" || kind === "host" || kind === "priority") report([...path, kind], { code, want, fix });
      else if (kind === "taken") report([...path, "priority"], { code, want, fix });
      else if ("limit" in mistake) report(["wordpress", "services"], { code, got: `${mistake.got} rules`, want, fix });
      else report(path, { code, got: requests(rules[service]!), want, fix });
    }
  }
};

function requests({ host, path }: Route): string {
  return `${host ?? "any host"}, ${path}`;
}

function checkWildcards(
  patterns: string,
  report: (fault: { code: string; got: string; want: string; fix: string }) => void,
): void {
  const wildcards = patterns.match(/[*?]/g)?.length ?? 0;
  if (wildcards <= mostWildcards) return;
  const want = `at most ${mostWildcards} of * and ? in path and host together`;
  report({ code: "LB_RULE_LIMIT", got: `${wildcards} wildcards`, want, fix: "one * stands for any text, slashes too" });
}
