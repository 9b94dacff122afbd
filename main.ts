import { join } from "node:path";
import { App, type TerraformStack } from "cdktf";
import { type AnyEnvironment, isLocal, type LocalEnvironment, loadEnvironments, readSystemFiles } from "./src/config";
import { judgeStacks, report } from "./src/policy";
import { DashboardStack } from "./src/stacks/dashboard";
import { DashboardLocalStack } from "./src/stacks/dashboard-local";
import { dashboardLocalFiles } from "./src/stacks/dashboard-local-files";
import { GuestbookStack } from "./src/stacks/guestbook";
import { guestbookFiles } from "./src/stacks/guestbook-files";
import { GuestbookLocalStack } from "./src/stacks/guestbook-local";
import { GuestbookMesosStack } from "./src/stacks/guestbook-mesos";
import { guestbookMesosFiles } from "./src/stacks/guestbook-mesos-files";
import { GuestbookMesosLocalStack } from "./src/stacks/guestbook-mesos-local";
import { guestbookMesosLocalFiles } from "./src/stacks/guestbook-mesos-local-files";
import { WordpressLocalStack } from "./src/stacks/wordpress-local";
import { WordpressMysqlStack } from "./src/stacks/wordpress-mysql";
import { WordpressMysqlLocalStack } from "./src/stacks/wordpress-mysql-local";
import { WordpressPlatformStack } from "./src/stacks/wordpress-platform";
import { WordpressServiceStack } from "./src/stacks/wordpress-service";
import { type Synthesis, type SynthesizedStack, synthesize } from "./src/synth";

type Make = (app: App, id: string, root: string) => TerraformStack;

/** Everything that is deployed: one line per copy, from the stack's id to what makes it. `root` is the project's folder. */
export function copiesOf(environment: AnyEnvironment): Record<string, Make> {
  if (isLocal(environment)) return localCopiesOf(environment);
  const { name, wordpress, wordpressMysql, guestbook, dashboard, guestbookMesos } = environment;
  return {
    ...(wordpress && {
      [`wordpress-platform-${name}`]: (app, id) => new WordpressPlatformStack(app, id, environment, wordpress),
      [`wordpress-service-${name}`]: (app, id) => new WordpressServiceStack(app, id, environment, wordpress),
    }),
    ...(wordpressMysql && {
      [`wordpress-mysql-${name}`]: (app, id) => new WordpressMysqlStack(app, id, environment, wordpressMysql),
    }),
    ...(guestbook && {
      [`guestbook-${name}`]: (app, id, root) =>
        new GuestbookStack(app, id, environment, guestbook, guestbookFiles(root)),
    }),
    ...(dashboard && {
      [`dashboard-${name}`]: (app, id, root) => {
        const loaders = readSystemFiles(root, "systems/dashboard/database");
        return new DashboardStack(app, id, environment, dashboard, loaders);
      },
    }),
    ...(guestbookMesos && {
      [`guestbook-mesos-${name}`]: (app, id, root) =>
        new GuestbookMesosStack(app, id, environment, guestbookMesos, guestbookMesosFiles(root)),
    }),
  };
}

/** The same for the Docker engine of this machine. */
function localCopiesOf(environment: LocalEnvironment): Record<string, Make> {
  const { name, wordpress, wordpressMysql, guestbook, dashboard, guestbookMesos } = environment;
  return {
    ...(wordpress && {
      [`wordpress-${name}`]: (app, id) => new WordpressLocalStack(app, id, environment, wordpress),
    }),
    ...(wordpressMysql && {
      [`wordpress-mysql-${name}`]: (app, id) => new WordpressMysqlLocalStack(app, id, environment, wordpressMysql),
    }),
    ...(guestbook && {
      [`guestbook-${name}`]: (app, id) => new GuestbookLocalStack(app, id, environment, guestbook),
    }),
    ...(dashboard && {
      [`dashboard-${name}`]: (app, id, root) =>
        new DashboardLocalStack(app, id, environment, dashboard, dashboardLocalFiles(root)),
    }),
    ...(guestbookMesos && {
      [`guestbook-mesos-${name}`]: (app, id, root) =>
        new GuestbookMesosLocalStack(app, id, environment, guestbookMesos, guestbookMesosLocalFiles(root)),
    }),
  };
}

export interface SynthesizeAllOptions {
  /** Folder of the project. */
  readonly root: string;
  /** Folder with one YAML file per environment. */
  readonly environments: string;
  /** Where the output goes, absolute. */
  readonly out: string;
  /** Names of environments; all when empty. */
  readonly only: readonly string[];
  readonly plain: boolean;
  readonly underCdktf: boolean;
}

/** Reads the descriptions, writes the Terraform JSON of every copy, and puts it in place if the policy accepts all of it. */
export function synthesizeAll({
  root,
  environments: folder,
  out,
  only,
  plain,
  underCdktf,
}: SynthesizeAllOptions): Synthesis {
  const environments = chosen(loadEnvironments(folder), only, folder);
  const build = (outdir: string) => {
    const app = new App({ outdir, stackTraces: false });
    for (const environment of environments) {
      for (const [id, make] of Object.entries(copiesOf(environment))) make(app, id, root);
    }
    return app;
  };
  return synthesize({
    build,
    out,
    check: (stacks) => refuseFlaws(environments, stacks),
    lockFile: join(root, ".terraform.lock.hcl"),
    partial: only.length > 0,
    keepEmptyFolders: underCdktf,
    plain,
  });
}

/** The environments with the given names, or all. */
export function chosen<E extends AnyEnvironment>(
  all: readonly E[],
  names: readonly string[],
  folder: string,
): readonly E[] {
  for (const name of names) if (!all.some((one) => one.name === name)) throw new UnknownEnvironment(name, all, folder);
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

/** A name that no file has. */
export class UnknownEnvironment extends Error {
  constructor(
    private readonly environment: string,
    private readonly all: readonly AnyEnvironment[],
    private readonly folder: string,
  ) {
    super(`there is no environment ${environment}`);
  }

  report(): string {
    const known = this.all.map(({ name }) => name).join(", ");
    return `error: there is no ${this.environment}.yaml in ${this.folder}; the environments there are: ${known}`;
  }
}

/** The policy found something that nobody answers for. */
export class Refused extends Error {
  constructor(private readonly findings: string) {
    super("the policy refuses the output");
  }

  report(): string {
    return `${this.findings}\n\nNothing was written: the previous output is as it was.`;
  }
}

function refuseFlaws(environments: readonly AnyEnvironment[], stacks: readonly SynthesizedStack[]): void {
  const findings = environments.flatMap((environment) => {
    const own = stacks.filter(({ name }) => name in copiesOf(environment));
    return judgeStacks(own, { suppressions: environment.suppressions }).findings;
  });
  if (findings.length > 0) throw new Refused(report(findings));
}
