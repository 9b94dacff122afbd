import { blocks, same } from "../../core/terraform-json";
import type { Entry } from "../doc";
import { type Complaint, complainIf, must, rule } from "../rule";

/** What leaves a last copy, and the argument that says so. */
const lastCopies: Readonly<Record<string, string>> = {
  aws_db_instance: "final_snapshot_identifier",
  aws_rds_cluster: "final_snapshot_identifier",
  aws_elasticache_replication_group: "final_snapshot_identifier",
  aws_ebs_volume: "final_snapshot",
};

/** What can be had back for some days, and the argument that says how many; AWS's own number, 30, is enough. */
const regrets: Readonly<Record<string, readonly [argument: string, least: number]>> = {
  aws_kms_key: ["deletion_window_in_days", 30],
  aws_secretsmanager_secret: ["recovery_window_in_days", 7],
};

export const x07 = rule({
  id: "X-07",
  title: "what is kept is not destroyed or replaced by mistake",
  severity: "critical",
  types: [
    ...["aws_ecr_repository", "aws_efs_file_system", "aws_s3_bucket", "aws_backup_vault", "aws_cloudwatch_log_group"],
    ...[...Object.keys(lastCopies), ...Object.keys(regrets)],
  ],
  why: "a changed argument that replaces, or a destroy in the wrong place, would take the data, and somebody would approve it",
  fix: "write lifecycle.prevent_destroy, a final snapshot and no force_delete, and skip_destroy on log groups: onRemoval keep does",
  whenKept: true,
  inspect: (store) => {
    // Its plan may go on, and leaves the logs.
    if (store.type === "aws_cloudwatch_log_group") return must(store, "skip_destroy", true);
    const [argument, least] = regrets[store.type] ?? [];
    if (argument !== undefined && least !== undefined) {
      const days = store.body[argument];
      return complainIf(days !== undefined && !(Number(days) >= least), store, argument, days, `${least} or more`);
    }
    return [...guard(store), ...lastCopy(store)];
  },
});

/** Terraform refuses, and nothing makes AWS forget what is inside. */
function guard(store: Entry): readonly Complaint[] {
  const prevented = blocks(store.body.lifecycle)[0]?.prevent_destroy;
  const complaints = [...complainIf(!same(prevented, true), store, "lifecycle.prevent_destroy", prevented, "true")];
  for (const force of ["force_delete", "force_destroy"]) {
    complaints.push(...complainIf(same(store.body[force], true), store, force, store.body[force], "false"));
  }
  return complaints;
}

function lastCopy(store: Entry): readonly Complaint[] {
  const argument = lastCopies[store.type];
  if (argument === undefined) return [];
  if (argument === "final_snapshot") return must(store, argument, true);
  const said = same(store.body.skip_final_snapshot, true) ? undefined : store.body[argument];
  return complainIf(said === undefined, store, argument, said, "a name");
}
