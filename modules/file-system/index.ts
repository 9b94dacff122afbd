export { AccessPoint, type AccessPointProps } from "./access-point";
export { coldDays, FileSystem, type FileSystemProps } from "./file-system";
