import { BadConfiguration, readDatabase } from "./configuration";
import { jsonLog, reasonOf } from "./log";
import { apply, pending } from "./schema";

const usage = `Usage: migrate.mjs [--check]

Brings the tables of the database in DATABASE_URL (or DATABASE_URL_FILE) up to date. Safe to run twice, and by several
machines at once.

  --check   changes nothing; exit code 0: up to date, 3: something is pending, 1: cannot tell
`;

const log = jsonLog();
const [option, ...others] = process.argv.slice(2);

if (others.length > 0 || ![undefined, "--check"].includes(option)) {
  (option === "--help" ? process.stdout : process.stderr).write(usage);
  process.exitCode = option === "--help" ? 0 : 2;
} else {
  process.exitCode = await run(option === "--check").catch((error) => {
    log.error("migration failed", {
      ...(error instanceof BadConfiguration ? { mistakes: error.mistakes } : { reason: reasonOf(error) }),
    });
    return 1;
  });
}

async function run(check: boolean): Promise<number> {
  const database = readDatabase(process.env);
  if (check) {
    const names = await pending(database);
    log.info("migrations pending", { names });
    return names.length > 0 ? 3 : 0;
  }
  log.info("migrated", { names: await apply(database) });
  return 0;
}
