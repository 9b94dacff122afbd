import { coversRequests, type Patterns, specificity } from "./listener-patterns";
import { shortHash } from "./names";
import { isWhole } from "./whole";

/** Which requests a service answers. At least one of path and host, or it answers everything. */
export interface Route {
  /**
   * Path pattern such as `/shop/*`: `*` is any text, slashes too, `?` is any one character. Case counts.
   * @default - any path
   */
  readonly path?: string;
  /**
   * Host name, or a pattern of one such as `*.example.com`.
   * @default - any host
   */
  readonly host?: string;
  /**
   * Place in the order in which the load balancer tries its rules, 1 to 50000, smallest first. 1 to 999 are never assigned.
   * @default - assigned from the service's name and how narrow its route is
   */
  readonly priority?: number;
}

/** A mistake in the routes of one load balancer: what is wanted instead, and the change that most likely repairs it. */
export type RouteMistake = { readonly service: string; readonly want: string; readonly fix: string } & (
  | { readonly kind: "path" | "host" | "priority"; readonly got: string | number }
  /** Two services have one number. */
  | { readonly kind: "taken"; readonly other: string; readonly priority: number; readonly free: number }
  /** No request reaches the service: a rule that is tried earlier takes them all. */
  | { readonly kind: "shadowed"; readonly by: string; readonly priority: number; readonly byPriority: number }
  /** Two services ask for the same requests. */
  | { readonly kind: "duplicate"; readonly other: string }
  | { readonly kind: "tooMany"; readonly got: number; readonly limit: number }
);

export interface ListenerRulePlan {
  /** Priority by service. A service whose explicit priority AWS would refuse has none. */
  readonly priorities: Readonly<Record<string, number>>;
  /** In the order of the services' names. */
  readonly mistakes: readonly RouteMistake[];
}

/** Rules that one load balancer holds, defaults not counted; AWS raises it on request. */
const defaultQuota = 100;
const last = 50_000;
/** Smallest number that is assigned; those before it are for whoever needs to be first. */
const firstAssigned = 1_000;

/**
 * How many numbers each kind of route has, in the order of the numbers. A contract: whoever changes a width moves every
 * rule of every deployed load balancer. Key: path depth, host (exact, wildcards, none), path (exact, wildcards).
 */
const widths = {
  ...{ "3 0 0": 300, "3 0 1": 1_200, "3 1 0": 100, "3 1 1": 400, "3 2 0": 500, "3 2 1": 2_500 },
  ...{ "2 0 0": 300, "2 0 1": 1_200, "2 1 0": 100, "2 1 1": 400, "2 2 0": 500, "2 2 1": 4_500 },
  ...{ "1 0 0": 500, "1 0 1": 2_500, "1 1 0": 100, "1 1 1": 900, "1 2 0": 1_000, "1 2 1": 13_000 },
  ...{ "0 0 0": 500, "0 0 1": 15_000, "0 1 0": 100, "0 1 1": 1_900 },
  ...{ "0 2 0": 500, "0 2 1": 1_001 },
};

interface Rule extends Patterns {
  readonly service: string;
  readonly priority: number;
  readonly explicit: boolean;
}

/**
 * Gives each service that shares a load balancer the priority of its listener rule: the one it asks for, or one made of its
 * own name and how narrow its route is. No service's number depends on the others, so that none moves when another comes or
 * goes. Where two meet, nothing is moved: it is a mistake that names a free number to write down.
 */
export function planListenerRules(routes: Readonly<Record<string, Route>>, quota = defaultQuota): ListenerRulePlan {
  const services = Object.keys(routes).sort();
  const mistakes = services.flatMap((service) => malformed(service, routes[service]!));
  const rules = services
    .filter((service) => validPriority(routes[service]!.priority))
    .map((service) => ruleOf(service, routes[service]!));
  const wrong = new Set(mistakes.map(({ service }) => service));
  const sound = rules.filter(({ service }) => !wrong.has(service));
  // Numbers and shadows of rules that cannot be on one load balancer say nothing about those that will be.
  mistakes.push(...(services.length > quota ? [tooMany(services, quota)] : [...taken(rules), ...hidden(sound)]));
  return {
    priorities: Object.fromEntries(rules.map(({ service, priority }) => [service, priority])),
    mistakes: mistakes.sort((a, b) => (a.service < b.service ? -1 : Number(a.service > b.service))),
  };
}

function ruleOf(service: string, { path = "/*", host = "*", priority }: Route): Rule {
  const patterns = { path, host: host.toLowerCase() };
  return { service, ...patterns, priority: priority ?? assigned(service, patterns), explicit: priority !== undefined };
}

function assigned(service: string, patterns: Patterns): number {
  const { first, width } = bandOf(patterns);
  return first + (Number.parseInt(shortHash([service]), 16) % width);
}

function bandOf(patterns: Patterns): { first: number; width: number } {
  const { depth, host, path } = specificity(patterns);
  let first = firstAssigned;
  for (const [key, width] of Object.entries(widths)) {
    if (key === `${depth} ${host} ${path}`) return { first, width };
    first += width;
  }
  throw new Error(`no band for ${JSON.stringify(patterns)}`);
}

function taken(rules: readonly Rule[]): RouteMistake[] {
  const owners = new Map<number, string>();
  const used = new Set(rules.map(({ priority }) => priority));
  // Whoever wrote a number down keeps it.
  return [...rules]
    .sort((a, b) => Number(b.explicit) - Number(a.explicit))
    .flatMap((rule): RouteMistake[] => {
      const { service, priority } = rule;
      const other = owners.get(priority);
      if (other === undefined) {
        owners.set(priority, service);
        return [];
      }
      const free = freeFor(rule, used);
      used.add(free);
      const want = `a priority of its own: ${other} has ${priority} too`;
      return [{ kind: "taken", service, other, priority, free, want, fix: `write priority: ${free}` }];
    });
}

/** The next free number, among those of its kind of route unless its number was written down. */
function freeFor({ priority, explicit, path, host }: Rule, used: ReadonlySet<number>): number {
  const { first, width } = explicit ? { first: 1, width: last } : bandOf({ path, host });
  const free = (from: number, count: number, at: number) => {
    for (let step = 1; step < count; step++) {
      const candidate = from + ((at - from + step) % count);
      if (!used.has(candidate)) return candidate;
    }
    return undefined;
  };
  return free(first, width, priority) ?? free(1, last, priority)!;
}

function hidden(rules: readonly Rule[]): RouteMistake[] {
  return rules.flatMap((rule, index): RouteMistake[] => {
    const { service, priority, path, host } = rule;
    const twin = rules.slice(0, index).find((other) => other.path === path && other.host === host);
    if (twin) {
      const want = `a route of its own: ${twin.service} answers the same requests`;
      const fix = "change the path or the host of one of them";
      return [{ kind: "duplicate", service, other: twin.service, want, fix }];
    }
    const by = rules
      .filter((other) => other.priority < priority && !(other.path === path && other.host === host))
      .find((other) => coversRequests(other, rule));
    if (!by) return [];
    const want = `reachable: ${by.service} is tried before it (${by.priority}, ${priority}) and takes all its requests`;
    const fix = `write a priority below ${by.priority}, or a larger one for ${by.service}`;
    return [{ kind: "shadowed", service, by: by.service, priority, byPriority: by.priority, want, fix }];
  });
}

function tooMany(services: readonly string[], limit: number): RouteMistake {
  return {
    kind: "tooMany",
    service: services[limit]!,
    got: services.length,
    limit,
    want: `one of at most ${limit} rules on a load balancer`,
    fix: "spread the services over several load balancers",
  };
}

function malformed(service: string, { path, host, priority }: Route): RouteMistake[] {
  const mistakes: RouteMistake[] = [];
  if (path !== undefined && !/^\/[A-Za-z0-9_\-.$/~"'@:+&*?]{0,127}$/.test(path)) {
    const want = "a path pattern: /, then up to 127 letters, digits or characters of _-.$/~\"'@:+&*?";
    mistakes.push({ kind: "path", service, got: path, want, fix: `write a path such as /${service}/*` });
  }
  if (host !== undefined && (host.length > 128 || !/^[A-Za-z0-9*?.-]*\.[A-Za-z]+$/.test(host))) {
    const want =
      "a host name of at most 128 letters, digits and characters of -.*?, with only letters after its last dot";
    mistakes.push({ kind: "host", service, got: host, want, fix: `write a host such as ${service}.example.com` });
  }
  if (!validPriority(priority)) {
    const want = `a whole number from 1 to ${last}`;
    const fix = `write a number below ${firstAssigned}, or leave it out to have one assigned`;
    mistakes.push({ kind: "priority", service, got: priority!, want, fix });
  }
  return mistakes;
}

function validPriority(priority: number | undefined): boolean {
  return priority === undefined || isWhole(priority, 1, last);
}
