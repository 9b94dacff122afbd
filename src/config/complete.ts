import { type CompleteDashboard, completeDashboard } from "./dashboard-complete";
import { deepFreeze, type Frozen } from "./frozen";
import { type CompleteGuestbook, completeGuestbook } from "./guestbook-complete";
import { type CompleteGuestbookMesos, completeGuestbookMesos } from "./guestbook-mesos-complete";
import type { LocalEnvironment } from "./local-complete";
import type { ParsedEnvironment } from "./shape/environment";

type Parsed = NonNullable<ParsedEnvironment["wordpress"]>;
type ParsedService = Parsed["services"][string];

/** A value read by a task when it starts. */
export interface SecretSource {
  readonly arn: string;
  readonly key?: string;
  readonly kmsKeyArn?: string;
}

/** One service, with every default filled in. */
export type WordpressService = Frozen<
  Omit<ParsedService, "count" | "secrets"> & { count: number; secrets: Record<string, SecretSource> }
>;

/** WordPress on ECS in one environment, with every default filled in. */
export type Wordpress = Frozen<
  Omit<Parsed, "machines" | "registry" | "services"> & {
    machines: Omit<Parsed["machines"], "desired"> & { desired: number };
    registry: Omit<Parsed["registry"], "repository"> & { repository: string };
  }
> & { readonly services: Readonly<Record<string, WordpressService>> };

type ParsedMysql = NonNullable<ParsedEnvironment["wordpressMysql"]>;

/** WordPress with MySQL beside it in one environment, with every default filled in. */
export type WordpressMysql = Frozen<
  Omit<ParsedMysql, "region" | "network" | "machines" | "service"> & {
    region: string;
    network: Omit<ParsedMysql["network"], "endpoints"> & { endpoints: string[] };
    machines: Omit<ParsedMysql["machines"], "desired"> & { desired: number };
    service: Omit<ParsedMysql["service"], "secrets" | "count" | "hostPort"> & {
      secrets: Record<string, SecretSource>;
      count: number;
      hostPort: number;
    };
  }
>;

/** The guestbook in one environment, with every default filled in. */
export type Guestbook = Frozen<CompleteGuestbook>;

/** The dashboard in one environment, with every default filled in. */
export type Dashboard = Frozen<CompleteDashboard>;

/** The guestbook on Mesos in one environment, with every default filled in. */
export type GuestbookMesos = Frozen<CompleteGuestbookMesos>;

/** One copy of the systems, checked and complete. It cannot be changed. */
export type Environment = Frozen<
  Omit<ParsedEnvironment, "wordpress" | "wordpressMysql" | "guestbook" | "dashboard" | "guestbookMesos">
> & {
  /** The name of the file without `.yaml`. */
  readonly name: string;
  /** The file, relative to the current directory. */
  readonly file: string;
  readonly wordpress?: Wordpress;
  readonly wordpressMysql?: WordpressMysql;
  readonly guestbook?: Guestbook;
  readonly dashboard?: Dashboard;
  readonly guestbookMesos?: GuestbookMesos;
};

/** A copy of the systems, wherever it runs. */
export type AnyEnvironment = Environment | LocalEnvironment;

/** Whether it runs on the Docker engine of this machine. */
export const isLocal = (environment: AnyEnvironment): environment is LocalEnvironment =>
  environment.target === "docker";

/** Fills in the defaults that depend on other values. */
export function complete(parsed: ParsedEnvironment, name: string, file: string): Environment {
  const { wordpress, wordpressMysql, guestbook, dashboard, guestbookMesos, ...rest } = parsed;
  return deepFreeze({
    ...rest,
    name,
    file,
    ...(wordpress && { wordpress: completeWordpress(wordpress, name) }),
    ...(wordpressMysql && { wordpressMysql: completeMysql(wordpressMysql, parsed.region) }),
    ...(guestbook && { guestbook: completeGuestbook(guestbook, name) }),
    ...(dashboard && { dashboard: completeDashboard(dashboard, parsed.region) }),
    ...(guestbookMesos && { guestbookMesos: completeGuestbookMesos(guestbookMesos, name) }),
  });
}

function completeWordpress(parsed: Parsed, name: string): Wordpress {
  const { machines, registry, services } = parsed;
  return {
    ...parsed,
    machines: { ...machines, desired: machines.desired ?? firstMachines(machines) },
    registry: { ...registry, repository: registry.repository ?? `wordpress-${name}/wordpress` },
    services: Object.fromEntries(Object.entries(services).map(([key, service]) => [key, completeService(service)])),
  };
}

function completeMysql(parsed: ParsedMysql, region: string): WordpressMysql {
  const { network, machines, service, database } = parsed;
  // A machine without public address reads its password by an endpoint; RDS and Aurora need none.
  const endpoints = network.endpoints ?? ("machine" in database ? ["secretsmanager"] : []);
  return {
    ...parsed,
    region: parsed.region ?? region,
    network: { ...network, endpoints },
    machines: { ...machines, desired: machines.desired ?? firstMachines(machines) },
    service: { ...completeService(service), hostPort: service.hostPort ?? 80 },
  };
}

const firstMachines = ({ min, max }: { min: number; max: number }) => Math.min(Math.max(min, 1), max);

type Counted = Pick<ParsedService, "count" | "scaling" | "secrets">;

function completeService<S extends Counted>({ count, secrets, ...service }: S) {
  return { ...service, count: count ?? service.scaling?.min ?? 1, secrets: sourcesOf(secrets) };
}

function sourcesOf(secrets: ParsedService["secrets"]): Record<string, SecretSource> {
  const sources = Object.entries(secrets).map(([name, secret]) => [
    name,
    typeof secret === "string" ? { arn: secret } : secret,
  ]);
  return Object.fromEntries(sources);
}
