import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { AccessPoint, type AccessPointProps, FileSystem, type FileSystemProps } from ".";
import { example } from "./example";

const zones = (...letters: string[]) => ({
  vpcId: "vpc-1",
  subnetIds: letters.map((letter) => `subnet-${letter}`),
  byZone: Object.fromEntries(letters.map((letter) => [letter, `subnet-${letter}`])),
});
const files = (props: Partial<FileSystemProps> = {}) =>
  synthesize((stack) => new FileSystem(stack, "uploads", { name: "shop", placement: zones("a", "b"), ...props }));
const point = (props: Partial<AccessPointProps> = {}) =>
  synthesize(
    (stack) =>
      new AccessPoint(stack, "shop", {
        ...{ name: "shop", fileSystemId: "fs-1", folder: "/shop", owner: { uid: 33, gid: 33 } },
        ...props,
      }),
  );

describe("a file system", () => {
  it("is encrypted, and its throughput follows the load (S2-W03)", () => {
    expect(files().one(EfsFileSystem)).toMatchObject({ encrypted: true, throughput_mode: "elastic" });
  });

  it("is found in each zone, in the subnet of that zone (S2-W03)", () => {
    expect(
      files()
        .all(EfsMountTarget)
        .map(({ subnet_id }) => subnet_id),
    ).toEqual(["subnet-a", "subnet-b"]);
  });

  it("keeps its addresses when a zone comes before the others", () => {
    expect(files({ placement: zones("a", "b", "c") }).addresses()).toEqual(expect.arrayContaining(files().addresses()));
  });

  it("lets nobody in until told to, and then over NFS only", () => {
    expect(files().all(VpcSecurityGroupIngressRule)).toEqual([]);
    expect(synthesize(example).one(VpcSecurityGroupIngressRule)).toMatchObject({ from_port: 2049, to_port: 2049 });
  });

  it("refuses whoever comes without TLS, and lets nobody in who names no role", () => {
    const { Statement } = JSON.parse(files().one(EfsFileSystemPolicy).policy);
    expect(Statement).toMatchObject([{ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }]);
  });

  it("is backed up every day, unless asked otherwise", () => {
    const status = (backups?: boolean) => files({ backups }).one(EfsBackupPolicy).backup_policy.status;
    expect([status(), status(false)]).toEqual(["ENABLED", "DISABLED"]);
  });

  it("moves what nobody reads to the cheaper class, and back", () => {
    expect(files({ coldAfterDays: 7 }).one(EfsFileSystem).lifecycle_policy).toEqual([
      { transition_to_ia: "AFTER_7_DAYS" },
      { transition_to_primary_storage_class: "AFTER_1_ACCESS" },
    ]);
    expect(files({ coldAfterDays: 1 }).one(EfsFileSystem).lifecycle_policy[0].transition_to_ia).toBe("AFTER_1_DAY");
  });

  it("is not destroyed by mistake, unless asked otherwise", () => {
    expect(files().one(EfsFileSystem).lifecycle).toEqual({ prevent_destroy: true });
    expect(files({ onRemoval: "destroy" }).one(EfsFileSystem)).not.toHaveProperty("lifecycle");
  });

  it("refuses days that EFS does not know, and a network without zones", () => {
    expect(() => files({ coldAfterDays: 2 as 1 })).toThrow("test/uploads: coldAfterDays must be one of 1, 7, 14");
    expect(() => files({ placement: zones() })).toThrow("test/uploads: placement.byZone must be a subnet in at least");
  });
});

describe("an access point", () => {
  it("leads to one folder, as one user, whoever comes (S2-W03)", () => {
    expect(point().one(EfsAccessPoint)).toMatchObject({
      posix_user: { uid: 33, gid: 33 },
      root_directory: { path: "/shop", creation_info: { owner_uid: 33, owner_gid: 33, permissions: "0755" } },
    });
  });

  it.each<[Partial<AccessPointProps>, string]>([
    [{ folder: "shop" }, "folder must be one to four names"],
    [{ folder: "/" }, "folder must be one to four names"],
    [{ folder: "/../other" }, "folder must be one to four names"],
    [{ owner: { uid: 0, gid: 33 } }, "owner.uid must be a whole number from 1 to 4294967295: 0 would be root"],
    [{ owner: { uid: 33, gid: 1.5 } }, "owner.gid must be a whole number"],
  ])("refuses %j", (props, message) => {
    expect(() => point(props)).toThrow(`test/shop: ${message}`);
  });
});
