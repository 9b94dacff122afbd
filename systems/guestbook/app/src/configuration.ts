import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { type DatabaseConnection, databaseConnection } from "./database-url";

export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

export interface Configuration {
  /** Port to listen on, on every address. */
  readonly port: number;
  readonly redis: RedisAddress;
  readonly database: DatabaseConnection;
  /** What `/healthz` and the foot of the page tell. */
  readonly version: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Every mistake in the environment, one sentence each. None of them repeats a value that may hold a password. */
export class BadConfiguration extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join("; "));
    this.name = "BadConfiguration";
  }
}

/** Everything that the server needs to know; an empty variable is one that is not set. */
export function readConfiguration(environment: Environment): Configuration {
  const mistakes: string[] = [];
  const configuration = {
    port: portOf(environment, "PORT", 80, mistakes),
    redis: {
      host: hostOf(environment, mistakes),
      port: portOf(environment, "REDIS_PORT", 6379, mistakes),
      tls: switchOf(environment, "REDIS_TLS", mistakes),
    },
    database: databaseOf(environment, mistakes),
    version: environment.GUESTBOOK_VERSION || "development",
  };
  return checked(configuration, mistakes);
}

/** The same for the migration, which needs the database alone. */
export function readDatabase(environment: Environment): DatabaseConnection {
  const mistakes: string[] = [];
  return checked(databaseOf(environment, mistakes), mistakes);
}

/** `PORT` alone, for the health check, which must not fail for another variable. */
export const readPort = (environment: Environment) => portOf(environment, "PORT", 80, []);

function checked<T>(value: T | undefined, mistakes: readonly string[]): Exclude<T, undefined> {
  if (mistakes.length > 0) throw new BadConfiguration(mistakes);
  return value as Exclude<T, undefined>;
}

function portOf(environment: Environment, name: string, byDefault: number, mistakes: string[]): number {
  const text = environment[name] || String(byDefault);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) mistakes.push(`${name} must be a port from 1 to 65535, got ${JSON.stringify(text)}`);
  return port;
}

function hostOf({ REDIS_HOST: host = "" }: Environment, mistakes: string[]): string {
  if (!/^[\w.-]+$/.test(host) && isIP(host) === 0)
    mistakes.push(`REDIS_HOST must be a host name without a port, got ${JSON.stringify(host)}`);
  return host;
}

function switchOf(environment: Environment, name: string, mistakes: string[]): boolean {
  const text = environment[name] || "off";
  if (text !== "on" && text !== "off") mistakes.push(`${name} must be on or off, got ${JSON.stringify(text)}`);
  return text === "on";
}

function databaseOf(environment: Environment, mistakes: string[]): DatabaseConnection {
  const { DATABASE_URL: url, DATABASE_URL_FILE: file } = environment;
  try {
    if (url && file) throw new Error("set DATABASE_URL or DATABASE_URL_FILE, not both");
    if (file) return databaseConnection("the URL in DATABASE_URL_FILE", contentOf(file));
    if (!url) throw new Error("set DATABASE_URL to postgres://user:password@host/database, or DATABASE_URL_FILE");
    return databaseConnection("DATABASE_URL", url);
  } catch (error) {
    mistakes.push((error as Error).message);
    return { host: "", port: 0, database: "", ssl: false };
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    throw new Error(`DATABASE_URL_FILE must name a file that can be read, got ${JSON.stringify(file)} (${reason})`);
  }
}
