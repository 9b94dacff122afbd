export type { Suppression } from "../core/suppression";
export { type Accepted, type CheckOptions, checkStacks, judgeStacks, type Stack, type Verdict } from "./engine";
export type { Finding } from "./finding";
export { report, summary } from "./report";
export type { Rule, Severity } from "./rule";
export { rules } from "./rules";
