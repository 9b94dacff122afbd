import { blocks, same } from "../../core/terraform-json";
import { complainIf, must, rule } from "../rule";

export const x07 = rule({
  id: "X-07",
  title: "what is kept is not destroyed or replaced by mistake",
  severity: "critical",
  types: [
    ...["aws_db_instance", "aws_rds_cluster", "aws_ecr_repository", "aws_efs_file_system", "aws_s3_bucket"],
    "aws_cloudwatch_log_group",
  ],
  why: "a changed argument that replaces, or a destroy in the wrong place, would take the data, and somebody would approve it",
  fix: "write lifecycle.prevent_destroy, a final snapshot and no force_delete, and skip_destroy on log groups: onRemoval keep does",
  whenKept: true,
  inspect: (store) => {
    const { body, type } = store;
    // Its plan may go on, and leaves the logs.
    if (type === "aws_cloudwatch_log_group") return must(store, "skip_destroy", true);
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
