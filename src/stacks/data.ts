import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { TerraformOutput, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { BackupPlan, type DataKind } from "../../modules/backup-plan";
import { VolumeSnapshots } from "../../modules/volume-snapshots";
import { dataTag } from "../core/data-tag";
import type { OnRemoval } from "../core/removal";
import type { Watchable } from "../core/watched/watched";

/** What a description says about how the data of a system is kept safe. */
export interface SafetyOf {
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
 * The plan by which AWS Backup copies all data of a system, if there is to be one. Call it when everything else is there: whatever
 * holds data gets the tag of the plan, whichever module made it, so that nothing is left out because nobody thought of it.
 *
 * @returns what there is to watch, by fixed words
 */
export function backupPlanOf(
  stack: TerraformStack,
  site: Site,
  { backupPlan }: SafetyOf,
): Readonly<Record<string, Watchable>> {
  if (!backupPlan) return {};
  const kinds: DataKind[] = [];
  for (const node of stack.node.findAll()) {
    const kind = kindOf(node);
    if (kind === undefined) continue;
    kinds.push(kind);
    const holder = node as DataHolder;
    holder.tags = { ...holder.tagsInput, [dataTag]: site.name };
  }
  const plan = new BackupPlan(stack, "backup-plan", {
    ...{ ...site, ...backupPlan, tags: { [dataTag]: site.name }, kinds },
  });
  // Whoever restores is asked for both.
  new TerraformOutput(stack, "backup_vault", { value: plan.vaultName });
  new TerraformOutput(stack, "backup_role_arn", { value: plan.roleArn });
  return { "backup-plan": plan };
}

/** Snapshots of a system's volumes every day, where they are kept and no plan copies them anyway. */
export function snapshotsOf(stack: TerraformStack, { name, onRemoval }: Site, { backupPlan }: SafetyOf): void {
  if (onRemoval === "destroy" || backupPlan) return;
  new VolumeSnapshots(stack, "snapshots", { name, tags: { [dataTag]: name } });
}

/** Whether files are copied by themselves: a plan would copy them once more. */
export const ownCopies = ({ files, backupPlan }: SafetyOf & { readonly files?: { readonly backups: boolean } }) =>
  backupPlan === undefined && files?.backups === true;

function kindOf(node: IConstruct): DataKind | undefined {
  if (node instanceof DbInstance) return "databases";
  // The members of a cluster hold nothing: what is copied is the cluster.
  if (node instanceof RdsCluster) return "clusters";
  if (node instanceof EfsFileSystem) return "files";
  return node instanceof EbsVolume ? "volumes" : undefined;
}
