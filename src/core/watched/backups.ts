import type { Metric, Watched } from "./watched";

/** A vault that AWS Backup writes copies to: one of each of so many stores, every day. */
export function watchedVault(vault: string, stores: number): Watched {
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
      {
        key: "fewer",
        title: "Copies made in a day",
        says: `In two days in a row AWS Backup has made fewer copies than there are stores, ${stores}; a new plan or store has not had its first nights.`,
        repair: `See what is missing (aws backup list-recovery-points-by-backup-vault --backup-vault-name ${vault}), whether the region is opted in to its kind (aws backup describe-region-settings), and whether it has its tag.`,
        of: of("NumberOfBackupJobsCompleted"),
        // Two: a copy that takes longer than the day before is finished outside of one day or the other.
        ...{ comparison: "below", threshold: stores, period: 86_400, periods: 2, silence: "alarm" },
      },
    ],
    graphs: [],
  };
}
