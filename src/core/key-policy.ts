/** Whose keys, topics and alarms these are. */
export interface Owner {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
}

/** Without it nobody could ever change or delete the key: AWS wants it in every policy of a key. */
export function wholeKey({ accountId, partition }: Pick<Owner, "accountId" | "partition">): object {
  return {
    Sid: "ByPoliciesOfThisAccount",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
}

/** Where a key is, for those who use it through a service. */
export interface Home {
  readonly accountId: string;
  readonly region: string;
  /** Such as `amazonaws.com`. */
  readonly dnsSuffix: string;
}

/**
 * Who may use a service in the account, and what is in it, may use the key through that service and in no other way: as it is with
 * the key that AWS has for each service. So nobody needs a right to the key, and nobody can encrypt or decrypt anything else by it.
 *
 * @param services by their names in addresses, such as `rds`
 */
export function throughServices({ accountId, region, dnsSuffix }: Home, services: readonly string[]): object[] {
  const within = {
    "kms:CallerAccount": accountId,
    "kms:ViaService": services.map((service) => `${service}.${region}.${dnsSuffix}`),
  };
  return [
    {
      Sid: "ThroughServices",
      Principal: { AWS: "*" },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: "*",
      Condition: { StringEquals: within },
    },
    {
      Sid: "GrantsThroughServices",
      Principal: { AWS: "*" },
      Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      Resource: "*",
      // To hand the key on to a service, which uses it when nobody calls.
      Condition: { StringEquals: within, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
