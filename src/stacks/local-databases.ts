import { Construct } from "constructs";
import { LocalContainer, type LocalContainerProps, type LocalSecret } from "../../modules/local-container";
import { LocalImage } from "../../modules/local-image";
import { type CacheEngine, engines } from "../core/cache-engines";
import type { LocalGround } from "./local-ground";

/** What official images need of root's powers: they give their folder to a user of their own, and go on as that user. */
export const becomesUser = ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_SETGID", "CAP_SETUID"] as const;

const inside = "/run/secrets/database-password";
const insideForRoot = "/run/secrets/database-root-password";

interface MysqlProps {
  /** Name by which others reach it. */
  readonly service: string;
  readonly version: string;
  readonly name: string;
  readonly user: string;
  readonly password: LocalSecret;
  /** Nobody needs it: but one that the image draws would stand in the log of the container. */
  readonly rootPassword: LocalSecret;
}

/** MySQL on port 3306, from its official image. Root gets in from inside the container alone. */
export function mysql(scope: Construct, id: string, ground: LocalGround, props: MysqlProps): LocalContainer {
  const { service, version, name, user, password, rootPassword } = props;
  const parts = new Construct(scope, id);
  const query = `mysql --host=127.0.0.1 --user=${user} --execute='SELECT 1' ${name}`;
  return new LocalContainer(parts, "server", {
    ...ground.service(service),
    image: new LocalImage(parts, "image", { name: `docker.io/library/mysql:${version}` }),
    environment: {
      ...{ MYSQL_DATABASE: name, MYSQL_USER: user, MYSQL_PASSWORD_FILE: inside },
      ...{ MYSQL_ROOT_PASSWORD_FILE: insideForRoot, MYSQL_ROOT_HOST: "localhost" },
    },
    secrets: { [inside]: password, [insideForRoot]: rootPassword },
    volumes: { "/var/lib/mysql": ground.volume(parts, "data", service) },
    // By the network, on which the server does not listen before schema and account are made.
    health: { test: ["CMD-SHELL", `MYSQL_PWD="$(cat ${inside})" ${query}`], retries: 24, startSeconds: 60 },
    capabilities: becomesUser,
    ...{ memoryMib: 1024, stopSeconds: 60 },
  });
}

interface PostgresProps {
  readonly version: string;
  /** Superuser; the image makes it. */
  readonly user: string;
  readonly name: string;
  readonly password: LocalSecret;
  /**
   * What its first start needs beside that.
   * @default - nothing
   */
  readonly first?: Pick<LocalContainerProps, "files"> & { readonly secrets: Readonly<Record<string, LocalSecret>> };
}

/** PostgreSQL on port 5432, from its official image, known as `database`. */
export function postgres(scope: Construct, id: string, ground: LocalGround, props: PostgresProps): LocalContainer {
  const { version, user, name, password, first } = props;
  const parts = new Construct(scope, id);
  return new LocalContainer(parts, "server", {
    ...ground.service("database"),
    image: new LocalImage(parts, "image", { name: `docker.io/library/postgres:${version}` }),
    environment: { POSTGRES_USER: user, POSTGRES_DB: name, POSTGRES_PASSWORD_FILE: inside },
    secrets: { [inside]: password, ...first?.secrets },
    files: first?.files,
    volumes: { "/var/lib/postgresql/data": ground.volume(parts, "data", "database") },
    // By the network, on which the server does not listen before everything is made.
    health: { test: ["CMD", "pg_isready", "--host=127.0.0.1", `--username=${user}`, `--dbname=${name}`] },
    capabilities: becomesUser,
    ...{ memoryMib: 512, stopSeconds: 60 },
  });
}

/** Redis or Valkey on port 6379, known as `redis`, which writes down every change. */
export function cache(
  scope: Construct,
  id: string,
  ground: LocalGround,
  { engine, version }: { engine: CacheEngine; version: string },
): LocalContainer {
  const { image, client } = engines[engine];
  const parts = new Construct(scope, id);
  return new LocalContainer(parts, "server", {
    ...ground.service("redis"),
    image: new LocalImage(parts, "image", { name: image(version) }),
    command: [`${engine}-server`, "--appendonly", "yes"],
    volumes: { "/data": ground.volume(parts, "data", "redis") },
    health: { test: ["CMD", client, "ping"], startSeconds: 10 },
    capabilities: becomesUser,
    memoryMib: 128,
  });
}
