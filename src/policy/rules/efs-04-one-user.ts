import { asBlock, blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const efs04 = rule({
  id: "EFS-04",
  title: "access points say as which user one comes",
  severity: "medium",
  types: ["aws_efs_access_point"],
  why: "root of a container would be root of the files",
  fix: "write posix_user with uid and gid, other than 0",
  also: ["CKV_AWS_330", "EFS.4"],
  inspect: (point) => {
    const { uid } = asBlock(blocks(point.body.posix_user)[0]);
    return complainIf(uid === undefined || String(uid) === "0", point, "posix_user.uid", uid, "a user other than root");
  },
});
