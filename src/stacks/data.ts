import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { TerraformOutput, type TerraformResource, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { BackupPlan, type BackupPlanProps, type DataKind } from "../../modules/backup-plan";
import { DataKey } from "../../modules/data-key";
import { VolumeSnapshots } from "../../modules/volume-snapshots";
import { dataTag } from "../core/data-tag";
import type { OnRemoval } from "../core/removal";
import type { Watchable } from "../core/watched/watched";
import { leaveBehind } from "./left-behind";

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
 * everything else is there: what holds data and comes later is refused.
 *
 * Turned off again, the key stays, without Terraform, as what it has encrypted does; so do a vault that is kept, its key and its lock.
 *
 * @returns what there is to watch, by fixed words
 */
export function keepSafe(stack: TerraformStack, site: Site, system: SafetyOf): Readonly<Record<string, Watchable>> {
  const there = stack.node.findAll();
  stack.node.addValidation({ validate: () => comeLater(stack, there) });
  const dataKey = new DataKey(stack, "data-key", site);
  const keyArn = system.dataKey === "own" ? dataKey.arn : undefined;
  if (keyArn !== undefined) encryptData(there, keyArn);
  // Whatever onRemoval says: a store keeps the key that it was made with, and goes on needing it.
  else leaveBehind(dataKey, [KmsKey]);
  const plan = copyData(stack, there, site, system.backupPlan, keyArn);
  return plan ? { "backup-plan": plan } : {};
}

/** What would be neither encrypted nor copied. */
function comeLater(stack: TerraformStack, known: readonly IConstruct[]): string[] {
  const late = stack.node.findAll().filter((node) => storesData(node) && !known.includes(node));
  return late.map(({ node }) => `${node.path} holds data and was made after keepSafe: make it before`);
}

/** A key serves its own region: what another provider makes keeps AWS's. */
function encryptData(there: readonly IConstruct[], kmsKeyId: string): void {
  for (const node of there.filter((one) => storesData(one) && !(one as TerraformResource).provider)) {
    (node as Store).kmsKeyId = kmsKeyId;
    if (node instanceof DbInstance || node instanceof RdsCluster) node.masterUserSecretKmsKeyId = kmsKeyId;
  }
}

type Store = DataHolder | ElasticacheReplicationGroup | SecretsmanagerSecret;

/** What a key of one's own encrypts: what is copied, and caches and secrets. */
const storesData = (node: IConstruct) =>
  kindOf(node) !== undefined || node instanceof ElasticacheReplicationGroup || node instanceof SecretsmanagerSecret;

/** Gives whatever holds data the tag of the plan, so that nothing is left out because nobody thought of it. */
function copyData(
  stack: TerraformStack,
  there: readonly IConstruct[],
  site: Site,
  options: SafetyOf["backupPlan"],
  keyArn?: string,
): BackupPlan | undefined {
  const tags = { [dataTag]: site.name };
  const plan = (props: Pick<BackupPlanProps, "kinds" | "keyArns" | "lock">) =>
    new BackupPlan(stack, "backup-plan", { ...site, ...options, tags, ...props });
  if (!options) {
    if (site.onRemoval === "destroy") return undefined;
    const before = plan({ kinds: ["volumes"], lock: "governance" });
    leaveBehind(before, [BackupVault, BackupVaultLockConfiguration, KmsKey]);
    return undefined;
  }
  const kinds: DataKind[] = [];
  for (const node of there) {
    const kind = kindOf(node);
    if (kind === undefined) continue;
    kinds.push(kind);
    const holder = node as DataHolder;
    holder.tags = { ...holder.tagsInput, ...tags };
  }
  const made = plan({
    kinds,
    // What may go is not locked: AWS would delete neither the copies nor their vault.
    lock: site.onRemoval === "destroy" ? "none" : options.lock,
    keyArns: keyArn === undefined ? [] : [keyArn],
  });
  // Whoever restores is asked for both.
  new TerraformOutput(stack, "backup_vault", { value: made.vaultName });
  new TerraformOutput(stack, "backup_role_arn", { value: made.roleArn });
  return made;
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
