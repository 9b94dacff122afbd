import { blocks, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const x07 = rule({
  id: "X-07",
  title: "kept data outlives every mistake in the code",
  severity: "critical",
  types: ["aws_db_instance", "aws_rds_cluster", "aws_ecr_repository", "aws_efs_file_system", "aws_s3_bucket"],
  why: "a renamed resource or a wrong branch would plan the destruction of data, and somebody would approve it",
  fix: "write lifecycle.prevent_destroy, a final snapshot and no force_delete: onRemoval keep does",
  whenKept: true,
  inspect: (store) => {
    const { body, type } = store;
    const prevented = blocks(body.lifecycle)[0]?.prevent_destroy;
    const complaints = [...complainIf(!same(prevented, true), store, "lifecycle.prevent_destroy", prevented, "true")];
    for (const force of ["force_delete", "force_destroy"]) {
      complaints.push(...complainIf(same(body[force], true), store, force, body[force], "false"));
    }
    if (type === "aws_db_instance" || type === "aws_rds_cluster") {
      const snapshot = same(body.skip_final_snapshot, true) ? undefined : body.final_snapshot_identifier;
      complaints.push(...complainIf(snapshot === undefined, store, "final_snapshot_identifier", snapshot, "a name"));
    }
    return complaints;
  },
});
