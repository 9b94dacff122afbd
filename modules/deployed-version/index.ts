export { DeployedVersion, type DeployedVersionProps } from "./deployed-version";
