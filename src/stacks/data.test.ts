import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DlmLifecyclePolicy } from "@cdktf/provider-aws/lib/dlm-lifecycle-policy";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { describe, expect, it } from "vitest";
import { dashboardOf } from "../testing/dashboard";
import { guestbookOf } from "../testing/guestbook";
import { guestbookMesosOf } from "../testing/guestbook-mesos";
import { type Block, type Synthesized, synthesize } from "../testing/synthesize";
import { described, platformOf, serviceOf } from "../testing/wordpress";
import { changed, choices, data, mysqlStackOf } from "../testing/wordpress-mysql";
import { keepSafe } from "./data";

const [dev, production] = [described("dev"), described("production")];
/** The database of dev in an environment like production. */
const keptMachine = {
  ...production,
  wordpressMysql: { ...production.wordpressMysql!, ...pick(dev.wordpressMysql!, "network", "database", "entrance") },
};
const keptRds = {
  ...production,
  wordpressMysql: { ...production.wordpressMysql!, database: choices.rds.wordpressMysql!.database },
};

const kept: [name: string, stack: Synthesized, system: string][] = [
  ["wordpress (S2-W03)", platformOf(production), "wordpress"],
  ["wordpress-mysql with Aurora (S3-W15)", mysqlStackOf(production), "wordpress-mysql"],
  ["wordpress-mysql with RDS (S3-W15)", mysqlStackOf(keptRds), "wordpress-mysql"],
  ["wordpress-mysql with its machine (S3-W15)", mysqlStackOf(keptMachine), "wordpress-mysql"],
  ["guestbook", guestbookOf(production), "guestbook"],
  ["dashboard", dashboardOf(production), "dashboard"],
  ["guestbook-mesos", guestbookMesosOf(production), "guestbook-mesos"],
];

/** What holds data that AWS Backup can copy. A cache takes its own snapshots; a bucket of backups holds copies already. */
const holders = ["aws_db_instance", "aws_rds_cluster", "aws_efs_file_system", "aws_ebs_volume"];

function pick<T, K extends keyof T>(from: T, ...keys: K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}

/** Addresses of what carries the tag of a stack's selection. */
function selected({ addresses, at, one }: Synthesized): string[] {
  const [{ key, value }] = one(BackupSelection).selection_tag;
  const tagged = (tags: unknown) => (tags as Block | undefined)?.[key] === value;
  return addresses().filter((address) => !address.startsWith("data.") && tagged(at(address).tags));
}
const holding = ({ addresses }: Synthesized) =>
  addresses().filter((address) => holders.includes(address.split(".")[0]!));

describe.each(kept)("the plan of backups of %s", (_, stack, system) => {
  it("selects everything that holds data, and nothing else", () => {
    expect(holding(stack).length).toBeGreaterThan(0);
    expect(selected(stack).sort()).toEqual(holding(stack).sort());
  });

  it("selects by a tag that no default tag and no other system has", () => {
    const tag = { type: "STRINGEQUALS", key: "slipway:data", value: `${system}-production` };
    expect(stack.one(BackupSelection).selection_tag).toEqual([tag]);
    const [provider] = stack.document.provider.aws;
    expect(JSON.stringify(provider ?? {})).not.toContain("slipway:data");
    // A machine with the tag would be copied whole.
    for (const type of ["aws_launch_template", "aws_autoscaling_group", "aws_instance"]) {
      const machines = JSON.stringify(stack.document.resource[type] ?? {});
      expect(machines.includes("slipway:data")).toBe(false);
    }
  });

  it("has rights for the kinds of data that are there, and for no other", () => {
    const policies = stack.all(IamRolePolicy).filter(({ name }) => name === "backups");
    const rights = JSON.stringify(policies);
    const words: Record<string, string> = {
      aws_db_instance: "rds:CreateDBSnapshot",
      aws_rds_cluster: "rds:CreateDBClusterSnapshot",
      aws_efs_file_system: "elasticfilesystem:Backup",
      aws_ebs_volume: "ec2:CreateSnapshot",
    };
    const types = new Set(holding(stack).map((address) => address.split(".")[0]!));
    expect(holders.filter((type) => rights.includes(words[type]!))).toEqual(holders.filter((type) => types.has(type)));
  });

  it("takes the place of what copies files and volumes by itself", () => {
    expect(stack.all(DlmLifecyclePolicy)).toEqual([]);
    for (const { backup_policy } of stack.all(EfsBackupPolicy)) expect(backup_policy.status).toBe("DISABLED");
  });

  it("keeps its copies from whoever would delete them young, and tells somebody when one was not made", () => {
    expect(stack.one(BackupVault)).toMatchObject({ lifecycle: { prevent_destroy: true }, force_destroy: false });
    expect(stack.one(BackupVaultLockConfiguration).min_retention_days).toBe(35);
    const alarms = stack.all(CloudwatchMetricAlarm).filter((alarm) => JSON.stringify(alarm).includes("AWS/Backup"));
    expect(alarms.map(({ alarm_name }) => /[a-z]+$/.exec(alarm_name)![0])).toEqual(["failed", "fewer"]);
    for (const { alarm_actions } of alarms) expect(alarm_actions).toHaveLength(1);
    expect(alarms[1]).toMatchObject({ threshold: holding(stack).length, treat_missing_data: "breaching" });
  });

  it("says where its copies are and who restores files", () => {
    expect(stack.document.output.backup_vault.value).toBe(`${system}-production`);
    expect(stack.document.output.backup_role_arn.value).toMatch(/^\$\{aws_iam_role\.backup-plan_role_/);
  });
});

/** What stores data, and the arguments that name its key. */
const encrypted: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ["kms_key_id", "master_user_secret_kms_key_id"],
  aws_rds_cluster: ["kms_key_id", "master_user_secret_kms_key_id"],
  aws_efs_file_system: ["kms_key_id"],
  aws_ebs_volume: ["kms_key_id"],
  aws_elasticache_replication_group: ["kms_key_id"],
  aws_secretsmanager_secret: ["kms_key_id"],
};
const storing = ({ addresses }: Synthesized) => addresses().filter((address) => address.split(".")[0]! in encrypted);
const keysOf = (stack: Synthesized) =>
  storing(stack).flatMap((address) => encrypted[address.split(".")[0]!]!.map((key) => stack.at(address)[key]));

describe.each(kept)("the key of the data of %s", (_, stack) => {
  it("encrypts everything that stores data, its secrets too (S2-W03)", () => {
    expect(storing(stack).length).toBeGreaterThan(0);
    for (const key of keysOf(stack)) expect(key).toMatch(/^\$\{aws_kms_key\.data-key_\w+\.arn\}$/);
  });

  it("may be used by the role that copies the data", () => {
    const rights = stack.all(IamRolePolicy).find(({ name }) => name === "backups")!.policy;
    expect(rights).toMatch(/"kms:Decrypt".*\$\{aws_kms_key\.data-key_\w+\.arn\}/);
  });
});

/** How each kind of what holds data, or leads to it, survives the one who did not mean it. */
const protections: Readonly<Record<string, object>> = {
  aws_db_instance: { ...guarded(), deletion_protection: true, skip_final_snapshot: false, ...lastCopy() },
  aws_rds_cluster: { ...guarded(), deletion_protection: true, skip_final_snapshot: false, ...lastCopy() },
  aws_elasticache_replication_group: { ...guarded(), ...lastCopy() },
  aws_efs_file_system: guarded(),
  aws_ebs_volume: { ...guarded(), final_snapshot: true },
  aws_s3_bucket: { ...guarded(), force_destroy: false },
  aws_ecr_repository: { ...guarded(), force_delete: false },
  aws_backup_vault: { ...guarded(), force_destroy: false },
  aws_kms_key: { deletion_window_in_days: 30, enable_key_rotation: true },
  aws_secretsmanager_secret: { recovery_window_in_days: 30 },
  aws_cloudwatch_log_group: { skip_destroy: true },
};
/** What has something of its own, and why that may go: nothing else may be there that is not protected. */
const replaceable: Readonly<Record<string, string>> = {
  aws_opensearch_domain: "a search over logs that CloudWatch has",
  aws_prometheus_workspace: "samples of some weeks, which nobody restores",
  aws_sns_topic: "a message is nowhere before it is sent",
};

function guarded() {
  return { lifecycle: { prevent_destroy: true } };
}
function lastCopy() {
  return { final_snapshot_identifier: expect.stringMatching(/-final-\$\{terraform_data\./) };
}

/** Words in the types of AWS's provider that stand for a store of something. */
const stores =
  /^aws_(db_instance|rds_cluster|rds_global_cluster|dynamodb_table|elasticache_(replication_group|cluster|serverless_cache)|memorydb_cluster|efs_file_system|fsx_\w+|ebs_volume|s3_bucket|ecr_repository|backup_vault|kms_key|secretsmanager_secret|cloudwatch_log_group|opensearch_domain|prometheus_workspace|sns_topic|sqs_queue|kinesis_stream|docdb_cluster|neptune_cluster|redshift_cluster|mq_broker|msk_cluster)$/;

const everywhere: [name: string, stack: Synthesized][] = [
  ...kept.map(([name, stack]): [string, Synthesized] => [name, stack]),
  ["the services of wordpress", serviceOf(production)],
];

describe.each(everywhere)("of what holds data in production, in %s", (_, stack) => {
  const found = stack.addresses().filter((address) => stores.test(address.split(".")[0]!));
  const kind = (address: string) => address.split(".")[0]!;

  it("each kind is known, as protected or as replaceable (S2-W03, S3-W15)", () => {
    const unknown = found.filter((address) => !(kind(address) in protections) && !(kind(address) in replaceable));
    expect(unknown).toEqual([]);
  });

  it("everything that is protected is so against Terraform, AWS and haste", () => {
    for (const address of found.filter((one) => kind(one) in protections)) {
      expect({ address, ...stack.at(address) }).toMatchObject({ address, ...protections[kind(address)] });
    }
  });

  it("no key goes by which something is encrypted that stays", () => {
    const text = stack.json;
    const keys = stack.addresses().filter((address) => kind(address) === "aws_kms_key");
    const forMessages = (address: string) =>
      stack.all(SnsTopic).some((topic) => topic.kms_master_key_id === `\${${address}.arn}`);
    for (const address of keys.filter((one) => !forMessages(one))) {
      expect(text).toContain(`\${${address}.arn}`);
      expect(stack.at(address)).toMatchObject(guarded());
    }
  });
});

/** What a bucket's policy lets somebody do, beside the refusal of everything without TLS. */
interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: { readonly Service?: string };
  readonly Action: string;
  readonly Resource: string | readonly string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}
const closed = { block_public_acls: true, block_public_policy: true, ignore_public_acls: true };

describe.each(everywhere)("each bucket in %s", (_, stack) => {
  const buckets = stack.addresses().filter((address) => address.startsWith("aws_s3_bucket."));
  const of = (kind: typeof S3BucketPolicy | typeof S3BucketPublicAccessBlock, address: string) =>
    stack.all(kind).filter(({ bucket }) => bucket === `\${${address}.bucket}`);

  it("is closed to the public, and answers over TLS only", () => {
    for (const address of buckets) {
      expect(of(S3BucketPublicAccessBlock, address)).toEqual([
        expect.objectContaining({ ...closed, restrict_public_buckets: true }),
      ]);
      const [{ policy }] = of(S3BucketPolicy, address) as [Block];
      const [first] = JSON.parse(policy).Statement as [Statement];
      expect(first).toMatchObject({ Effect: "Deny", Action: "s3:*", Principal: "*" });
      expect(first.Condition).toEqual({ Bool: { "aws:SecureTransport": "false" } });
    }
  });

  it("lets in, where it holds access logs, only the service that delivers them, for this account (S4-W05)", () => {
    const allowed = buckets.flatMap((address) => {
      const [{ policy }] = of(S3BucketPolicy, address) as [Block];
      return (JSON.parse(policy).Statement as Statement[]).slice(1);
    });
    for (const { Effect, Principal, Action, Resource, Condition } of allowed) {
      expect({ Effect, Action }).toEqual({ Effect: "Allow", Action: "s3:PutObject" });
      expect(Principal.Service).toMatch(/^(logdelivery\.elasticloadbalancing|delivery\.logs)\.amazonaws\.com$/);
      // Load balancers name no source; what they write to is the folder of this account.
      const account = /\$\{data\.aws_caller_identity\.\S+\.account_id\}/;
      const source = Principal.Service!.startsWith("delivery.")
        ? Condition?.StringEquals?.["aws:SourceAccount"]
        : Resource;
      expect(source).toMatch(account);
    }
  });
});

it("logs who came, by load balancers and by CloudFront, in production (S4-W05)", () => {
  const policies = everywhere.flatMap(([, stack]) => stack.all(S3BucketPolicy).map(({ policy }) => String(policy)));
  for (const service of ["logdelivery.elasticloadbalancing", "delivery.logs"]) {
    expect(policies.some((policy) => policy.includes(`"Service":"${service}.amazonaws.com"`))).toBe(true);
  }
});

it("lets copies and vault go with a system whose description says destroy, without their lock", () => {
  const going = dashboardOf({ ...production, onRemoval: "destroy" });
  expect(going.all(BackupVaultLockConfiguration)).toEqual([]);
  expect(going.one(BackupVault).force_destroy).toBe(true);
  expect(going.one(BackupVault)).not.toHaveProperty("lifecycle");
});

describe("a system whose description gives up a key or its plan of backups", () => {
  /** Systems with everything turned on, and the same without. */
  const systems: [name: string, of: (environment: typeof production) => Synthesized, key: keyof typeof production][] = [
    ["wordpress", platformOf, "wordpress"],
    ["wordpress-mysql", mysqlStackOf, "wordpressMysql"],
    ["guestbook", guestbookOf, "guestbook"],
    ["dashboard", dashboardOf, "dashboard"],
    ["guestbook-mesos", guestbookMesosOf, "guestbookMesos"],
  ];
  const without = (key: keyof typeof production, more: object = {}) => {
    const { backupPlan: _, ...system } = production[key] as { backupPlan?: object };
    return { ...production, ...more, [key]: { ...system, dataKey: "aws", logKey: "aws" } };
  };
  const left = ({ document }: Synthesized): Block[] => document.removed ?? [];
  const kept = /^aws_(kms_key\.(data-key|log-key|backup-plan)_|backup_vault)/;

  it.each(
    systems,
  )("such as %s leaves the keys, the vault and its lock where they are, without Terraform", (_, of, key) => {
    const was = of(production)
      .addresses()
      .filter((address) => kept.test(address));
    expect(was).toHaveLength(5);
    const now = of(without(key));
    expect(now.addresses().filter((address) => kept.test(address))).toEqual([]);
    expect(
      left(now)
        .map(({ from }) => from)
        .sort(),
    ).toEqual(was.sort());
    for (const { lifecycle } of left(now)) expect(lifecycle).toEqual({ destroy: false });
    expect(left(of(production))).toEqual([]);
  });

  it.each(
    systems,
  )("such as %s keeps the key of its data even where the rest may go: its stores have no other", (_, of, key) => {
    const addresses = left(of(without(key, { onRemoval: "destroy" }))).map(({ from }) => from);
    expect(addresses).toEqual([expect.stringMatching(/^aws_kms_key\.data-key_/)]);
  });
});

it("refuses what holds data and is made after its key and its plan were", () => {
  const late = () =>
    synthesize((stack) => {
      keepSafe(stack, { name: "shop-dev", region: "eu-west-1", onRemoval: "keep" }, { dataKey: "own" });
      new EbsVolume(stack, "orders", { availabilityZone: "eu-west-1a", size: 20 });
    });
  expect(late).toThrow("test/orders holds data and was made after keepSafe: make it before");
});

it("gives no key of its own region to what another region has", () => {
  const stack = synthesize((made) => {
    const provider = new AwsProvider(made, "far", { region: "us-east-1", alias: "far" });
    new SecretsmanagerSecret(made, "secret", { name: "far", provider });
    keepSafe(made, { name: "shop-dev", region: "eu-west-1", onRemoval: "keep" }, { dataKey: "own" });
  });
  expect(stack.one(SecretsmanagerSecret)).not.toHaveProperty("kms_key_id");
});

describe("a system without a plan of backups", () => {
  const without: [string, Synthesized][] = [
    ["wordpress", platformOf(dev)],
    ["wordpress-mysql", mysqlStackOf(dev)],
    ["guestbook", guestbookOf(dev)],
    ["dashboard", dashboardOf(dev)],
    ["guestbook-mesos", guestbookMesosOf(dev)],
  ];
  it.each(without)("such as %s of dev pays for no vault and no key", (_, stack) => {
    expect(stack.addresses().filter((address) => /^aws_(backup_|kms_key\.(data|backup))/.test(address))).toEqual([]);
    expect(new Set(keysOf(stack))).toEqual(new Set([undefined]));
  });

  it("leaves files to their own copies, and volumes that are kept to their own snapshots", () => {
    const { backupPlan: _, ...guestbook } = production.guestbook!;
    expect(guestbookOf({ ...production, guestbook }).all(DlmLifecyclePolicy)).toHaveLength(1);
    const files = changed({ files: {}, "network.data": data });
    expect(mysqlStackOf(files).one(EfsBackupPolicy).backup_policy.status).toBe("ENABLED");
  });

  it("has its plan in the stack that holds the data, not in that of its services", () => {
    expect(
      serviceOf(production)
        .addresses()
        .filter((address) => address.startsWith("aws_backup_")),
    ).toEqual([]);
  });
});
