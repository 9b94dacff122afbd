export type { QuorumRunbookProps } from "./props";
export { QuorumRunbook } from "./quorum-runbook";
