export { VolumeSnapshots, type VolumeSnapshotsProps } from "./volume-snapshots";
