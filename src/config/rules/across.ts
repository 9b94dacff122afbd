import type { Report } from "../report";
import type { Path } from "../yaml/tree";
import { entrancesOf } from "./entrances";
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
  for (const bearers of bearersByName(environments).values()) shareName(bearers);
}

/** Who has a public name: an entrance of an environment. */
interface Bearer {
  readonly environment: Neighbour;
  readonly path: Path;
  readonly share: object | undefined;
}

function bearersByName(environments: readonly Neighbour[]): Map<string, Bearer[]> {
  const names = new Map<string, Bearer[]>();
  for (const environment of environments) {
    for (const { path, entrance } of entrancesOf(environment.view)) {
      const { name, zone, share } = entrance.domain ?? {};
      if (!name) continue;
      const key = `${environment.view.account ?? ""} ${zone} ${name}`;
      names.set(key, [...(names.get(key) ?? []), { environment, path: [...path, "domain"], share }]);
    }
  }
  return names;
}

/** Route 53 wants of records with one name that all are shares, and of one kind; and a visitor wants an answer wherever. */
function shareName(bearers: readonly Bearer[]): void {
  const kindOf = ({ share }: Bearer) => (share === undefined ? "all" : "weight" in share ? "weight" : "place");
  const [first] = bearers;
  const kind = kindOf(first!);
  for (const bearer of bearers.slice(1)) {
    const { environment, path } = bearer;
    if (kind !== "all" && kindOf(bearer) === kind) continue;
    const where = `${first!.environment.file} has the name at ${first!.path.join(".")}`;
    const want = `a share of the same kind on both: ${where}`;
    const fix = "give both a share: { weight: … }, or both a place";
    environment.report(path, { code: "DNS_SHARE", want, fix, on: "key" });
  }
  const places = bearers.filter((one) => kindOf(one) === "place").map(({ share }) => JSON.stringify(share));
  for (const [index, place] of places.entries()) {
    if (places.indexOf(place) === index) continue;
    const { environment, path } = bearers[index]!;
    const want = "a place that no other has for this name";
    environment.report([...path, "share"], { code: "DNS_SHARE", want, fix: "write another country or continent" });
  }
  // A place that is wrong is said to be, and may have been the one for all others.
  if (kind !== "place" || places.includes('{"country":"*"}') || places.includes("{}")) return;
  const want = 'one of this name with country: "*", which answers those whom no other does';
  first!.environment.report([...first!.path, "share"], { code: "DNS_SHARE", want, fix: 'write country: "*" here' });
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
  // `guestbook-mesos-dev` is also the `guestbook` of an environment `mesos-dev`.
  if (view.guestbook) claim(["guestbook"], "systems", `guestbook-${name}`);
  if (view.guestbookMesos) claim(["guestbookMesos"], "systems", `guestbook-mesos-${name}`);
}

/** Two stacks with one state destroy each other's resources. */
function collideInState(environment: Neighbour, taken: Map<string, Neighbour>): void {
  const { name, view, report } = environment;
  const stacks = [
    ...["wordpress-platform", "wordpress-service", "wordpress-mysql"],
    ...["guestbook", "dashboard", "guestbook-mesos"],
  ];
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
