import { filePathFault } from "./object-keys";

interface Fault {
  readonly want: string;
  readonly fix: string;
}

/** What speaks against a folder of a bucket as the place of a load balancer's logs, if anything. */
export function logPrefixFault(prefix: string): Fault | undefined {
  if (filePathFault(prefix) === undefined && !prefix.includes("AWSLogs")) return undefined;
  const want = "folders of letters, digits and ._+@- between single slashes, without AWSLogs";
  return { want, fix: "write for example entrance: AWS adds AWSLogs and the account itself" };
}
