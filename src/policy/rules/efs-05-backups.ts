import { asBlock, blocks } from "../../core/terraform-json";
import type { Doc, Entry } from "../doc";
import { complainIf, rule } from "../rule";

/** Whether some selection of AWS Backup names the files, or a tag that they carry. */
function selected(files: Entry, doc: Doc): boolean {
  const tags = asBlock(files.body.tags);
  return doc.all("aws_backup_selection").some((selection) => {
    const byTag = blocks(selection.body.selection_tag).some(({ key, value }) => tags[String(key)] === value);
    return byTag || doc.followAll(selection.body.resources).includes(files);
  });
}

export const efs05 = rule({
  id: "EFS-05",
  title: "shared files of kept systems are backed up",
  severity: "high",
  types: ["aws_efs_file_system"],
  why: "several zones do not help against a deleted folder",
  fix: 'make an aws_efs_backup_policy with status "ENABLED", or give the files the tag of a backup plan',
  also: ["CKV2_AWS_18", "EFS.2", "EFS.7"],
  whenKept: true,
  inspect: (files, doc) => {
    const [given] = doc
      .referrers(files, "aws_efs_backup_policy")
      .map(({ body }) => asBlock(blocks(body.backup_policy)[0]).status);
    return complainIf(given !== "ENABLED" && !selected(files, doc), files, "backup_policy.status", given, "ENABLED");
  },
});
