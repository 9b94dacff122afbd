export { ContainerService } from "./container-service";
export type { HealthProps, ScalingProps } from "./entry-props";
export type { BalancedServiceProps, ContainerServiceProps, DirectServiceProps } from "./props";
export type { SecretReference, SharedFiles } from "./references";
