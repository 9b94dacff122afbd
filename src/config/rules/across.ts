import type { Report } from "../report";
import type { Path } from "../yaml/tree";
import { present, type View } from "./rule";

/** One environment among others. */
export interface Neighbour {
  readonly name: string;
  readonly file: string;
  readonly view: View;
  readonly report: Report;
}

/** What environments must not have in common: names in one account, and places of their state. */
export function acrossRule(environments: readonly Neighbour[]): void {
  const names = new Map<string, Neighbour>();
  const states = new Map<string, Neighbour>();
  for (const environment of environments) {
    collideInNames(environment, names);
    collideInState(environment, states);
  }
}

/** `wordpress-dev-a-b` is service `a-b` of `dev`, and service `b` of `dev-a`. IAM knows no regions. */
function collideInNames(environment: Neighbour, taken: Map<string, Neighbour>): void {
  const { name, view, report } = environment;
  const { account = "any account" } = view;
  const claim = (path: Path, kind: string, physical: string) => {
    const key = `${account} ${kind} ${physical}`;
    const other = taken.get(key);
    if (other && other !== environment) {
      const want = `a name that no other environment makes in ${account}: ${physical} is one of ${other.file}`;
      report(path, { code: "NAME_COLLISION", want, fix: "rename one of the two", on: "key" });
    } else taken.set(key, environment);
  };
  for (const kind of ["services", "loadBalancers"] as const) {
    for (const [part] of present<object>(view.wordpress?.[kind])) {
      claim(["wordpress", kind, part], kind, `wordpress-${name}-${part}`);
    }
  }
  // `wordpress-mysql-dev` is also the `wordpress` of an environment `mysql-dev`.
  if (view.wordpress) claim(["wordpress"], "systems", `wordpress-${name}`);
  if (view.wordpressMysql) {
    claim(["wordpressMysql"], "systems", `wordpress-mysql-${name}`);
    claim(["wordpressMysql"], "services", `wordpress-mysql-${name}-wordpress`);
  }
  if (view.dashboard) claim(["dashboard"], "systems", `dashboard-${name}`);
  if (view.guestbook) claim(["guestbook"], "systems", `guestbook-${name}`);
}

/** Two stacks with one state destroy each other's resources. */
function collideInState(environment: Neighbour, taken: Map<string, Neighbour>): void {
  const { name, view, report } = environment;
  const stacks = ["wordpress-platform", "wordpress-service", "wordpress-mysql", "guestbook", "dashboard"];
  const places = stacks.map((stack) => statePlace(view, `${stack}-${name}`));
  for (const place of places.filter((place) => place !== undefined)) {
    const other = taken.get(place);
    taken.set(place, environment);
    if (!other || other === environment) continue;
    const want = `a place for the state of its own: ${place} is the place of ${other.file}`;
    report(["state"], { code: "STATE_KEY_DUP", want, fix: "choose another prefix" });
  }
}

function statePlace({ state }: View, stack: string): string | undefined {
  if (state?.backend === "s3" && state.bucket && state.prefix)
    return `s3://${state.bucket}/${state.prefix}/${stack}.tfstate`;
  if (state?.backend !== "cloud" || !state.organization || state.workspacePrefix === undefined) return undefined;
  return `${state.hostname ?? "app.terraform.io"}/${state.organization}/${state.workspacePrefix}${stack}`;
}
