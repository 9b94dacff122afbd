import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";

/** Where the database is and how to reach it, in the words of the PostgreSQL driver. */
export interface DatabaseConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user?: string;
  readonly password?: string;
  readonly ssl: false | ConnectionOptions;
}

const shape = "postgres://user:password@host/database";
const modes = ["disable", "require", "verify-ca", "verify-full"];

/**
 * Reads a URL as PostgreSQL's own programs do, with three differences: without `sslmode` nothing is encrypted, the modes
 * that try twice (`allow`, `prefer`) are refused, and so is every parameter that would have no effect.
 *
 * @param name what messages call the URL; they never repeat it, since it holds a password
 */
export function databaseConnection(name: string, text: string): DatabaseConnection {
  const url = parsed(name, text);
  const database = decoded(name, url.pathname.slice(1));
  if (!url.hostname || !database) throw new Error(`${name} must name a host and a database: ${shape}`);
  // The brackets around an IPv6 address belong to the URL.
  const host = decoded(name, url.hostname).replace(/^\[(.*)\]$/, "$1");
  return {
    host,
    port: Number(url.port || 5432),
    database,
    ...(url.username && { user: decoded(name, url.username) }),
    ...(url.password && { password: decoded(name, url.password) }),
    ssl: encryption(name, url.searchParams),
  };
}

function parsed(name: string, text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Error(
      `${name} must look like ${shape}; in the password write @ as %40, / as %2F, : as %3A, # as %23 and % as %25`,
    );
  }
  if (!["postgres:", "postgresql:"].includes(url.protocol)) throw new Error(`${name} must start with postgres://`);
  if (url.hash) throw new Error(`${name} must not contain #; in the password write it as %23`);
  return url;
}

function decoded(name: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error(`${name} has a % that is not the start of an escape; write it as %25`);
  }
}

function encryption(name: string, parameters: URLSearchParams): false | ConnectionOptions {
  const { sslmode, sslrootcert, ...others } = Object.fromEntries(parameters);
  if (Object.keys(others).length > 0)
    throw new Error(`${name} may have the parameters sslmode and sslrootcert, not ${Object.keys(others).join(", ")}`);
  if (sslmode !== undefined && !modes.includes(sslmode))
    throw new Error(`${name}: sslmode must be one of ${modes.join(", ")}, got ${JSON.stringify(sslmode)}`);
  const encrypted = sslmode !== undefined && sslmode !== "disable";
  if (sslrootcert !== undefined && !encrypted) throw new Error(`${name}: sslrootcert needs sslmode=verify-full`);
  if (!encrypted) return false;
  const authority = sslrootcert === undefined ? {} : { ca: certificate(name, sslrootcert) };
  if (sslmode === "verify-full") return { ...authority, rejectUnauthorized: true };
  if (sslrootcert !== undefined)
    return { ...authority, rejectUnauthorized: true, checkServerIdentity: () => undefined };
  // Anybody can have a certificate of a public authority: without a name to compare it proves nothing.
  if (sslmode === "verify-ca") throw new Error(`${name}: sslmode=verify-ca needs sslrootcert`);
  return { rejectUnauthorized: false };
}

function certificate(name: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    throw new Error(`${name}: sslrootcert must name a file that can be read, got ${JSON.stringify(file)} (${reason})`);
  }
}
