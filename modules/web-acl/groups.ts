/** Rules that AWS writes and keeps up to date, and what they are for. */
export type Group = "reputation" | "common" | "bad-inputs" | "wordpress" | "php" | "sql";

interface GroupFacts {
  /** Place among the rules: cheap ones that refuse most come first. */
  readonly priority: number;
  /** Name in AWS. */
  readonly managed: string;
  /** Capacity units that it takes of the 1500 that the price of an ACL includes. */
  readonly units: number;
  /** Rules in it that only count, as they refuse what WordPress itself sends. */
  readonly counted?: readonly string[];
}

/** @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
export const groups: Readonly<Record<Group, GroupFacts>> = {
  reputation: { priority: 10, managed: "AWSManagedRulesAmazonIpReputationList", units: 25 },
  common: {
    priority: 40,
    managed: "AWSManagedRulesCommonRuleSet",
    units: 700,
    // An upload is larger than 8 KiB, and a post is HTML.
    counted: ["SizeRestrictions_BODY", "CrossSiteScripting_BODY"],
  },
  "bad-inputs": { priority: 50, managed: "AWSManagedRulesKnownBadInputsRuleSet", units: 200 },
  wordpress: { priority: 60, managed: "AWSManagedRulesWordPressRuleSet", units: 100 },
  php: { priority: 70, managed: "AWSManagedRulesPHPRuleSet", units: 100 },
  sql: { priority: 80, managed: "AWSManagedRulesSQLiRuleSet", units: 200 },
};

/** First place of the rules that limit; those of paths follow it, that of everything comes last of them. */
export const limitPriority = 20;
