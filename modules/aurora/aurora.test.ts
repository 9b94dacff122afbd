import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DataResource, TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { type Block, synthesize } from "../../src/testing/synthesize";
import { Aurora, type AuroraProps } from ".";

const valid: AuroraProps = {
  name: "wordpress-dev",
  placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
  version: "8.0",
  databaseName: "wordpress",
  user: "wordpress",
  capacity: { instanceClass: "db.r7g.large" },
};
const aurora = (props: Partial<AuroraProps> = {}) =>
  synthesize((stack) => new Aurora(stack, "store", { ...valid, ...props }));
const cluster = (props: Partial<AuroraProps> = {}) => aurora(props).one(RdsCluster);
const parameters = (group: Block) => Object.fromEntries(group.parameter.map((each: Block) => [each.name, each.value]));

describe("an Aurora cluster", () => {
  it("is compatible with MySQL 8.0 and follows its minor versions (S3-W13)", () => {
    const { one, all } = aurora();
    expect(one(RdsCluster)).toMatchObject({
      cluster_identifier: "wordpress-dev",
      engine: "aurora-mysql",
      engine_version: "8.0",
      database_name: "wordpress",
      master_username: "wordpress",
      port: 3306,
      apply_immediately: false,
    });
    for (const member of all(RdsClusterInstance)) expect(member.auto_minor_version_upgrade).toBe(true);
  });

  it("lives in the subnets given, encrypted, and no member has a public address (S3-27)", () => {
    const { one, all } = aurora();
    expect(one(DbSubnetGroup).subnet_ids).toEqual(["subnet-a", "subnet-b"]);
    expect(one(RdsCluster)).toMatchObject({
      db_subnet_group_name: expect.stringMatching(/^\$\{aws_db_subnet_group\.store_subnets_/),
      storage_encrypted: true,
    });
    for (const member of all(RdsClusterInstance)) expect(member.publicly_accessible).toBe(false);
  });

  it("leaves its password to Secrets Manager, so that no secret enters code or state (S3-W06, problem 21)", () => {
    const { one, json } = aurora();
    expect(one(RdsCluster)).toMatchObject({
      manage_master_user_password: true,
      iam_database_authentication_enabled: true,
    });
    expect(json).not.toMatch(/"master_password(_wo)?"/);
  });

  it("lets nobody in or out until told to, and then on the MySQL port only (S3-23, S3-28)", () => {
    const { all } = aurora();
    expect([...all(VpcSecurityGroupIngressRule), ...all(VpcSecurityGroupEgressRule)]).toEqual([]);
    const { one } = synthesize((stack) => {
      new Aurora(stack, "store", valid).connections.allowFromAddresses("subnet", "10.0.0.0/24", "queries");
    });
    expect(one(VpcSecurityGroupIngressRule)).toMatchObject({ from_port: 3306, to_port: 3306 });
    expect(one(RdsCluster).vpc_security_group_ids).toEqual([one(VpcSecurityGroupIngressRule).security_group_id]);
  });

  it("tells others where its writer and its readers are, and which secret opens it", () => {
    const { document } = synthesize((stack) => {
      const store = new Aurora(stack, "store", valid);
      const { host, readerHost, port, endpoint, databaseName, user, secretArn, clusterArn, identifier } = store;
      const value = { host, readerHost, port, endpoint, databaseName, user, secretArn, clusterArn, identifier };
      new TerraformOutput(stack, "facts", { value });
    });
    const at = `aws_rds_cluster.${Object.keys(document.resource.aws_rds_cluster)[0]}`;
    expect(document.output.facts.value).toEqual({
      host: `\${${at}.endpoint}`,
      readerHost: `\${${at}.reader_endpoint}`,
      port: 3306,
      endpoint: `\${${at}.endpoint}:3306`,
      databaseName: "wordpress",
      user: "wordpress",
      secretArn: `\${${at}.master_user_secret[0].secret_arn}`,
      clusterArn: `\${${at}.arn}`,
      identifier: `\${${at}.cluster_identifier}`,
    });
  });
});

describe("the version of an Aurora cluster", () => {
  it.each(["8.0", "8.4"])("may be %s, with parameters of its family", (version) => {
    const { one } = aurora({ version });
    expect(one(RdsCluster).engine_version).toBe(version);
    for (const group of [one(RdsClusterParameterGroup), one(DbParameterGroup)]) {
      expect(group.family).toBe(`aurora-mysql${version}`);
    }
  });

  it("rises to the next major one only where asked for, together with the parameters of the members", () => {
    expect(cluster()).not.toHaveProperty("allow_major_version_upgrade");
    expect(cluster({ changes: "now" })).toMatchObject({
      apply_immediately: true,
      allow_major_version_upgrade: true,
      db_instance_parameter_group_name: expect.stringMatching(/^\$\{aws_db_parameter_group\./),
    });
  });
});

describe("the members of an Aurora cluster", () => {
  it("are a writer and a reader that takes over, so that no machine is the only one (S3-W01, S3-W13)", () => {
    expect(aurora().all(RdsClusterInstance)).toMatchObject([
      { identifier: "wordpress-dev-1", promotion_tier: 0, instance_class: "db.r7g.large" },
      { identifier: "wordpress-dev-2", promotion_tier: 1, instance_class: "db.r7g.large" },
    ]);
  });

  it.each([0, 3, 15])("are one more than its readers: %i", (readers) => {
    const tiers = aurora({ readers })
      .all(RdsClusterInstance)
      .map((member) => member.promotion_tier)
      .sort((a, b) => a - b);
    expect(tiers).toEqual(Array.from({ length: readers + 1 }, (_, tier) => tier));
  });

  it("stay as they are when one is added (problem 18)", () => {
    const [two, three] = [aurora({ readers: 1 }), aurora({ readers: 2 })];
    expect(three.all(RdsClusterInstance)).toEqual(expect.arrayContaining(two.all(RdsClusterInstance)));
    expect(three.addresses()).toEqual(expect.arrayContaining(two.addresses()));
  });

  it("follow the load where asked to", () => {
    const { one, all } = aurora({ capacity: { serverless: { minAcu: 0.5, maxAcu: 8 } } });
    expect(one(RdsCluster).serverlessv2_scaling_configuration).toEqual({ min_capacity: 0.5, max_capacity: 8 });
    for (const member of all(RdsClusterInstance)) expect(member.instance_class).toBe("db.serverless");
    expect(cluster()).not.toHaveProperty("serverlessv2_scaling_configuration");
  });

  it("restart for changes in the window of the cluster only, unless asked otherwise", () => {
    for (const member of aurora().all(RdsClusterInstance)) {
      expect(member).toMatchObject({ apply_immediately: false, preferred_maintenance_window: "sun:04:30-sun:05:30" });
    }
    for (const member of aurora({ changes: "now" }).all(RdsClusterInstance)) {
      expect(member.apply_immediately).toBe(true);
    }
  });
});

describe("the parameters of an Aurora cluster", () => {
  it("make it refuse connections without TLS, unless asked otherwise", () => {
    const { one } = aurora();
    expect(one(RdsClusterParameterGroup)).toMatchObject({ family: "aurora-mysql8.0" });
    expect(parameters(one(RdsClusterParameterGroup))).toEqual({ require_secure_transport: "ON" });
    expect(parameters(aurora({ requireTls: false }).one(RdsClusterParameterGroup))).toEqual({
      require_secure_transport: "OFF",
    });
  });

  it("are its own, and those of its members write the logs that are exported", () => {
    const { one, all } = aurora();
    expect(parameters(one(DbParameterGroup))).toMatchObject({ slow_query_log: "1", log_output: "FILE" });
    expect(one(RdsCluster).db_cluster_parameter_group_name).toMatch(/^\$\{aws_rds_cluster_parameter_group\./);
    for (const member of all(RdsClusterInstance)) {
      expect(member.db_parameter_group_name).toMatch(/^\$\{aws_db_parameter_group\./);
    }
  });

  it("can be replaced while in use: names that end in a hash, the successor first", () => {
    const { one } = aurora();
    for (const group of [one(RdsClusterParameterGroup), one(DbParameterGroup)]) {
      expect(group).toMatchObject({ lifecycle: { create_before_destroy: true } });
      expect(group.name).toMatch(/^wordpress-dev-(cluster|members)-[0-9a-f]{6}$/);
    }
  });
});

describe("the logs of an Aurora cluster", () => {
  it("go to groups that exist before it and are emptied", () => {
    const { all, one, document } = aurora({ logDays: 90 });
    const names = Object.keys(document.resource.aws_cloudwatch_log_group);
    expect(one(RdsCluster).enabled_cloudwatch_logs_exports).toEqual(["error", "slowquery"]);
    expect(one(RdsCluster).depends_on.sort()).toEqual(names.map((name) => `aws_cloudwatch_log_group.${name}`).sort());
    expect(all(CloudwatchLogGroup)).toMatchObject([
      { name: "/aws/rds/cluster/wordpress-dev/error", retention_in_days: 90 },
      { name: "/aws/rds/cluster/wordpress-dev/slowquery", retention_in_days: 90 },
    ]);
  });

  it.each([
    ["keep", true],
    ["destroy", false],
  ] as const)("when it goes itself, and onRemoval is %s: they stay is %s", (onRemoval, skipDestroy) => {
    const groups = aurora({ onRemoval }).all(CloudwatchLogGroup);
    expect(groups.map(({ skip_destroy }) => skip_destroy)).toEqual([skipDestroy, skipDestroy]);
  });
});

describe("the data of an Aurora cluster", () => {
  it("is backed up every day and kept for a week (S3-W15)", () => {
    expect(cluster()).toMatchObject({
      backup_retention_period: 7,
      preferred_backup_window: "03:00-04:00",
      preferred_maintenance_window: "sun:04:30-sun:05:30",
      copy_tags_to_snapshot: true,
    });
  });

  it("can be wound back in place where asked for", () => {
    expect(cluster({ backtrackHours: 24 })).toMatchObject({ backtrack_window: 86_400 });
    expect(cluster()).not.toHaveProperty("backtrack_window");
  });

  it("is deleted by nobody in passing: Terraform refuses while it is in the code, AWS after that, and backups remain (problem 23)", () => {
    expect(cluster()).toMatchObject({
      deletion_protection: true,
      delete_automated_backups: false,
      skip_final_snapshot: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  it("leaves a last snapshot whose name no other incarnation has (problem 23)", () => {
    const { one } = aurora();
    expect(one(RdsCluster).final_snapshot_identifier).toMatch(
      /^wordpress-dev-final-\$\{terraform_data\.store_incarnation_\w+\.id\}$/,
    );
    expect(one(DataResource).triggers_replace).toEqual({
      name: "wordpress-dev",
      databaseName: "wordpress",
      user: "wordpress",
    });
  });

  it("goes with the stack where asked to, without a last copy", () => {
    const { one, all } = aurora({ onRemoval: "destroy" });
    expect(one(RdsCluster)).toMatchObject({
      deletion_protection: false,
      delete_automated_backups: true,
      skip_final_snapshot: true,
    });
    expect(one(RdsCluster)).not.toHaveProperty("lifecycle");
    expect(one(RdsCluster)).not.toHaveProperty("final_snapshot_identifier");
    expect(all(DataResource)).toEqual([]);
  });
});

describe("an Aurora cluster refuses", () => {
  const refusal = (props: object) => () => aurora(props as Partial<AuroraProps>);

  it.each(["", "1db", "a--b", `a${"b".repeat(60)}`])("%j as identifier", (name) => {
    expect(refusal({ name })).toThrow("test/store: name must be 1 to 60 lower-case letters, digits and single hyphens");
  });

  it("a placement in one subnet", () => {
    expect(refusal({ placement: { vpcId: "vpc-1", subnetIds: ["subnet-a"] } })).toThrow(
      "test/store: placement must be at least two subnets, got 1",
    );
  });

  it.each([
    "5.7",
    "8",
    "3.08",
    "8.0.mysql_aurora.3.08.2",
    8,
  ])("%j as version, with the day of its knowledge", (version) => {
    expect(refusal({ version })).toThrow(/version must be one of 8\.0, 8\.4, got .*\(Aurora as of 2026-\d\d-\d\d\)/);
  });

  it.each([
    { databaseName: "select" },
    { databaseName: "my-db" },
    { user: "rdsadmin" },
    { user: "u".repeat(17) },
  ])("the word in %j", (props) => {
    expect(refusal(props)).toThrow(/test\/store: (databaseName|user) must be 1 to .* no word that mysql reserves/);
  });

  it.each([
    "db.t4g.micro",
    "db.m7g.large",
    "db.t3.small",
    "r7g.large",
    "db.r7g",
    "",
  ])("%j as class: RDS may have it, Aurora has not", (instanceClass) => {
    expect(refusal({ capacity: { instanceClass } })).toThrow(
      `test/store: capacity.instanceClass must be a class of Aurora such as db.r7g.large, got "${instanceClass}"`,
    );
  });

  it("db.serverless as class, and says how serverless is written", () => {
    expect(refusal({ capacity: { instanceClass: "db.serverless" } })).toThrow("write capacity: { serverless:");
  });

  it.each([
    [4, 2],
    [0.3, 2],
    [0, 0.5],
    [-1, 2],
    [1, 257],
    [Number.NaN, 2],
  ])("capacity from %d to %d units", (minAcu, maxAcu) => {
    expect(refusal({ capacity: { serverless: { minAcu, maxAcu } } })).toThrow("capacity.serverless must be from 0 up");
  });

  it.each([-1, 16, 1.5])("%d readers", (readers) => {
    expect(refusal({ readers })).toThrow("readers must be a whole number from 0 to 15");
  });

  it.each([0, 73, 0.5])("to be wound back by %d hours", (backtrackHours) => {
    expect(refusal({ backtrackHours })).toThrow("backtrackHours must be a whole number from 1 to 72");
  });

  it.each([
    [{ backupDays: 0 }, "backupDays must be between 1 and 35"],
    [{ logDays: 2 }, "got 2; use 3"],
    [{ backupWindow: "3:00-4:00" }, "backupWindow must be a daily window of at least 30 minutes"],
    [{ maintenanceWindow: "03:00-04:00" }, "maintenanceWindow must be a weekly window"],
  ])("%j", (props, message) => expect(refusal(props)).toThrow(message));
});
