import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
import { Client } from "pg";
import type { DatabaseConnection } from "./database-url";
import { reasonOf } from "./log";
import { migrations } from "./migrations";

/** Where a database remembers which migrations it has seen. */
const table = "pgmigrations";

/** How long to wait for the database to answer, and for another migration to end, in milliseconds. */
const connectPatience = 5000;
const lockPatience = 120_000;

/** Runs what the database has not seen yet; the names of it. Of several at once, one works and the others wait. */
export async function apply(database: DatabaseConnection): Promise<string[]> {
  const units = Object.entries(migrations).map(([name, actions]) => ({ id: name, filePaths: [], actions }));
  const client = await connected(database, lockPatience);
  try {
    const done = await runner({
      dbClient: client,
      direction: "up",
      migrationsTable: table,
      advisoryLockMode: "wait",
      // Migrations are part of this very program: the one "file" that is looked for is there wherever it runs.
      dir: fileURLToPath(import.meta.url),
      useGlob: true,
      migrationLoaderStrategies: [{ extensions: [".mjs", ".ts"], loader: async () => units }],
      logger: silent,
    });
    return done.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** What `apply` would run. */
export async function pending(database: DatabaseConnection): Promise<string[]> {
  const client = await connected(database, lockPatience);
  try {
    const { rows: known } = await client.query("SELECT to_regclass($1) IS NOT NULL AS there", [table]);
    const { rows } = known[0].there ? await client.query(`SELECT name FROM ${table}`) : { rows: [] };
    const seen = new Set(rows.map(({ name }) => name));
    return Object.keys(migrations).filter((name) => !seen.has(name));
  } finally {
    await client.end();
  }
}

async function connected(database: DatabaseConnection, lock_timeout: number): Promise<Client> {
  const { host, port, ssl } = database;
  const client = new Client({
    ...database,
    ssl: ssl && { ...ssl },
    application_name: "guestbook-migrate",
    connectionTimeoutMillis: connectPatience,
    lock_timeout,
  });
  // Reported by whatever it interrupts.
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new Error(`cannot reach the database at ${host}:${port}: ${reasonOf(error)}`, { cause: error });
  }
}

const nothing = () => {};
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
