export type { TargetGroupProps, TargetHealth } from "./props";
export { TargetGroup } from "./target-group";
