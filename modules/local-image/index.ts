export { type DockerBuild, LocalImage, type LocalImageProps, type PackerBuild } from "./local-image";
