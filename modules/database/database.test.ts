import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DataResource, TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { Database, type DatabaseProps } from ".";
import { engines } from "./engines";

const valid: DatabaseProps = {
  name: "wordpress-dev",
  placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
  engine: "mysql",
  version: "8.4",
  instanceClass: "db.t4g.micro",
  storageGib: 20,
  databaseName: "wordpress",
  user: "wordpress",
};
const database = (props: Partial<DatabaseProps> = {}) =>
  synthesize((stack) => new Database(stack, "store", { ...valid, ...props }));
const instance = (props: Partial<DatabaseProps> = {}) => database(props).one(DbInstance);
const parameters = (props: Partial<DatabaseProps> = {}) =>
  Object.fromEntries(
    database(props)
      .one(DbParameterGroup)
      .parameter.map((each: { name: string; value: string }) => [each.name, each.value]),
  );

describe("a database", () => {
  it("is an RDS instance of the engine, version, class and size asked for (S2-14)", () => {
    expect(instance()).toMatchObject({
      identifier: "wordpress-dev",
      engine: "mysql",
      engine_version: "8.4",
      instance_class: "db.t4g.micro",
      allocated_storage: 20,
      storage_type: "gp3",
      db_name: "wordpress",
      username: "wordpress",
      port: 3306,
    });
    expect(instance({ engine: "postgres", version: "17" })).toMatchObject({ engine: "postgres", port: 5432 });
  });

  it("lives in the subnets given, encrypted, and never has a public address (S2-R08)", () => {
    const { one } = database();
    expect(one(DbSubnetGroup).subnet_ids).toEqual(["subnet-a", "subnet-b"]);
    expect(one(DbInstance)).toMatchObject({
      db_subnet_group_name: expect.stringMatching(/^\$\{aws_db_subnet_group\.store_subnets_/),
      publicly_accessible: false,
      storage_encrypted: true,
      ca_cert_identifier: "rds-ca-rsa2048-g1",
    });
  });

  it("leaves its password to Secrets Manager, so that no secret enters code or state (problem 21)", () => {
    const { one, json } = database();
    expect(one(DbInstance)).toMatchObject({
      manage_master_user_password: true,
      iam_database_authentication_enabled: true,
    });
    expect(json).not.toMatch(/"password(_wo)?"/);
  });

  it("lets nobody in or out until told to", () => {
    const { all } = database();
    expect([...all(VpcSecurityGroupIngressRule), ...all(VpcSecurityGroupEgressRule)]).toEqual([]);
  });

  it("is reached through its security group, on the port of its engine", () => {
    const { one } = synthesize((stack) => {
      const { connections } = new Database(stack, "store", { ...valid, engine: "postgres", version: "17" });
      connections.allowFromAddresses("office", "192.0.2.0/24", "analysts");
    });
    expect(one(VpcSecurityGroupIngressRule)).toMatchObject({ from_port: 5432, to_port: 5432 });
    expect(one(DbInstance).vpc_security_group_ids).toEqual([one(VpcSecurityGroupIngressRule).security_group_id]);
  });

  it("tells others where it is and which secret opens it (S2-25)", () => {
    const { document } = synthesize((stack) => {
      const store = new Database(stack, "store", valid);
      const { host, port, endpoint, databaseName, user, secretArn, instanceArn, identifier } = store;
      const value = { host, port, endpoint, databaseName, user, secretArn, instanceArn, identifier };
      new TerraformOutput(stack, "store-facts", { value });
    });
    const at = Object.keys(document.resource.aws_db_instance)[0];
    expect(document.output["store-facts"].value).toEqual({
      host: `\${aws_db_instance.${at}.address}`,
      port: 3306,
      endpoint: `\${aws_db_instance.${at}.endpoint}`,
      databaseName: "wordpress",
      user: "wordpress",
      secretArn: `\${aws_db_instance.${at}.master_user_secret[0].secret_arn}`,
      instanceArn: `\${aws_db_instance.${at}.arn}`,
      identifier: `\${aws_db_instance.${at}.identifier}`,
    });
  });

  it("grows its disk and keeps a standby only where asked to", () => {
    expect(instance()).toMatchObject({ multi_az: false });
    expect(instance()).not.toHaveProperty("max_allocated_storage");
    expect(instance({ maxStorageGib: 100, multiAz: true })).toMatchObject({
      max_allocated_storage: 100,
      multi_az: true,
    });
  });

  it("follows minor versions, and restarts for changes in its window only, unless asked otherwise", () => {
    expect(instance()).toMatchObject({
      auto_minor_version_upgrade: true,
      allow_major_version_upgrade: false,
      apply_immediately: false,
    });
    expect(instance({ changes: "now" })).toMatchObject({ allow_major_version_upgrade: true, apply_immediately: true });
  });
});

describe("the parameters of a database", () => {
  it("are its own, never the default group of the family", () => {
    const { one } = database();
    expect(one(DbParameterGroup)).toMatchObject({ family: "mysql8.4", lifecycle: { create_before_destroy: true } });
    expect(one(DbInstance).parameter_group_name).toMatch(/^\$\{aws_db_parameter_group\.store_parameters_/);
  });

  it("have a name per family, so that those of the next major version can come first", () => {
    const name = (version: string) => database({ version }).one(DbParameterGroup).name;
    expect(name("8.4")).toMatch(/^wordpress-dev-[0-9a-f]{6}$/);
    expect(name("8.0")).not.toBe(name("8.4"));
  });

  it.each([
    ["mysql", "8.4", "require_secure_transport"],
    ["postgres", "17", "rds.force_ssl"],
  ] as const)("make %s %s refuse connections without TLS, unless asked otherwise", (engine, version, parameter) => {
    expect(parameters({ engine, version })).toMatchObject({ [parameter]: "1" });
    expect(parameters({ engine, version, requireTls: false })).toMatchObject({ [parameter]: "0" });
  });

  it("write the logs that are exported", () => {
    expect(parameters()).toMatchObject({ slow_query_log: "1", log_output: "FILE" });
    expect(parameters({ engine: "postgres", version: "17" })).toMatchObject({ log_statement: "ddl" });
  });
});

describe("the logs of a database", () => {
  it.each([
    ["mysql", "8.4", ["error", "slowquery"]],
    ["postgres", "17", ["postgresql", "upgrade"]],
  ] as const)("of %s %s go to groups that exist before it and are emptied", (engine, version, logs) => {
    const { all, one, document } = database({ engine, version, logDays: 90 });
    const names = Object.keys(document.resource.aws_cloudwatch_log_group);
    expect(one(DbInstance).enabled_cloudwatch_logs_exports).toEqual(logs);
    expect(one(DbInstance).depends_on.sort()).toEqual(names.map((name) => `aws_cloudwatch_log_group.${name}`).sort());
    expect(all(CloudwatchLogGroup)).toEqual(
      logs.map((log) =>
        expect.objectContaining({ name: `/aws/rds/instance/wordpress-dev/${log}`, retention_in_days: 90 }),
      ),
    );
  });

  it("are kept for a month unless asked otherwise", () => {
    expect(database().all(CloudwatchLogGroup)[0]).toMatchObject({ retention_in_days: 30 });
  });

  it.each([
    ["keep", true],
    ["destroy", false],
  ] as const)("when it goes itself, and onRemoval is %s: they stay is %s", (onRemoval, skipDestroy) => {
    const groups = database({ onRemoval }).all(CloudwatchLogGroup);
    expect(groups.map(({ skip_destroy }) => skip_destroy)).toEqual([skipDestroy, skipDestroy]);
  });
});

describe("the data of a database", () => {
  it("is backed up every day and kept for a week, at a time of its own", () => {
    expect(instance()).toMatchObject({
      backup_retention_period: 7,
      backup_window: "03:00-04:00",
      maintenance_window: "sun:04:30-sun:05:30",
      copy_tags_to_snapshot: true,
    });
    expect(instance({ maintenanceWindow: "mon:02:00-mon:04:00" })).toMatchObject({ backup_window: "04:00-05:00" });
  });

  it("is deleted by nobody in passing: Terraform refuses while it is in the code, AWS after that, and backups remain (problem 23)", () => {
    expect(instance()).toMatchObject({
      deletion_protection: true,
      delete_automated_backups: false,
      skip_final_snapshot: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  it("leaves a last snapshot whose name no other incarnation has (problem 23)", () => {
    const { one } = database();
    expect(one(DbInstance).final_snapshot_identifier).toMatch(
      /^wordpress-dev-final-\$\{terraform_data\.store_incarnation_\w+\.id\}$/,
    );
    expect(one(DataResource).triggers_replace).toEqual({
      name: "wordpress-dev",
      engine: "mysql",
      databaseName: "wordpress",
      user: "wordpress",
    });
  });

  it("goes with the stack where asked to, without a last copy", () => {
    const { one, all } = database({ onRemoval: "destroy" });
    expect(one(DbInstance)).toMatchObject({
      deletion_protection: false,
      delete_automated_backups: true,
      skip_final_snapshot: true,
    });
    expect(one(DbInstance)).not.toHaveProperty("lifecycle");
    expect(one(DbInstance)).not.toHaveProperty("final_snapshot_identifier");
    expect(all(DataResource)).toEqual([]);
  });
});

describe("a database refuses", () => {
  const refusal = (props: object) => () => database(props as Partial<DatabaseProps>);

  it.each(["", "1db", "Orders", "a--b", "a-", "a_b", "-a", `a${"b".repeat(63)}`])("%j as identifier", (name) => {
    expect(refusal({ name })).toThrow(`test/store: name must be 1 to 63 lower-case letters, digits and single hyphens`);
  });

  it("a placement in one subnet", () => {
    expect(refusal({ placement: { vpcId: "vpc-1", subnetIds: ["subnet-a"] } })).toThrow(
      "test/store: placement must be at least two subnets, got 1; name a second zone in the network",
    );
  });

  it.each(["postgress", "aurora-mysql", "constructor"])("%j as engine", (engine) => {
    expect(refusal({ engine })).toThrow(`test/store: engine must be mysql or postgres, got "${engine}"`);
  });

  it.each([
    ["mysql", "5.6"],
    ["mysql", "8"],
    ["mysql", "8.4.3"],
    ["mysql", 8.4],
    ["postgres", "99"],
    ["postgres", "17.4"],
  ])("%s %j, with the day on which it knew the versions", (engine, version) => {
    expect(refusal({ engine, version })).toThrow(/version must be one of .*, got .*\(RDS as of 2026-\d\d-\d\d\)/);
  });

  it.each([
    ["mysql", "select"],
    ["mysql", "SELECT"],
    ["mysql", "sys"],
    ["postgres", "user"],
    ["postgres", "template1"],
    ["mysql", "1db"],
    ["mysql", "my-db"],
    ["mysql", "${x}"],
    ["mysql", "d".repeat(64)],
  ] as const)("a database on %s named %j", (engine, databaseName) => {
    const { versions } = engines[engine];
    expect(refusal({ engine, version: versions.at(-1), databaseName })).toThrow(
      "test/store: databaseName must be 1 to 63 letters, digits and underscores, the first a letter",
    );
  });

  it.each([
    ["mysql", "rdsadmin"],
    ["mysql", "key"],
    ["mysql", "u".repeat(17)],
    ["mysql", "app-user"],
    ["postgres", "admin"],
    ["postgres", "RdsAdmin"],
    ["postgres", "rds_superuser"],
    ["postgres", "pg_monitor"],
    ["postgres", "current_user"],
  ] as const)("an administrator on %s named %j", (engine, user) => {
    expect(refusal({ engine, version: engines[engine].versions.at(-1), user })).toThrow(
      "test/store: user must be 1 to",
    );
  });

  it("no administrator whose name only the other engine keeps", () => {
    expect(refusal({ user: "admin" })).not.toThrow();
    expect(refusal({ engine: "postgres", version: "17", user: "u".repeat(17) })).not.toThrow();
  });

  it.each([
    "t4g.micro",
    "cache.t3.micro",
    "db.t4g",
    "db.t4g.micro ",
    "db.${x}.micro",
    "",
  ])("%j as class", (instanceClass) => {
    expect(refusal({ instanceClass })).toThrow(
      `test/store: instanceClass must be a current class such as db.t4g.micro, got "${instanceClass}"`,
    );
  });

  it("a class of a previous generation, and names the successor", () => {
    expect(refusal({ instanceClass: "db.t2.micro" })).toThrow("t2 is a previous generation: take db.t4g");
  });

  it.each([5, 19, 20.5, 65_537, Number.NaN])("%d GiB", (storageGib) => {
    expect(refusal({ storageGib })).toThrow("test/store: storageGib must be a whole number from 20 to 65536");
  });

  it.each([19, 100, 109])("to grow from 100 GiB to %d", (maxStorageGib) => {
    expect(refusal({ storageGib: 100, maxStorageGib })).toThrow(
      "test/store: maxStorageGib must be a whole number from 110 (storageGib and a tenth) to 65536",
    );
  });

  it.each([0, 36, 1.5])("%d days of backups", (backupDays) => {
    expect(refusal({ backupDays })).toThrow(
      `test/store: backupDays must be between 1 and 35, got ${backupDays}; to drop the data with the stack, ` +
        'set onRemoval to "destroy" instead of 0 backups',
    );
  });

  it.each([
    [2, 3],
    [45, 60],
    [4000, 3653],
  ])("%d days of logs, which CloudWatch does not offer, and names the next that it does", (logDays, next) => {
    expect(refusal({ logDays })).toThrow(`got ${logDays}; use ${next}`);
  });

  it.each(["03:00-03:29", "03:00-03:00", "3:00-4:00", "Mon:03:00", ""])("%j as backup window", (backupWindow) => {
    expect(refusal({ backupWindow })).toThrow(
      "backupWindow must be a daily window of at least 30 minutes, as hh:mm-hh:mm",
    );
  });

  it.each(["sun:03:00-sun:03:29", "Mon:03:00-Mon:04:00", "03:00-04:00"])("%j for maintenance", (maintenanceWindow) => {
    expect(refusal({ maintenanceWindow })).toThrow("maintenanceWindow must be a weekly window of at least 30 minutes");
  });

  it("windows that overlap, and proposes one that does not", () => {
    expect(refusal({ backupWindow: "04:00-05:00", maintenanceWindow: "wed:04:30-wed:06:00" })).toThrow(
      "test/store: maintenanceWindow must be apart from the backup window, which comes every day, " +
        'got "wed:04:30-wed:06:00"; for example sun:05:30-sun:06:30',
    );
  });

  it.each([
    [{ maintenanceWindow: "mon:00:00-tue:00:00" }, "maintenanceWindow must be apart from the backup window"],
    [{ backupWindow: "00:00-23:50" }, "backupWindow must be short enough to leave an hour for maintenance"],
  ])("a window that leaves no time for the other: %j", (windows, message) => {
    expect(refusal(windows)).toThrow(message);
  });
});
