export { DnsRecord, type DnsRecordProps } from "./dns-record";
