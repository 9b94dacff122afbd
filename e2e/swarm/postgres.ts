import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CleanUp, docker, eventually, tryDocker, uniqueName } from "../machine/harness/engine";
import type { Finished } from "../support/process";
import { temporaryFolder } from "../support/temporary";
import { postgresImage } from "./images";

const scripts = join(__dirname, "../../systems/dashboard/database");

/** A PostgreSQL server that takes nothing but TLS and logs every statement; load-db.sh runs beside it, as on a bastion. */
export class Postgres {
  private readonly files = temporaryFolder("passwords");
  /** Folder with the files of passwords; `app` is the application's. */
  readonly passwords = this.files;

  private constructor(
    readonly name: string,
    /** Address on its network: containers inside the machines know no name outside. */
    readonly address: string,
    private readonly network: string,
    private readonly password: string,
  ) {
    this.file("superuser", `${password}\n`);
  }

  static async start(network: string, password: string, cleanUp: CleanUp): Promise<Postgres> {
    const name = uniqueName("postgres");
    cleanUp.container(name);
    const image = await postgresImage();
    await docker("run", "-d", "--name", name, "--network", network, "-e", `PASSWORD=${password}`, image);
    const format = `{{(index .NetworkSettings.Networks "${network}").IPAddress}}`;
    const { stdout } = await docker("inspect", "--format", format, name);
    const server = new Postgres(name, stdout.trim(), network, password);
    await eventually("PostgreSQL", 30, () => server.query("postgres", "SELECT 1"));
    return server;
  }

  /** Runs load-db.sh, which gives the application this password. */
  load(appPassword: string, ...more: string[]): Promise<Finished> {
    this.file("app", appPassword);
    const files = ["--password-file", "/passwords/superuser", "--app-password-file", "/passwords/app"];
    return this.client("sh", "/database/load-db.sh", "--host", this.address, ...files, ...more);
  }

  /** What a statement gives, with psql's own layout. It must succeed. */
  async query(database: string, ...statements: string[]): Promise<string> {
    return this.queryAs("postgres", this.password, database, ...statements);
  }

  async queryAs(user: string, password: string, database: string, ...statements: string[]): Promise<string> {
    this.file("pgpass", `*:*:*:*:${password.replace(/[\\:]/g, "\\$&")}\n`);
    const commands = statements.flatMap((statement) => ["-c", statement]);
    const finished = await this.client(
      ...["env", "PGPASSFILE=/passwords/pgpass", "psql", "-X", "-w", "-h", this.address, "-U", user, "-d", database],
      ...commands,
    );
    if (finished.code !== 0) throw new Error(finished.output.trim());
    return finished.stdout.trim();
  }

  /** Everything that the server logged, which is every statement. */
  async log(): Promise<string> {
    return (await tryDocker("logs", this.name)).output;
  }

  client(...command: string[]): Promise<Finished> {
    const mounts = ["-v", `${scripts}:/database:ro`, "-v", `${this.files}:/passwords:ro`];
    return postgresImage().then((image) =>
      tryDocker("run", "--rm", "--network", this.network, ...mounts, image, ...command),
    );
  }

  private file(name: string, content: string): void {
    const path = join(this.files, name);
    writeFileSync(path, content);
    chmodSync(path, 0o600);
  }
}
