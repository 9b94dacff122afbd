import type { Entry } from "./doc";

export const databaseTypes = ["aws_db_instance", "aws_rds_cluster"] as const;

/** Whether it copies another instance, and takes the settings of that one. */
export function isReplica({ body }: Entry): boolean {
  return body.replicate_source_db !== undefined || body.replication_source_identifier !== undefined;
}

/** Parameter by which a server refuses connections without TLS, by the beginning of its engine or family. */
const tlsParameters = {
  mysql: "require_secure_transport",
  mariadb: "require_secure_transport",
  "aurora-mysql": "require_secure_transport",
  postgres: "rds.force_ssl",
  "aurora-postgresql": "rds.force_ssl",
} as const;

export function tlsParameterOf(engine: unknown): string | undefined {
  const name = String(engine);
  return Object.entries(tlsParameters).find(([prefix]) => name.startsWith(prefix))?.[1];
}
