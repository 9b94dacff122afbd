export { ContainerDaemon, type ContainerDaemonProps } from "./container-daemon";
