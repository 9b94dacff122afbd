import { asBlock, blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const efs03 = rule({
  id: "EFS-03",
  title: "access points lead to a folder, not to all files",
  severity: "medium",
  types: ["aws_efs_access_point"],
  why: "one service would read and write the files of every other",
  fix: "write root_directory with a path of the service's own",
  also: ["CKV_AWS_329", "EFS.3"],
  inspect: (point) => {
    const { path } = asBlock(blocks(point.body.root_directory)[0]);
    return complainIf(path === undefined || path === "/", point, "root_directory.path", path, "a folder of its own");
  },
});
