import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Aspects, TerraformOutput, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { BackupPlan, type DataKind } from "../../modules/backup-plan";
import { DataKey } from "../../modules/data-key";
import { VolumeSnapshots } from "../../modules/volume-snapshots";
import { dataTag } from "../core/data-tag";
import type { OnRemoval } from "../core/removal";
import type { Watchable } from "../core/watched/watched";

/** What a description says about how the data of a system is kept safe. */
export interface SafetyOf {
  readonly dataKey: "aws" | "own";
  readonly backupPlan?: {
    readonly keepDays: number;
    readonly monthlyKeepDays?: number;
    readonly hour: number;
    readonly lock: "none" | "governance";
  };
}

interface Site {
  /** Name of the system and its environment. */
  readonly name: string;
  readonly region: string;
  readonly onRemoval: OnRemoval;
}

type DataHolder = DbInstance | RdsCluster | EfsFileSystem | EbsVolume;

/**
 * The key of a system's data and the plan by which AWS Backup copies them, as far as its description wants them. Call it when
 * everything else is there.
 *
 * @returns what there is to watch, by fixed words
 */
export function keepSafe(stack: TerraformStack, site: Site, system: SafetyOf): Readonly<Record<string, Watchable>> {
  const keyArn = system.dataKey === "own" ? new DataKey(stack, "data-key", site).arn : undefined;
  if (keyArn !== undefined) encryptData(stack, keyArn);
  const plan = system.backupPlan && copyData(stack, site, system.backupPlan, keyArn);
  return plan ? { "backup-plan": plan } : {};
}

/** Has everything that stores data in the stack encrypted by a key, whichever module made it. */
function encryptData(stack: TerraformStack, kmsKeyId: string): void {
  Aspects.of(stack).add({
    visit: (node) => {
      if (node instanceof DbInstance || node instanceof RdsCluster) {
        node.kmsKeyId = kmsKeyId;
        node.masterUserSecretKmsKeyId = kmsKeyId;
      } else if (storesByKey.some((kind) => node instanceof kind)) {
        (node as EfsFileSystem | EbsVolume | ElasticacheReplicationGroup | SecretsmanagerSecret).kmsKeyId = kmsKeyId;
      }
    },
  });
}

const storesByKey = [EfsFileSystem, EbsVolume, ElasticacheReplicationGroup, SecretsmanagerSecret];

/** Gives whatever holds data the tag of the plan, so that nothing is left out because nobody thought of it. */
function copyData(stack: TerraformStack, site: Site, options: NonNullable<SafetyOf["backupPlan"]>, keyArn?: string) {
  const kinds: DataKind[] = [];
  for (const node of stack.node.findAll()) {
    const kind = kindOf(node);
    if (kind === undefined) continue;
    kinds.push(kind);
    const holder = node as DataHolder;
    holder.tags = { ...holder.tagsInput, [dataTag]: site.name };
  }
  const plan = new BackupPlan(stack, "backup-plan", {
    ...{ ...site, ...options, tags: { [dataTag]: site.name }, kinds },
    // What may go is not locked: AWS would delete neither the copies nor their vault.
    lock: site.onRemoval === "destroy" ? "none" : options.lock,
    keyArns: keyArn === undefined ? [] : [keyArn],
  });
  // Whoever restores is asked for both.
  new TerraformOutput(stack, "backup_vault", { value: plan.vaultName });
  new TerraformOutput(stack, "backup_role_arn", { value: plan.roleArn });
  return plan;
}

/** Snapshots of a system's volumes every day, where they are kept and no plan copies them anyway. */
export function snapshotsOf(
  stack: TerraformStack,
  { name, onRemoval }: Site,
  { backupPlan }: Pick<SafetyOf, "backupPlan">,
): void {
  if (onRemoval === "destroy" || backupPlan) return;
  new VolumeSnapshots(stack, "snapshots", { name, tags: { [dataTag]: name } });
}

/** Whether files are copied by themselves: a plan would copy them once more. */
export const ownCopies = ({
  files,
  backupPlan,
}: Pick<SafetyOf, "backupPlan"> & { readonly files?: { readonly backups: boolean } }) =>
  backupPlan === undefined && files?.backups === true;

function kindOf(node: IConstruct): DataKind | undefined {
  if (node instanceof DbInstance) return "databases";
  // The members of a cluster hold nothing: what is copied is the cluster.
  if (node instanceof RdsCluster) return "clusters";
  if (node instanceof EfsFileSystem) return "files";
  return node instanceof EbsVolume ? "volumes" : undefined;
}
