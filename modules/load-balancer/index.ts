export { LoadBalancer } from "./load-balancer";
export type { LoadBalancerProps } from "./props";
