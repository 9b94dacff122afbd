export { AccessLogBucket, type AccessLogBucketProps } from "./access-log-bucket";
