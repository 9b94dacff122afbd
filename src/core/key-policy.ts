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
