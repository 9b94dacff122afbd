import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { LocalContainer, type LocalSecret, LocalSecrets } from "../../modules/local-container";
import { LocalImage } from "../../modules/local-image";
import type { LocalDashboard, LocalEnvironment, SwarmService } from "../config";
import { dashboardServices } from "../core/dashboard-services";
import { postgres } from "./local-databases";
import { LocalGround } from "./local-ground";

/** What the stack takes from `systems/dashboard`. */
export interface DashboardLocalFiles {
  /** The services of the swarm's own stack file, with the database's place filled in. */
  readonly services: Readonly<Record<string, SwarmService>>;
  /** `database.sql`. */
  readonly schema: string;
  /** What loads it at the first start. */
  readonly loader: string;
}

/** Settings of the stack file that differ from those of the swarm. */
export const dashboardLocalSettings = { DB_HOST: "database", DB_SSLMODE: "disable", DASHBOARD_SECRET: "aws_db" };

/** The two services of the dashboard, one of each, and PostgreSQL, on the Docker engine of this machine. */
export class DashboardLocalStack extends TerraformStack {
  constructor(
    scope: Construct,
    id: string,
    environment: LocalEnvironment,
    system: LocalDashboard,
    { services, schema, loader }: DashboardLocalFiles,
  ) {
    super(scope, id);
    const ground = new LocalGround(this, environment, "dashboard");
    const { administrator } = dashboardServices.database;

    // What exists.
    const secrets = new LocalSecrets(this, "secrets");
    const known: Readonly<Record<string, LocalSecret>> = { aws_db: secrets.letters("aws_db") };
    const database = postgres(this, "database", ground, {
      version: system.database.version,
      ...{ user: administrator, name: administrator, password: secrets.letters("administrator-password") },
      first: {
        files: {
          "/docker-entrypoint-initdb.d/dashboard.sh": loader,
          "/usr/local/share/dashboard/database.sql": schema,
        },
        secrets: { "/run/secrets/aws_db": known.aws_db! },
      },
    });
    const service = (name: string, after: readonly LocalContainer[]) => {
      const { image, environment: variables, secrets: files, port, ...options } = services[name]!;
      return new LocalContainer(this, name, {
        ...ground.service(name),
        image: new LocalImage(this, `${name}-image`, { name: image, build: buildOf(name, image) }),
        environment: variables,
        secrets: Object.fromEntries(Object.entries(files).map(([secret, file]) => [file, known[secret]!])),
        port: port && { inside: port.target, outside: system.port },
        ...options,
        after,
      });
    };
    const back = service("dash-back", [database]);
    service("dash-front", [back]);

    ground.answersAt(system.port);
  }
}

/** Each service has a folder of its own, named after the last word: `dash-front` is built from `front`. */
function buildOf(service: string, image: string) {
  const context = `systems/dashboard/${service.replace(/^dash-/, "")}`;
  return { by: "docker", context, arguments: { VERSION: image.slice(image.lastIndexOf(":") + 1) } } as const;
}
