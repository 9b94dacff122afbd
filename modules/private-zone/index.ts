export { PrivateZone, type PrivateZoneProps } from "./private-zone";
