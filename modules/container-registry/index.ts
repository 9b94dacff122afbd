export { ContainerRegistry, type ContainerRegistryProps } from "./container-registry";
