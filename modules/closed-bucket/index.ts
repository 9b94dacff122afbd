export { type ClosedBucketProps, closedBucket } from "./closed-bucket";
