export { FileBucket, type FileBucketProps } from "./file-bucket";
