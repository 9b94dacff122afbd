export { Distribution } from "./distribution";
export type { DistributionProps } from "./props";
