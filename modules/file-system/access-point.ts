import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { isWhole } from "../../src/core/whole";

export interface AccessPointProps {
  /** Name in AWS, such as `wordpress-production-shop`. */
  readonly name: string;
  readonly fileSystemId: string;
  /** Folder of the file system that becomes the root of whoever comes this way, such as `/shop`. It is made when first used. */
  readonly folder: string;
  /** User and group that every file is read and written as, whoever the client says it is. 33 is `www-data` on Debian. */
  readonly owner: { readonly uid: number; readonly gid: number };
}

/**
 * A way into one folder of a file system, as one user: what is beside the folder cannot be seen. Costs nothing. AWS changes none in
 * place: another folder or owner is another access point, and tasks move to it. The files stay where they are.
 */
export class AccessPoint extends Construct {
  readonly arn: string;
  readonly accessPointId: string;

  constructor(scope: Construct, id: string, { name, fileSystemId, folder, owner }: AccessPointProps) {
    super(scope, id);
    if (!/^(\/[A-Za-z0-9][A-Za-z0-9_.-]{0,99}){1,4}$/.test(folder)) {
      const want = "one to four names of letters, digits, _, . and -, each after a /";
      throw new InvalidProps(this, { prop: "folder", got: folder, want, fix: "write a folder such as /shop" });
    }
    for (const part of ["uid", "gid"] as const) {
      if (isWhole(owner[part], 1, 4_294_967_295)) continue;
      const want = "a whole number from 1 to 4294967295: 0 would be root";
      throw new InvalidProps(this, { prop: `owner.${part}`, got: owner[part], want, fix: "33 is www-data on Debian" });
    }
    const point = new EfsAccessPoint(this, "point", {
      fileSystemId,
      posixUser: owner,
      rootDirectory: {
        path: folder,
        creationInfo: { ownerUid: owner.uid, ownerGid: owner.gid, permissions: "0755" },
      },
      tags: { Name: name },
    });
    this.arn = point.arn;
    this.accessPointId = point.id;
  }
}
