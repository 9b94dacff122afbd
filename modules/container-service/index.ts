export { ContainerService } from "./container-service";
export type { ContainerServiceProps, HealthProps, ScalingProps, SecretReference } from "./props";
