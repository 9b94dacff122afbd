import { blocks } from "../../../core/terraform-json";
import { linkedRole, of, type Rows } from "../grant";

const { read, write, own, readOwn, make, adopt } = of("backup");
const vault = "backup-vault:{name}";
const locked = "backup-vault:{backup_vault_name}";
const plans = "backup-plan:*";

/** Copies have the names that their kind of data has: those of files are AWS Backup's own. */
const copies = [
  ...["snapshot", "cluster-snapshot"].map((kind) => `arn:{partition}:rds:{region}:{account}:${kind}:awsbackup:*`),
  ...["arn:{partition}:ec2:{region}::snapshot/*", "arn:{partition}:backup:{region}:{account}:recovery-point:*"],
];

/** Copies by AWS Backup. */
export const backups: Rows = {
  aws_backup_vault: [
    read(vault, "DescribeBackupVault", "ListTags"),
    write(vault, "CreateBackupVault", "DeleteBackupVault", "TagResource", "UntagResource"),
    of("backup-storage").write("*", "MountCapsule"),
    // By the key's own policy, whoever makes the vault may use the key through AWS Backup.
    of("kms").read("key/*", "DescribeKey"),
    linkedRole("backup.amazonaws.com"),
    ({ body }) =>
      body.force_destroy === true
        ? // AWS Backup gives a copy the tags of what it copies.
          [write(vault, "ListRecoveryPointsByBackupVault"), { ...own("*", "DeleteRecoveryPoint"), on: copies }]
        : [],
  ],
  aws_backup_vault_lock_configuration: [
    read(locked, "DescribeBackupVault"),
    write(locked, "PutBackupVaultLockConfiguration"),
    (entry, system) => {
      const [vault] = system.resolve(entry.body.backup_vault_name, entry);
      const kept = blocks(vault?.body.lifecycle).some(({ prevent_destroy }) => prevent_destroy === true);
      // What the lock keeps, whoever deploys must not open it.
      return kept ? [] : [write(locked, "DeleteBackupVaultLockConfiguration")];
    },
  ],
  aws_backup_plan: [
    readOwn(plans, "GetBackupPlan", "ListTags"),
    make(plans, "CreateBackupPlan"),
    adopt(plans, "TagResource"),
    own(plans, "UpdateBackupPlan", "DeleteBackupPlan", "UntagResource"),
  ],
  aws_backup_selection: [
    readOwn(plans, "GetBackupSelection"),
    own(plans, "CreateBackupSelection", "DeleteBackupSelection"),
  ],
};
