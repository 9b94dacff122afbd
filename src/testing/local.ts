import { join } from "node:path";
import type { App } from "cdktf";
import { type LocalEnvironment, loadLocalEnvironment } from "../config";
import { DashboardLocalStack } from "../stacks/dashboard-local";
import { dashboardLocalFiles } from "../stacks/dashboard-local-files";
import { GuestbookLocalStack } from "../stacks/guestbook-local";
import { GuestbookMesosLocalStack } from "../stacks/guestbook-mesos-local";
import { guestbookMesosLocalFiles } from "../stacks/guestbook-mesos-local-files";
import { WordpressLocalStack } from "../stacks/wordpress-local";
import { WordpressMysqlLocalStack } from "../stacks/wordpress-mysql-local";
import { type Block, inThrowAwayApp, type Synthesized } from "./synthesize";

const root = join(__dirname, "../..");

/** The description of a local engine as it stands in `environments/`. */
export const local: LocalEnvironment = loadLocalEnvironment(join(root, "environments/local.yaml"));

const makers = {
  wordpress: (app: App, env: LocalEnvironment) => new WordpressLocalStack(app, "wordpress-local", env, env.wordpress!),
  "wordpress-mysql": (app: App, env: LocalEnvironment) =>
    new WordpressMysqlLocalStack(app, "wordpress-mysql-local", env, env.wordpressMysql!),
  guestbook: (app: App, env: LocalEnvironment) => new GuestbookLocalStack(app, "guestbook-local", env, env.guestbook!),
  dashboard: (app: App, env: LocalEnvironment) =>
    new DashboardLocalStack(app, "dashboard-local", env, env.dashboard!, dashboardLocalFiles(root)),
  "guestbook-mesos": (app: App, env: LocalEnvironment) =>
    new GuestbookMesosLocalStack(
      app,
      "guestbook-mesos-local",
      env,
      env.guestbookMesos!,
      guestbookMesosLocalFiles(root),
    ),
};

export type LocalSystem = keyof typeof makers;
export const localSystems = Object.keys(makers) as LocalSystem[];

/** A local stack as it is written, comments included. */
export function localOf(system: LocalSystem, environment: LocalEnvironment = local): Synthesized {
  return inThrowAwayApp((app) => makers[system](app, environment), { comments: true });
}

/** A container of a local stack, in words that other descriptions of containers have too. */
export interface LocalService {
  readonly body: Block;
  /** Full reference. */
  readonly image: string;
  readonly variables: Readonly<Record<string, string>>;
  /** File in the container, by the name of the secret. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** The containers of a local stack, by their service's name. */
export function servicesOf(stack: Synthesized): Readonly<Record<string, LocalService>> {
  const containers: Block[] = Object.values(stack.document.resource.docker_container);
  return Object.fromEntries(
    containers.map((body): [string, LocalService] => [
      body.networks_advanced[0].aliases[0],
      {
        body,
        image: stack.at(body.image).name,
        variables: Object.fromEntries(
          (body.env ?? []).map((line: string) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
        ),
        secrets: Object.fromEntries(
          (body.mounts ?? [])
            .filter(({ type }: Block) => type === "bind")
            .map(({ source, target }: Block) => [source.replace("${var.secrets_folder}/", ""), target]),
        ),
      },
    ]),
  );
}
