import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { imageName } from "../core/image-catalogue";
import { judgeStacks } from "../policy";
import { exposure } from "../report";
import { devWith, writtenBy } from "../testing/copies";
import { dashboardOf, makeDashboard } from "../testing/dashboard";
import type { Block, Synthesized } from "../testing/synthesize";
import { described } from "../testing/wordpress";

const changed = (values: Readonly<Record<string, unknown>>) => devWith("dashboard", values);
const dev = dashboardOf(described("dev"));
const production = dashboardOf(described("production"));
const single = dashboardOf(changed({ "machines.mode": "single", "machines.count": 2 }));
const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1SbVJtUm1SbVJtUm1SbVJtUm1SbVJtUm1SbVJtUm1S me@example.com";
const withBastion = changed({ bastion: {} });
const withSsh = changed({ bastion: { ssh: { from: "198.51.100.7/32", publicKey } } });

/** `tcp 5432 to database from machines`: every arrow between two groups, and everything open to addresses. */
function arrows(stack: Synthesized, kind: typeof VpcSecurityGroupIngressRule | typeof VpcSecurityGroupEgressRule) {
  const name = (reference: string) => stack.at(reference).tags.Name.split("/").at(-1);
  return stack
    .all(kind)
    .map((rule) => {
      const { ip_protocol: protocol, from_port: from, to_port: to, cidr_ipv4: range } = rule;
      const peer = range ?? name(rule.referenced_security_group_id);
      const ports = from === to ? from : `${from}-${to}`;
      return `${name(rule.security_group_id)} ${kind === VpcSecurityGroupIngressRule ? "<-" : "->"} ${peer} ${protocol}/${ports}`;
    })
    .sort();
}

/** What a machine of the swarm finds in /etc/slipway/dashboard.json. */
function settingsOf(stack: Synthesized): Block {
  const [, local] = /^\$\{base64encode\(local\.([\w-]+)\)\}$/.exec(stack.one(LaunchTemplate).user_data)!;
  const { write_files } = parse(stack.document.locals[local!]);
  return JSON.parse(write_files.find(({ path }: Block) => path === "/etc/slipway/dashboard.json").content);
}

const statements = (stack: Synthesized, words: RegExp): Block[] =>
  stack
    .all(IamRolePolicy)
    .flatMap(({ policy }) => JSON.parse(policy).Statement)
    .filter(({ Action }) => words.test(`${Action}`));

describe("the dashboard's network", () => {
  it("is a VPC with an internet gateway and three subnets in three zones, on the ranges of before (S4-36, S4-37, S4-38)", () => {
    expect(dev.document.provider.aws[0]).toMatchObject({ region: "us-east-1" });
    expect(dev.one(Vpc)).toMatchObject({ cidr_block: "10.0.0.0/16" });
    expect(dev.one(InternetGateway)).toBeDefined();
    const open = dev.all(Subnet).filter(({ tags }) => /public/.test(tags.Name));
    expect(open.map(({ cidr_block, availability_zone }) => `${cidr_block} ${availability_zone}`)).toEqual([
      "10.0.1.0/24 us-east-1a",
      "10.0.2.0/24 us-east-1b",
      "10.0.3.0/24 us-east-1c",
    ]);
  });

  it("lets machines call out: by an address of their own, or by NAT from private subnets (S4-D08)", () => {
    expect(dev.one(LaunchTemplate).network_interfaces[0]).toMatchObject({ associate_public_ip_address: "true" });
    expect(dev.all(NatGateway)).toEqual([]);
    expect(production.one(LaunchTemplate).network_interfaces[0]).toMatchObject({
      associate_public_ip_address: "false",
    });
    expect(production.all(NatGateway)).toHaveLength(3);
  });

  it("opens these ports, and no other, in both directions (S4-03, S4-46, S4-R07, S4-D07, S4-D10)", () => {
    expect(arrows(dev, VpcSecurityGroupIngressRule)).toEqual([
      "database <- machines tcp/5432",
      "entrance <- 0.0.0.0/0 tcp/80",
      "machines <- entrance tcp/5000",
      "machines <- machines tcp/2377",
      "machines <- machines tcp/7946",
      "machines <- machines udp/4789",
      "machines <- machines udp/7946",
    ]);
    expect(arrows(dev, VpcSecurityGroupEgressRule)).toEqual([
      "entrance -> machines tcp/5000",
      "machines -> 0.0.0.0/0 tcp/443",
      "machines -> database tcp/5432",
      "machines -> machines tcp/2377",
      "machines -> machines tcp/7946",
      "machines -> machines udp/4789",
      "machines -> machines udp/7946",
    ]);
  });

  it("shows nothing to the internet but the load balancer (S4-46)", () => {
    const { world } = exposure([writtenBy((app) => makeDashboard(app, described("dev")))]);
    expect(world.map(({ from, ports, carriers }) => [from, ports, carriers.map(({ type }) => type)])).toEqual([
      ["0.0.0.0/0", "tcp 80", ["aws_lb"]],
    ]);
  });
});

describe("the entrance of the dashboard", () => {
  it("hands requests on port 80 to port 5000 of every machine, and asks nothing slow for health (S4-03, S4-R07, S4-D06)", () => {
    expect(dev.one(Lb)).toMatchObject({ load_balancer_type: "application", internal: false });
    expect(dev.one(LbListener)).toMatchObject({ port: 80, protocol: "HTTP" });
    expect(dev.one(LbTargetGroup)).toMatchObject({ port: 5000, health_check: { path: "/healthz", matcher: "200" } });
    expect(dev.one(AutoscalingGroup).target_group_arns).toEqual([
      expect.stringMatching(/^\$\{aws_lb_target_group\.services_\S+\.arn\}$/),
    ]);
  });

  it("speaks HTTPS where there is a certificate (S4-W03)", () => {
    expect(production.all(LbListener).map(({ port, protocol }) => `${port} ${protocol}`)).toEqual([
      "80 HTTP",
      "443 HTTPS",
    ]);
  });
});

describe("the access logs of the dashboard", () => {
  it("are kept in a bucket for as long as production says, which is there before the load balancer (S4-W05)", () => {
    expect(production.one(Lb).access_logs).toEqual({
      bucket: expect.stringMatching(/^\$\{aws_s3_bucket_policy\.access-logs_access_\S+\.bucket\}$/),
      enabled: true,
    });
    expect(production.one(S3BucketLifecycleConfiguration).rule).toMatchObject([{ expiration: [{ days: 90 }] }]);
    expect(production.one(S3Bucket)).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
    expect(production.document.output.access_log_bucket.value).toBe(production.one(Lb).access_logs.bucket);
  });

  it("are not written in dev, which asks for none", () => {
    expect(dev.one(Lb)).not.toHaveProperty("access_logs");
    expect(dev.all(S3Bucket)).toEqual([]);
    expect(dev.document.output).not.toHaveProperty("access_log_bucket");
  });

  it("go with the environment where everything does", () => {
    const bucket = changed({ "entrance.accessLogDays": 7 });
    expect(dashboardOf(bucket).one(S3Bucket)).toMatchObject({ force_destroy: true });
  });
});

describe("the machines of the dashboard", () => {
  it("boot from the image of exactly the name that Packer and the script that replaces it use (S4-35, S4-41, S4-42)", () => {
    expect(dev.one(DataAwsAmi)).toMatchObject({
      owners: ["self"],
      filter: expect.arrayContaining([{ name: "name", values: ["rescale-dashboard-ami-prod"] }]),
    });
    expect(imageName("webworker-dashboard")).toBe("rescale-dashboard-ami-prod");
    expect(dev.document.resource).not.toHaveProperty("aws_launch_configuration");
  });

  it("are three in three zones, looked after by a group that asks EC2 for their health (S4-40)", () => {
    const group = dev.one(AutoscalingGroup);
    expect(group).toMatchObject({ min_size: 3, desired_capacity: 3, max_size: 3, health_check_type: "EC2" });
    expect(group.vpc_zone_identifier).toHaveLength(3);
  });

  it("learn at boot where secrets, database and code are; nothing of a cluster is in the image (S4-D01, S4-D07, S4-D11)", () => {
    expect(settingsOf(dev)).toEqual({
      region: "us-east-1",
      mode: "cluster",
      cluster: "dashboard-dev",
      managers: 3,
      joinSecretArn: expect.stringMatching(/^\$\{aws_secretsmanager_secret\.swarm_secret_\w+\.arn\}$/),
      overlayRange: "192.168.128.0/17",
      autoScalingGroup: dev.one(AutoscalingGroup).name,
      launchHook: "join-swarm",
      terminationHook: "leave-swarm",
      databaseSecretArn: expect.stringMatching(
        /^\$\{aws_secretsmanager_secret\.application-account_secret_\w+\.arn\}$/,
      ),
      databaseHost: expect.stringMatching(/^\$\{aws_db_instance\.\w+\.address\}$/),
      databasePort: 5432,
      databaseName: "dashboard",
      repository: { url: "https://git.example.com/team/dashboard.git", branch: "master" },
      stackFile: "systems/dashboard/docker-compose.yml",
    });
  });

  it("take new versions from a registry only where one is named (S4-13, S4-65)", () => {
    expect(settingsOf(dev)).not.toHaveProperty("namespace");
    const pulling = dashboardOf(changed({ namespace: "docker.io/team" }));
    expect(settingsOf(pulling)).toMatchObject({ namespace: "docker.io/team" });
  });

  describe("take new versions from a private registry", () => {
    /** What the machines' role may do beside what that of dev may. */
    const added = (values: Readonly<Record<string, unknown>>) => {
      const statements = (stack: typeof dev) =>
        stack.all(IamRolePolicy).flatMap(({ name, policy }) => {
          return name === "dashboard-dev-machines" ? JSON.parse(policy).Statement : [];
        });
      const before = new Set(statements(dev).map((each: object) => JSON.stringify(each)));
      return statements(dashboardOf(changed(values))).filter((each: object) => !before.has(JSON.stringify(each)));
    };
    const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:registry-AbCdEf";

    it("of ECR, in any account, with a role that may pull both images and no other (S4-W04)", () => {
      const folder = "arn:aws:ecr:eu-west-1:444455556666:repository/team";
      expect(added({ namespace: "444455556666.dkr.ecr.eu-west-1.amazonaws.com/team" })).toEqual([
        { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
        {
          Effect: "Allow",
          Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          Resource: [`${folder}/dash-front`, `${folder}/dash-back`],
        },
      ]);
    });

    it("of anybody, with the account that is in a secret (S4-W04)", () => {
      const values = { namespace: "registry.example.com/team", registry: { secretArn } };
      expect(settingsOf(dashboardOf(changed(values)))).toMatchObject({ registrySecretArn: secretArn });
      expect(added(values)).toEqual([
        { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [secretArn] },
      ]);
      expect(added({ namespace: "registry.example.com/team" })).toEqual([]);
    });

    it("with a key of one's own, which opens nothing but that secret (S4-W04)", () => {
      const kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d";
      const values = { namespace: "registry.example.com/team", registry: { secretArn, kmsKeyArn } };
      expect(added(values)).toContainEqual({
        ...{ Effect: "Allow", Action: ["kms:Decrypt"], Resource: [kmsKeyArn] },
        Condition: { StringLike: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com*" } },
      });
    });
  });

  it("carry the tag by which they find each other, and have time to leave (S4-D07, S4-D09)", () => {
    const [instance] = dev.one(LaunchTemplate).tag_specifications;
    expect(instance).toMatchObject({ resource_type: "instance", tags: { "slipway:swarm": "dashboard-dev" } });
    expect(dev.all(AutoscalingLifecycleHook)).toContainEqual(
      expect.objectContaining({ name: "leave-swarm", heartbeat_timeout: 300, default_result: "CONTINUE" }),
    );
  });

  it("are in service when they are in the swarm: a bad image stops a refresh at its first machine (S4-D07)", () => {
    expect(dev.one(AutoscalingGroup).initial_lifecycle_hook).toMatchObject([
      { name: "join-swarm", lifecycle_transition: "autoscaling:EC2_INSTANCE_LAUNCHING", default_result: "ABANDON" },
    ]);
  });

  it("may read their password, find, join and leave the others, and nothing else (S4-D07)", () => {
    expect(statements(dev, /secretsmanager/).map(({ Action }) => Action)).toEqual([
      ["secretsmanager:GetSecretValue"],
      ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
    ]);
    expect(statements(dev, /CreateTags/)).toEqual([
      expect.objectContaining({
        Condition: {
          StringEquals: { "aws:ResourceTag/slipway:swarm": "dashboard-dev" },
          "ForAllValues:StringEquals": { "aws:TagKeys": "slipway:swarm-member" },
        },
      }),
    ]);
    const [complete] = statements(dev, /CompleteLifecycleAction/);
    expect(complete?.Resource).toEqual([
      `arn:*:autoscaling:us-east-1:*:autoScalingGroup:*:autoScalingGroupName/${dev.one(AutoscalingGroup).name}`,
    ]);
    expect(statements(dev, /\*|ec2:(?!DescribeInstances|CreateTags)|rds|s3/)).toEqual([]);
  });

  it("stand each for itself where asked to: no ports between them, nothing to join or to leave (S4-D09)", () => {
    expect(settingsOf(single)).toMatchObject({ mode: "single" });
    expect(Object.keys(settingsOf(single))).not.toEqual(expect.arrayContaining(["joinSecretArn"]));
    expect(arrows(single, VpcSecurityGroupIngressRule)).not.toContainEqual(
      expect.stringContaining("machines <- machines"),
    );
    expect(single.all(AutoscalingLifecycleHook).map(({ name }) => name)).toEqual(["join-swarm"]);
    expect(single.one(AutoscalingGroup)).toMatchObject({ min_size: 2, max_size: 2 });
    expect(single.one(AutoscalingGroup)).toMatchObject({ health_check_type: "ELB" });
    expect(statements(single, /ec2|PutSecretValue/)).toEqual([]);
  });
});

describe("the database of the dashboard", () => {
  it("is PostgreSQL on RDS over three subnets, out of reach from outside the VPC (S4-02, S4-45, S4-46, S4-47)", () => {
    expect(dev.one(DbInstance)).toMatchObject({
      engine: "postgres",
      engine_version: "17",
      instance_class: "db.t4g.micro",
      username: "postgres",
      publicly_accessible: false,
      storage_encrypted: true,
    });
    expect(dev.one(DbSubnetGroup).subnet_ids).toHaveLength(3);
  });

  it("has its passwords in Secrets Manager alone: one that RDS renews, one of the services (S4-16, S4-43, S4-W01)", () => {
    expect(dev.one(DbInstance)).toMatchObject({ manage_master_user_password: true });
    expect(dev.json).not.toMatch(/AWS_DB_PASS/);
    const { secret_string_wo } = dev.one(SecretsmanagerSecretVersion);
    expect(secret_string_wo).toMatch(/dashboard_app.*ephemeral\.aws_secretsmanager_random_password/);
  });
});

describe("the bastion of the dashboard", () => {
  it("is not there until asked for, and can go again without touching anything else (S4-48)", () => {
    const more = dashboardOf(withBastion);
    expect(dev.all(Instance)).toEqual([]);
    expect(more.one(Instance)).toBeDefined();
    const before = new Set(dev.addresses());
    const [added, kept] = [
      more.addresses().filter((one) => !before.has(one)),
      more.addresses().filter((one) => before.has(one)),
    ];
    expect(kept.sort()).toEqual(dev.addresses().sort());
    expect(added.filter((address) => !address.includes("bastion"))).toEqual([]);
  });

  it("is reached through Session Manager, and reaches the database (S4-48, S4-49, S4-W02)", () => {
    const more = dashboardOf(withBastion);
    expect(arrows(more, VpcSecurityGroupIngressRule)).toContain("database <- bastion tcp/5432");
    expect(arrows(more, VpcSecurityGroupIngressRule).filter((arrow) => arrow.startsWith("bastion"))).toEqual([]);
    expect(more.document.output.bastion_shell.value).toMatch(
      /^aws ssm start-session --region us-east-1 --target \$\{aws_instance\./,
    );
  });

  it("is open to one address on port 22 where asked to, with that person's key (S4-49, S4-50)", () => {
    const more = dashboardOf(withSsh);
    expect(arrows(more, VpcSecurityGroupIngressRule)).toContain("bastion <- 198.51.100.7/32 tcp/22");
    expect(more.one(KeyPair)).toMatchObject({ public_key: publicKey });
    expect(more.document.output.bastion_shell.value).toMatch(/^ssh ec2-user@/);
  });

  it("has a client of the server's version, the script and the statements on it (S4-50, S4-53, S4-59)", () => {
    const { user_data } = dashboardOf(withBastion).one(Instance);
    const { write_files, runcmd } = parse(user_data.replaceAll('${"$"}{', "${"));
    expect(write_files.map(({ path }: Block) => path)).toEqual([
      "/etc/slipway/dashboard-database.json",
      "/usr/local/lib/slipway/database.sql",
      "/usr/local/lib/slipway/load-db.sh",
      "/usr/local/lib/slipway/load-from-secrets.sh",
    ]);
    const patient = ["--setopt=retries=10", "--setopt=timeout=30"];
    expect(runcmd).toEqual([["dnf", ...patient, "install", "--assumeyes", "postgresql17"]]);
    expect(user_data.length).toBeLessThan(16_384);
  });
});

describe("the policy", () => {
  it.each([
    ["dev", described("dev")],
    ["production", described("production")],
    ["a bastion", withBastion],
    ["a bastion with SSH", withSsh],
    ["access logs that go with the environment", changed({ "entrance.accessLogDays": 7 })],
    ["machines each for itself", changed({ "machines.mode": "single" })],
  ])("accepts %s", (_, environment) => {
    const stack = writtenBy((app) => makeDashboard(app, environment));
    expect(judgeStacks([stack], { suppressions: environment.suppressions }).findings).toEqual([]);
  });
});

it("keeps its addresses: another one is another resource", () => {
  expect(dev.addresses().sort()).toMatchSnapshot();
});
