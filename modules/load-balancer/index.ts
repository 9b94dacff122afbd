export { LoadBalancer, type LoadBalancerProps } from "./load-balancer";
