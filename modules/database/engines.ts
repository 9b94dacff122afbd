/** Engines of RDS instances that this module knows how to set up. */
export type Engine = "mysql" | "postgres";

interface EngineFacts {
  readonly port: number;
  /** Major versions that RDS creates, oldest first. */
  readonly versions: readonly string[];
  /** Logs that are written without further agreement (an audit log would need an option group). */
  readonly logs: readonly string[];
  /** Parameter that makes the server refuse connections without TLS. */
  readonly tlsParameter: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Longest administrator name. */
  readonly userLimit: number;
}

/** Day on which `versions` was compared with what RDS offers. */
export const versionsAsOf = "2026-11-20";

/**
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
export const engines: Readonly<Record<Engine, EngineFacts>> = {
  mysql: {
    port: 3306,
    versions: ["8.0", "8.4"],
    logs: ["error", "slowquery"],
    tlsParameter: "require_secure_transport",
    // Only logs written to files are exported.
    parameters: { log_output: "FILE", slow_query_log: "1", long_query_time: "2" },
    userLimit: 16,
  },
  postgres: {
    port: 5432,
    versions: ["13", "14", "15", "16", "17", "18"],
    logs: ["postgresql", "upgrade"],
    tlsParameter: "rds.force_ssl",
    parameters: { log_statement: "ddl", log_min_duration_statement: "2000" },
    userLimit: 63,
  },
};

/** Family of parameter groups for a major version: `mysql8.4`, `postgres17`. */
export const parameterFamily = (engine: Engine, version: string) => `${engine}${version}`;
