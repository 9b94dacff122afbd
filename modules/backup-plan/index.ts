export { BackupPlan, type BackupPlanProps } from "./backup-plan";
export type { DataKind } from "./rights";
