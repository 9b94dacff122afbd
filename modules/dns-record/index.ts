export { DnsRecord } from "./dns-record";
export type { DnsRecordProps, Share, Target } from "./props";
