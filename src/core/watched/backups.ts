import type { Metric, Watched } from "./watched";

/** A vault that AWS Backup writes copies to. */
export function watchedVault(vault: string): Watched {
  const of = (name: string): Metric => ({
    ...{ namespace: "AWS/Backup", name, statistic: "Sum", dimensions: { BackupVaultName: vault } },
  });
  const metrics = {
    failed: of("NumberOfBackupJobsFailed"),
    aborted: of("NumberOfBackupJobsAborted"),
    expired: of("NumberOfBackupJobsExpired"),
  };
  return {
    alarms: [
      {
        key: "failed",
        title: "Copies that were not made",
        says: "AWS Backup could not copy something, or began too late to.",
        repair: `Ask why (aws backup list-backup-jobs --by-backup-vault-name ${vault}), and begin it again by hand: the next try is tomorrow.`,
        of: {
          expression: Object.keys(metrics)
            .map((name) => `FILL(${name}, 0)`)
            .join(" + "),
          label: "Copies that were not made",
          metrics,
        },
        ...{ comparison: "above", threshold: 0, period: 300, periods: 1, silence: "fine" },
      },
    ],
    graphs: [{ title: "Copies made", metrics: [of("NumberOfBackupJobsCompleted")] }],
  };
}
