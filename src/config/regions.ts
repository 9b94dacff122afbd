import { didYouMean } from "../core/did-you-mean";
import type { Fault } from "./mistakes";

/** Month in which the table was made: regions and zones that AWS opened later are missing. */
export const regionsAsOf = "2026-01";

/** Region → letters of its availability zones. Accounts may see fewer of them. */
const zones: Readonly<Record<string, string>> = {
  ...{ "us-east-1": "abcdef", "us-east-2": "abc", "us-west-1": "abc", "us-west-2": "abcd" },
  ...{ "ca-central-1": "abd", "ca-west-1": "abc", "mx-central-1": "abc", "sa-east-1": "abc" },
  ...{ "eu-central-1": "abc", "eu-central-2": "abc", "eu-north-1": "abc", "eu-south-1": "abc", "eu-south-2": "abc" },
  ...{ "eu-west-1": "abc", "eu-west-2": "abc", "eu-west-3": "abc", "eusc-de-east-1": "abc" },
  ...{ "af-south-1": "abc", "il-central-1": "abc", "me-central-1": "abc", "me-south-1": "abc" },
  ...{ "ap-east-1": "abc", "ap-east-2": "abc", "ap-south-1": "abc", "ap-south-2": "abc" },
  ...{ "ap-northeast-1": "abcd", "ap-northeast-2": "abcd", "ap-northeast-3": "abc" },
  ...{ "ap-southeast-1": "abc", "ap-southeast-2": "abc", "ap-southeast-3": "abc", "ap-southeast-4": "abc" },
  ...{ "ap-southeast-5": "abc", "ap-southeast-6": "abc", "ap-southeast-7": "abc" },
  ...{ "cn-north-1": "abd", "cn-northwest-1": "abc", "us-gov-east-1": "abc", "us-gov-west-1": "abc" },
};

/** Letters of the zones that a region has, `abc`; nothing for a region that the table does not know. */
export function zoneLettersOf(region: string): string | undefined {
  return Object.hasOwn(zones, region) ? zones[region] : undefined;
}

export function regionFault(region: string): Fault | undefined {
  if (zoneLettersOf(region)) return undefined;
  const meant = didYouMean(region, Object.keys(zones));
  return {
    code: "REGION_UNKNOWN",
    want: `an AWS region, as known in ${regionsAsOf}`,
    fix: meant
      ? `did you mean ${meant}?`
      : "write a region such as eu-west-1; a newer one needs a line in src/config/regions.ts",
  };
}
