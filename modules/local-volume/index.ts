export { LocalVolume, type LocalVolumeProps } from "./local-volume";
