import { type CacheEngine, engines } from "../../core/cache-engines";
import type { Tolerant } from "../check";
import type { Report } from "../report";
import type { ParsedLocal } from "../shape/local";
import { connectionVariables, databaseVariables } from "../variables";
import type { Path } from "../yaml/tree";
import { checkVariables } from "./services";

export type LocalView = Tolerant<ParsedLocal>;

/** A description of a local engine among others. */
export interface LocalNeighbour {
  readonly name: string;
  readonly file: string;
  readonly view: LocalView;
  readonly report: Report;
}

/** Systems of a local environment, with the words that their stacks begin with. */
const systems = {
  wordpress: "wordpress",
  wordpressMysql: "wordpress-mysql",
  guestbook: "guestbook",
  dashboard: "dashboard",
  guestbookMesos: "guestbook-mesos",
} as const;

/** What the fields of one local environment must not say together. */
export function localRule({ wordpress, wordpressMysql, guestbook }: LocalView, report: Report): void {
  if (wordpress) checkEnvironment(["wordpress"], wordpress.environment, databaseVariables, report);
  if (wordpressMysql) checkEnvironment(["wordpressMysql"], wordpressMysql.environment, connectionVariables, report);
  const { engine, version } = guestbook?.cache ?? {};
  if (engine && version) checkCache(engine, version, report);
}

/** What is written as a variable goes through the same checks as on AWS: no secrets, and nothing that Slipway sets. */
function checkEnvironment(
  path: Path,
  environment: Readonly<Record<string, string | undefined>> | undefined,
  taken: readonly string[],
  report: Report,
): void {
  const names = [...taken, ...taken.map((name) => `${name}_FILE`)];
  const fix = "remove it: what a local system needs of secrets is made for it, in files";
  checkVariables({ environment, secrets: {} }, { names }, (rest, fault) =>
    report([...path, ...rest], fault.code === "SECRET_PLAIN" ? { ...fault, fix } : fault),
  );
}

function checkCache(engine: CacheEngine, version: string, report: Report): void {
  const { versions, usual } = engines[engine];
  if ((versions as readonly string[]).includes(version)) return;
  const want = `a version of ${engine} that AWS has too: ${versions.join(", ")}`;
  report(["guestbook", "cache", "version"], { code: "CACHE_ENGINE", want, fix: `write "${usual}"` });
}

/** One engine has each port, and each name, once. */
export function localAcrossRule(environments: readonly LocalNeighbour[]): void {
  const ports = new Map<number, string>();
  const stacks = new Map<string, string>();
  for (const { name, file, view, report } of environments) {
    for (const [system, word] of Object.entries(systems) as [keyof typeof systems, string][]) {
      const described = view[system];
      if (!described) continue;
      const stack = `${word}-${name}`;
      const twin = stacks.get(stack);
      stacks.set(stack, file);
      if (twin) {
        const want = `a stack that no other environment makes: ${stack} is one of ${twin}`;
        report([system], { code: "NAME_COLLISION", want, fix: "rename one of the two files", on: "key" });
      }
      const { port } = described;
      if (port === undefined) continue;
      const owner = ports.get(port);
      ports.set(port, `${system} of ${file}`);
      if (owner === undefined) continue;
      const want = `a port of its own: ${port} is that of ${owner}`;
      report([system, "port"], { code: "PORT_DUP", got: String(port), want, fix: "write another port" });
    }
  }
}
