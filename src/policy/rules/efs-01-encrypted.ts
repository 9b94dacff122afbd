import { must, rule } from "../rule";

export const efs01 = rule({
  id: "EFS-01",
  title: "shared files are encrypted where they lie",
  severity: "high",
  types: ["aws_efs_file_system"],
  why: "it cannot be changed later: whoever wants it then copies every file",
  fix: "write encrypted = true",
  also: ["CKV_AWS_42", "AWS-0037", "EFS.1", "EFS.8"],
  inspect: (files) => must(files, "encrypted", true),
});
