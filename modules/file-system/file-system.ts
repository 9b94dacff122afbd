import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import type { ZonedPlacement } from "../../src/core/placement";
import type { OnRemoval } from "../../src/core/removal";
import { watchedFileSystem } from "../../src/core/watched/file-systems";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { Connections } from "../connections";

/** Days without a read after which EFS moves a file to its cheaper class: no other numbers exist. */
export const coldDays = [1, 7, 14, 30, 60, 90, 180, 270, 365] as const;

export interface FileSystemProps {
  /** Name in AWS, such as `wordpress-production`. */
  readonly name: string;
  /** Subnets that the internet cannot reach, one per zone: in each, machines of that zone find the files. */
  readonly placement: ZonedPlacement;
  /**
   * Days without a read after which a file moves to the class for infrequent access, which is cheaper to keep and dearer to read.
   * The first read brings it back.
   * @default 30
   */
  readonly coldAfterDays?: (typeof coldDays)[number];
  /**
   * Whether AWS Backup takes a copy every day and keeps it for 35 days. The copies are billed by their size.
   * @default true
   */
  readonly backups?: boolean;
  /**
   * With `keep`, Terraform refuses to plan the end or the replacement of the files.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/**
 * Files that machines of several zones share (EFS), encrypted where they lie and on their way. Nobody mounts them until
 * `files.connections.allowFrom(machines, "why")` lets the machine in and its role has an access point: a client without
 * a role, or without TLS, is refused by the files themselves.
 *
 * Costs by what is stored, read and written, nothing by the hour: throughput follows the load. A zone that is added later adds its
 * mount target; of the others, none moves.
 */
export class FileSystem extends Construct implements Watchable {
  readonly connections: Connections;
  readonly arn: string;
  /** Known only after apply. */
  readonly fileSystemId: string;
  /** What must be there before the first mount: the name of the files is unknown in a zone without its mount target. */
  readonly mountTargets: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    const { name, placement, coldAfterDays = 30, backups = true, onRemoval = "keep" } = props;
    this.check(coldAfterDays, placement);

    const files = new EfsFileSystem(this, "files", {
      encrypted: true,
      performanceMode: "generalPurpose",
      throughputMode: "elastic",
      // Each rule is a block of its own: AWS refuses two in one.
      lifecyclePolicy: [
        { transitionToIa: `AFTER_${coldAfterDays}_DAY${coldAfterDays === 1 ? "" : "S"}` },
        { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
      ],
      tags: { Name: name },
      lifecycle: onRemoval === "keep" ? { preventDestroy: true } : undefined,
    });
    new EfsBackupPolicy(this, "backups", {
      fileSystemId: files.id,
      backupPolicy: { status: backups ? "ENABLED" : "DISABLED" },
    });
    const policy = new EfsFileSystemPolicy(this, "access", { fileSystemId: files.id, policy: tlsOnly(files.arn) });
    this.connections = new Connections(this, "connections", { vpcId: placement.vpcId, ports: 2049 });
    this.mountTargets = Object.entries(placement.byZone).map(
      ([zone, subnetId]) =>
        new EfsMountTarget(this, `target-${zone}`, {
          fileSystemId: files.id,
          subnetId,
          securityGroups: [this.connections.securityGroupId],
          // Whoever can mount finds the policy in place.
          dependsOn: [policy],
        }),
    );
    this.arn = files.arn;
    this.fileSystemId = files.id;
  }

  get watched(): Watched {
    return watchedFileSystem(this.fileSystemId);
  }

  private check(coldAfterDays: number, { byZone }: ZonedPlacement): void {
    if (!(coldDays as readonly number[]).includes(coldAfterDays)) {
      const want = `one of ${coldDays.join(", ")}`;
      throw new InvalidProps(this, { prop: "coldAfterDays", got: coldAfterDays, want, fix: "leave it out for 30" });
    }
    if (Object.keys(byZone).length === 0) {
      const want = "a subnet in at least one zone";
      throw new InvalidProps(this, { prop: "placement.byZone", got: byZone, want, fix: "pass a tier of a network" });
    }
  }
}

/**
 * Once there is a policy, a client that names no role has no right any more. This one gives none either, so that roles have
 * what their own policies say.
 */
function tlsOnly(arn: string): string {
  const Action = ["ClientMount", "ClientWrite", "ClientRootAccess"].map((word) => `elasticfilesystem:${word}`);
  const Condition = { Bool: { "aws:SecureTransport": "false" } };
  const statement = { Sid: "TlsOnly", Effect: "Deny", Principal: { AWS: "*" }, Action, Resource: arn, Condition };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
