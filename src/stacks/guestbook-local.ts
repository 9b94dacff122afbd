import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { LocalContainer, LocalSecrets } from "../../modules/local-container";
import { LocalImage } from "../../modules/local-image";
import type { LocalEnvironment, LocalGuestbook } from "../config";
import { guestbookContainer, guestbookVariables } from "../core/guestbook-container";
import { cache, postgres } from "./local-databases";
import { LocalGround } from "./local-ground";

/** The guestbook, Redis and PostgreSQL, on the Docker engine of this machine. */
export class GuestbookLocalStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: LocalEnvironment, system: LocalGuestbook) {
    super(scope, id);
    const ground = new LocalGround(this, environment, "guestbook");
    const { version, port } = system;
    const { image, migration, server, databaseUrl } = guestbookContainer;
    const { scheme, name, user } = guestbookContainer.database;

    // What exists.
    const secrets = new LocalSecrets(this, "secrets");
    const password = secrets.letters("database-password");
    const url = secrets.text("database-url", `${scheme}://${user}:{{database-password}}@database:5432/${name}`);
    const visits = cache(this, "redis", ground, system.cache);
    const entries = postgres(this, "database", ground, { version: system.database.version, user, name, password });
    new LocalContainer(this, "guestbook", {
      ...ground.service("guestbook"),
      image: new LocalImage(this, "guestbook-image", {
        name: `localhost/${image}:${version}`,
        build: { by: "docker", context: "systems/guestbook/app", arguments: { VERSION: version } },
      }),
      environment: guestbookVariables("redis", version),
      secrets: { [databaseUrl]: url },
      // As on a web machine, where a program does the one before the other. Two at once are safe: it holds a lock.
      command: ["sh", "-c", `${migration.join(" ")} && exec ${server.join(" ")}`],
      health: { test: ["CMD", "node", "health-check.mjs"], startSeconds: 15 },
      port: { inside: guestbookContainer.port, outside: port },
      ...{ readOnly: true, memoryMib: 256 },
      after: [visits, entries],
    });

    ground.answersAt(port);
  }
}
