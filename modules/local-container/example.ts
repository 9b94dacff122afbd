import type { TerraformStack } from "cdktf";
import { LocalContainer, LocalSecrets } from ".";

/** A database, and an application that starts once the database answers. */
export function example(stack: TerraformStack) {
  const network = { name: "shop-local" };
  const secrets = new LocalSecrets(stack, "secrets");
  const password = secrets.letters("database-password");
  const url = secrets.text("database-url", "postgres://shop:{{database-password}}@database:5432/shop");

  const database = new LocalContainer(stack, "database", {
    ...{ name: "shop-local-database", alias: "database", network, memoryMib: 256 },
    image: { imageId: "sha256:1111111111111111111111111111111111111111111111111111111111111111" },
    environment: { POSTGRES_USER: "shop", POSTGRES_DB: "shop", POSTGRES_PASSWORD_FILE: "/run/secrets/password" },
    secrets: { "/run/secrets/password": password },
    volumes: { "/var/lib/postgresql/data": { name: "shop-local-database" } },
    health: { test: ["CMD", "pg_isready", "-h", "127.0.0.1", "-U", "shop"] },
    capabilities: ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_SETGID", "CAP_SETUID"],
  });

  new LocalContainer(stack, "shop", {
    ...{ name: "shop-local-shop", alias: "shop", network, memoryMib: 128, readOnly: true },
    image: { imageId: "sha256:2222222222222222222222222222222222222222222222222222222222222222" },
    environment: { DATABASE_URL_FILE: "/run/secrets/database-url" },
    secrets: { "/run/secrets/database-url": url },
    health: { test: ["CMD", "shop", "--healthy"], startSeconds: 10 },
    port: { inside: 80, outside: 8080 },
    after: [database],
  });
}
