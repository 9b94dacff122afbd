import type { MigrationBuilder } from "node-pg-migrate";
import * as guestbook from "./1_guestbook";

interface Migration {
  readonly up: (pgm: MigrationBuilder) => void;
  readonly down: (pgm: MigrationBuilder) => void;
}

/** Every migration under the name by which a database remembers it, oldest first. What has run once is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  "1_guestbook": guestbook,
};
