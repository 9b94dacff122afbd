import { Pool } from "pg";
import type { DatabaseConnection } from "./database-url";
import { type Log, reasonOf } from "./log";
import type { NewEntry } from "./new-entry";

export interface Entry extends NewEntry {
  /** A 64-bit number, which JavaScript holds as text. */
  readonly id: string;
  readonly createdAt: Date;
}

/** A page of entries, newest first. */
export interface EntryPage {
  readonly entries: readonly Entry[];
  /** The next page begins before this entry; undefined on the last page. */
  readonly olderThan?: string;
}

export const pageSize = 20;

/** The largest number that PostgreSQL takes as an id. */
const maxId = "9223372036854775807";

/** The entries in PostgreSQL. Every method fails within seconds where the database does not answer, and works again when it does. */
export class Entries {
  private readonly pool: Pool;

  constructor(connection: DatabaseConnection, log: Log) {
    this.pool = new Pool({
      ...connection,
      ssl: connection.ssl && { ...connection.ssl },
      application_name: "guestbook",
      connectionTimeoutMillis: 3000,
      query_timeout: 4000,
      keepAlive: true,
    });
    // A connection that breaks while nobody uses it; the pool makes a new one when it is needed.
    this.pool.on("error", (error) => log.warn("database connection lost", { reason: reasonOf(error) }));
  }

  async page(before: string = maxId): Promise<EntryPage> {
    // A page goes on at an entry, not at a count: new entries move nothing to another page.
    const { rows } = await this.pool.query<Entry>(
      `SELECT id, name, message, created_at AS "createdAt" FROM guestbook WHERE id < $1 ORDER BY id DESC LIMIT $2`,
      [before, pageSize + 1],
    );
    const entries = rows.slice(0, pageSize);
    return rows.length > pageSize ? { entries, olderThan: entries.at(-1)!.id } : { entries };
  }

  /** The id of the new entry. */
  async add({ name, message }: NewEntry): Promise<string> {
    const text = "INSERT INTO guestbook (name, message) VALUES ($1, $2) RETURNING id";
    const { rows } = await this.pool.query<{ id: string }>(text, [name, message]);
    return rows[0]!.id;
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}

/** The entry before which a page begins, as the address of a page tells it; undefined for what is none. */
export function entryId(text: string | undefined): string | undefined {
  return text !== undefined && /^[1-9]\d{0,17}$/.test(text) ? text : undefined;
}
