/** What holds data, in the words of the role's rights. */
export type DataKind = "databases" | "clusters" | "files" | "volumes";

interface Rights {
  /** The tag of what is copied. */
  readonly tags: Readonly<Record<string, string>>;
  readonly kinds: readonly DataKind[];
  readonly vaultArn: string;
  /** Keys that the copies are encrypted with. */
  readonly keyArns: readonly string[];
}

/**
 * What AWS Backup has to be allowed, kind by kind: to read everywhere, to copy what carries the tag, and to delete copies that it has made
 * itself. Its snapshots of RDS it may also make, tag and delete whatever they are of: they are known by their names. Snapshots of EC2
 * have numbers for names: it may put tags on every one in the account, and delete those that carry AWS Backup's own tag, which nobody
 * else can give, and that of the plan. AWS's own policy for this takes in every service and every resource of the account.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html
 */
export function rightsOf({ tags, kinds, vaultArn, keyArns }: Rights): object[] {
  const ofTag = Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  const Condition = { StringEquals: Object.fromEntries(ofTag) };
  return [
    // Tags are found by this, whatever carries them: AWS knows no narrower resource.
    { Action: ["tag:GetResources"], Resource: ["*"] },
    { Action: ["backup:DescribeBackupVault", "backup:CopyIntoBackupVault"], Resource: [vaultArn] },
    { Action: ["kms:DescribeKey", "kms:Decrypt", "kms:GenerateDataKey*"], Resource: keyArns },
    { Action: ["kms:CreateGrant"], Resource: keyArns, Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } } },
    ...[...new Set(kinds)].sort().flatMap((kind) => byKind[kind](Condition)),
  ];
}

/** Carries the tag that AWS Backup puts on what it makes. */
const ofBackup = { Null: { "aws:ResourceTag/aws:backup:source-resource": "false" } };

const byKind: Readonly<Record<DataKind, (Condition: object) => object[]>> = {
  databases: (Condition) => ofRds("DB", "db", "snapshot", Condition),
  clusters: (Condition) => ofRds("DBCluster", "cluster", "cluster-snapshot", Condition),
  files: (Condition) => {
    const Resource = ["arn:*:elasticfilesystem:*:*:file-system/*"];
    return [
      { Action: ["elasticfilesystem:DescribeFileSystems"], Resource },
      // A restore puts what was into a folder of its own beside what is, and overwrites nothing.
      {
        Action: ["Backup", "DescribeTags", "Restore"].map((word) => `elasticfilesystem:${word}`),
        Resource,
        Condition,
      },
      // Copies of files are AWS Backup's own, and get the tags of the file system: AWS asks for this right where it has some.
      { Action: ["backup:TagResource"], Resource: ["arn:*:backup:*:*:recovery-point:*"] },
    ];
  },
  volumes: (Condition) => {
    const [volumes, snapshots] = [["arn:*:ec2:*:*:volume/*"], ["arn:*:ec2:*::snapshot/*"]];
    return [
      // AWS knows no narrower resource: which volumes and snapshots are there, and whose.
      { Action: ["ec2:DescribeSnapshots", "ec2:DescribeTags", "ec2:DescribeVolumes"], Resource: ["*"] },
      { Action: ["ec2:CreateSnapshot"], Resource: volumes, Condition },
      { Action: ["ec2:CreateSnapshot", "ec2:CreateTags"], Resource: snapshots },
      // Copies carry the tags of their volume, and one that only AWS gives: a snapshot that this role has tagged is not enough.
      { Action: ["ec2:DeleteSnapshot"], Resource: snapshots, Condition: { ...Condition, ...ofBackup } },
    ];
  },
};

/** RDS and Aurora say the same in two sets of words. AWS Backup's own snapshots are known by the beginning of their names. */
function ofRds(noun: string, original: string, copy: string, Condition: object): object[] {
  const instance = noun === "DB" ? "DBInstances" : "DBClusters";
  const [originals, copies] = [`arn:*:rds:*:*:${original}:*`, `arn:*:rds:*:*:${copy}:awsbackup:*`];
  return [
    {
      Action: [`rds:Describe${instance}`, `rds:Describe${noun}Snapshots`, "rds:ListTagsForResource"],
      Resource: [originals, `arn:*:rds:*:*:${copy}:*`],
    },
    { Action: [`rds:Create${noun}Snapshot`], Resource: [originals], Condition },
    {
      Action: [`rds:Create${noun}Snapshot`, `rds:Delete${noun}Snapshot`, "rds:AddTagsToResource"],
      Resource: [copies],
    },
  ];
}
