/** The guestbook's container, on a web machine and on a desktop alike. */
export const guestbookContainer = {
  /** Name of the image in whatever registry. */
  image: "guestbook",
  /** Port on which it answers. */
  port: 80,
  healthPath: "/healthz",
  /** File with the URL of the database, which it alone reads. */
  databaseUrl: "/run/secrets/database-url",
  /** What migrates the database, before the server of a new version starts. */
  migration: ["node", "migrate.mjs"],
  server: ["node", "server.mjs"],
  database: { scheme: "postgres", name: "guestbook", user: "guestbook" },
} as const;

/** Its variables. The URL of the database is in a file: it holds the password. */
export const guestbookVariables = (redisHost: string, version: string) => ({
  DATABASE_URL_FILE: guestbookContainer.databaseUrl,
  REDIS_HOST: redisHost,
  GUESTBOOK_VERSION: version,
  PORT: String(guestbookContainer.port),
});
