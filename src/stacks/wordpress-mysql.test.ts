import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";
import { EcsCapacityProvider } from "@cdktf/provider-aws/lib/ecs-capacity-provider";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { imageName } from "../core/image-catalogue";
import { checkStacks, judgeStacks } from "../policy";
import { exposure } from "../report";
import { described } from "../testing/wordpress";
import { changed, choices, data, mysqlStackOf, writtenStack } from "../testing/wordpress-mysql";

type Stack = ReturnType<typeof mysqlStackOf>;
const dev = mysqlStackOf(described("dev"));
const production = mysqlStackOf(described("production"));
const [rds, aurora] = [mysqlStackOf(choices.rds), mysqlStackOf(choices.aurora)];

const container = (stack: Stack) => JSON.parse(stack.one(EcsTaskDefinition).container_definitions)[0];
const variables = (stack: Stack): Record<string, string> =>
  Object.fromEntries(container(stack).environment.map(({ name, value }: Record<string, string>) => [name, value]));
const groupOf = (stack: Stack, rule: { security_group_id: string }) => stack.at(rule.security_group_id).tags.Name;
/** What cloud-init writes on the database machine: path → content. */
const bootFiles = (stack: Stack): Record<string, string> => {
  const { write_files } = parse(stack.one(Instance).user_data);
  return Object.fromEntries(write_files.map(({ path, content }: Record<string, string>) => [path, content]));
};

describe("WordPress with MySQL beside it, as its document describes it", () => {
  it("is one stack in a region of its own, without anybody else's state (S3-01, S3-15, S3-18)", () => {
    expect(dev.document.provider.aws[0]).toMatchObject({ region: "eu-west-3" });
    expect(dev.document.provider.aws[0]).not.toHaveProperty("profile");
    expect(dev.document.data).not.toHaveProperty("terraform_remote_state");
    expect([dev.all(Vpc), dev.all(EcsCluster), dev.all(EcsTaskDefinition)].map(({ length }) => length)).toEqual([
      1, 1, 1,
    ]);
  });

  it("needs a Terraform that keeps secrets out of the state (S3-16, S3-W06)", () => {
    expect(dev.document.terraform.required_version).toBe(">= 1.11.0");
  });

  it("has web tier and database in the same subnet of the same VPC (S3-02, S3-R03)", () => {
    expect(dev.one(Vpc)).toMatchObject({ cidr_block: "10.0.0.0/24" });
    expect(dev.one(Subnet)).toMatchObject({ cidr_block: "10.0.0.0/24", availability_zone: "eu-west-3a" });
    const { subnet_id } = dev.one(NetworkInterface);
    expect(dev.one(AutoscalingGroup).vpc_zone_identifier).toEqual([subnet_id]);
  });

  it("runs the containers on EC2 machines of an ECS cluster (S3-03, S3-22)", () => {
    expect(dev.one(EcsCluster).name).toBe("wordpress-mysql-dev");
    expect(dev.one(EcsTaskDefinition)).toMatchObject({ requires_compatibilities: ["EC2"], network_mode: "bridge" });
    const template = Buffer.from(dev.one(LaunchTemplate).user_data, "base64").toString();
    expect(template).toContain("ECS_CLUSTER=wordpress-mysql-dev");
  });

  it("takes the official image of WordPress by its version, and builds none (S3-04, S3-05)", () => {
    expect(container(dev).image).toMatch(/^docker\.io\/library\/wordpress:\d+\.\d+\.\d+-php8\.\d-apache$/);
    expect(dev.document.resource).not.toHaveProperty("aws_ecr_repository");
  });

  it("has its database on a machine that boots from the image that Packer bakes (S3-06, S3-07, S3-R05)", () => {
    const image = Object.entries(dev.document.data.aws_ami)[0]!;
    expect(image[1]).toMatchObject({ owners: ["self"] });
    const { filter } = dev.one(DataAwsAmi);
    expect(filter).toContainEqual({ name: "name", values: [imageName("mysql")] });
    expect(dev.one(Instance).ami).toBe(`\${data.aws_ami.${image[0]}.id}`);
  });

  it("lets the number of machines be managed by ECS: one at first, three at most (S3-24, S3-25, S3-R02)", () => {
    expect(dev.one(AutoscalingGroup)).toMatchObject({
      ...{ min_size: 1, desired_capacity: 1, max_size: 3 },
      ...{ health_check_type: "EC2", health_check_grace_period: 300, protect_from_scale_in: true },
    });
    expect(dev.one(EcsCapacityProvider).auto_scaling_group_provider.managed_scaling.status).toBe("ENABLED");
    expect(dev.one(EcsService)).toMatchObject({ desired_count: 1 });
  });

  it("gives the machines a public address, by which they reach ECS and the registry (S3-D04)", () => {
    expect(dev.one(LaunchTemplate).network_interfaces[0].associate_public_ip_address).toBe("true");
    expect(dev.all(NatGateway)).toEqual([]);
  });

  it("answers on port 80 of the machine with port 80 of the container, in 512 MiB (S3-29, S3-R03)", () => {
    expect(container(dev)).toMatchObject({
      memory: 512,
      portMappings: [{ containerPort: 80, hostPort: 80, protocol: "tcp" }],
    });
    expect(dev.all(Lb)).toEqual([]);
  });

  it("runs one task per machine, and stops it before it starts the next (S3-D03)", () => {
    expect(dev.one(EcsService)).toMatchObject({
      deployment_minimum_healthy_percent: 0,
      deployment_maximum_percent: 100,
    });
  });

  it("tells WordPress its database under the official names, the password as a secret (S3-R06, S3-W06)", () => {
    expect(variables(dev)).toEqual({
      WORDPRESS_DB_HOST: "10.0.0.151:3306",
      WORDPRESS_DB_NAME: "wordpress",
      WORDPRESS_DB_USER: "wordpress",
    });
    expect(container(dev).secrets).toEqual([
      {
        name: "WORDPRESS_DB_PASSWORD",
        valueFrom: expect.stringMatching(/^\$\{aws_secretsmanager_secret\.[\w-]+\.arn\}:password::$/),
      },
    ]);
  });

  it("keeps its logs, and can be entered where asked (S3-30)", () => {
    expect(container(dev).logConfiguration).toMatchObject({ logDriver: "awslogs" });
    expect(dev.one(EcsService).enable_execute_command).toBe(false);
    expect(mysqlStackOf(changed({ "service.exec": true })).one(EcsService).enable_execute_command).toBe(true);
  });

  it("gives the container no more than it needs (S3-W08)", () => {
    expect(container(dev)).toMatchObject({
      privileged: false,
      dockerSecurityOptions: ["no-new-privileges"],
      linuxParameters: { initProcessEnabled: true },
    });
  });

  it("says how to find its address, its database and its secret", () => {
    const outputs = Object.fromEntries(
      Object.entries(dev.document.output as Record<string, { value: string }>).map(([key, { value }]) => [key, value]),
    );
    expect(outputs).toMatchObject({
      address_command: expect.stringMatching(/^aws ec2 describe-instances --region eu-west-3 .*PublicDnsName/),
      database_address: "10.0.0.151:3306",
      database_secret_arn: expect.stringContaining(".arn}"),
    });
  });
});

describe("the database machine", () => {
  it("has the fixed address of the original, 8 GiB of root and its data on a volume of its own (S3-R03)", () => {
    expect(dev.one(NetworkInterface).private_ips).toEqual(["10.0.0.151"]);
    expect(dev.one(Instance).root_block_device).toMatchObject({ volume_size: 8, encrypted: true });
    expect(dev.one(EbsVolume)).toMatchObject({ size: 20, encrypted: true, availability_zone: "eu-west-3a" });
  });

  it("finds its address free, whoever comes first (S3-R03)", () => {
    expect(dev.one(Ec2SubnetCidrReservation)).toMatchObject({ cidr_block: "10.0.0.151/32" });
    expect(rds.all(Ec2SubnetCidrReservation)).toEqual([]);
  });

  it("has no public address (S3-27)", () => {
    expect(dev.one(Instance)).not.toHaveProperty("associate_public_ip_address");
    expect(dev.one(Subnet).map_public_ip_on_launch).toBe(false);
    expect(dev.document.resource).not.toHaveProperty("aws_eip");
  });

  it("learns at boot what it is: schema, network of its clients, volume, and where its secret is (S3-R04, S3-D05)", () => {
    const [[path, content]] = Object.entries(bootFiles(dev)) as [[string, string]];
    expect(path).toBe("/etc/slipway/mysql.json");
    expect(JSON.parse(content)).toEqual({
      secretArn: expect.stringMatching(/^\$\{aws_secretsmanager_secret\.[\w-]+\.arn\}$/),
      clientNetwork: "10.0.0.0/24",
      database: "wordpress",
      dataVolume: expect.stringMatching(/^\$\{aws_ebs_volume\.[\w-]+\.id\}$/),
    });
  });

  it("may read that secret, which no code and no state holds (S3-W06, S3-D05)", () => {
    const { secretArn } = JSON.parse(bootFiles(dev)["/etc/slipway/mysql.json"]!);
    const own = dev.all(IamRolePolicy).filter(({ name }) => name === "wordpress-mysql-dev-database");
    expect(own.flatMap(({ policy }) => JSON.parse(policy).Statement)).toEqual([
      { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [secretArn] },
    ]);
    expect(dev.one(SecretsmanagerSecretVersion)).toMatchObject({
      secret_string_wo: expect.stringMatching(/"password" = ephemeral\./),
      secret_string_wo_version: 1,
    });
  });

  it("reads it inside the VPC, as it has no way out (S3-D05)", () => {
    const services = dev.all(VpcEndpoint).map(({ service_name }) => service_name);
    expect(services.sort()).toEqual(["com.amazonaws.eu-west-3.s3", "com.amazonaws.eu-west-3.secretsmanager"]);
  });

  it("stays itself when its password changes", () => {
    const after = mysqlStackOf(changed({ "database.machine.secretVersion": 2 }));
    expect(after.one(SecretsmanagerSecretVersion).secret_string_wo_version).toBe(2);
    expect(after.one(Instance)).toEqual(dev.one(Instance));
    expect(after.one(EcsTaskDefinition)).toEqual(dev.one(EcsTaskDefinition));
  });

  it("is protected where data are kept, and replaced only where that is allowed", () => {
    const kept = (values = {}) => mysqlStackOf({ ...changed(values), onRemoval: "keep" });
    expect(kept().one(Instance).disable_api_termination).toBe(true);
    expect(kept().one(EbsVolume).lifecycle).toMatchObject({ prevent_destroy: true });
    const allowed = kept({ "database.machine.replacement": "allowed" });
    expect(allowed.one(Instance).disable_api_termination).toBe(false);
    expect(allowed.one(EbsVolume).lifecycle).toMatchObject({ prevent_destroy: true });
  });
});

describe("who reaches whom", () => {
  it.each(
    Object.entries(choices),
  )("with %s: the internet the machines on 80, the machines the database, no more (S3-R01, S3-28, S3-D02)", (_, environment) => {
    const { world, arrows } = exposure([writtenStack(environment)]);
    expect(world.map(({ from, ports, carriers }) => [from, ports, carriers.map(({ type }) => type)])).toEqual([
      ["0.0.0.0/0", "tcp 80", ["aws_launch_template"]],
    ]);
    const toDatabase = arrows.filter(({ to }) => /database/.test(to));
    expect(toDatabase.map(({ from, ports }) => [/machines/.test(from), ports])).toEqual([[true, "tcp 3306"]]);
  });

  it("lets nobody in by SSH, and the database call nothing but the endpoints (S3-D02, S3-27)", () => {
    expect(dev.all(VpcSecurityGroupIngressRule).map(({ from_port }) => from_port)).not.toContain(22);
    const { outward, arrows, halves } = exposure([writtenStack(choices.machine)]);
    expect(outward.map(({ from, to, ports }) => [/machines/.test(from), to, ports])).toEqual([
      [true, "0.0.0.0/0", "tcp 443"],
    ]);
    expect(
      arrows.filter(({ from }) => /database/.test(from)).map(({ to, ports }) => [/endpoints/.test(to), ports]),
    ).toEqual([[true, "tcp 443"]]);
    expect(halves).toEqual([]);
  });

  it("keeps web tier and database apart by their security groups (S3-23, S3-26)", () => {
    const [rule] = dev.all(VpcSecurityGroupIngressRule).filter(({ from_port }) => from_port === 3306);
    expect(groupOf(dev, rule as never)).toBe("wordpress-mysql-dev/database");
    expect(dev.at(rule!.referenced_security_group_id).tags.Name).toBe("wordpress-mysql-dev/machines");
    expect(dev.all(SecurityGroup)).toHaveLength(3);
  });

  it("follows the port of the description", () => {
    const { world } = exposure([writtenStack(changed({ "service.hostPort": 8000 }))]);
    expect(world.map(({ ports }) => ports)).toEqual(["tcp 8000"]);
  });
});

describe("another database by the same key of the description", () => {
  it("is RDS, with a standby where asked (S3-W01)", () => {
    expect(rds.one(DbInstance)).toMatchObject({ engine: "mysql", multi_az: true, manage_master_user_password: true });
    expect(rds.all(Instance)).toEqual([]);
    expect(variables(rds).WORDPRESS_DB_HOST).toMatch(/^\$\{aws_db_instance\.[\w-]+\.endpoint\}$/);
  });

  it("is Aurora, with a reader that takes over (S3-W13)", () => {
    expect(aurora.one(RdsCluster)).toMatchObject({ engine: "aurora-mysql", manage_master_user_password: true });
    expect(aurora.all(RdsClusterInstance)).toHaveLength(2);
    expect(variables(aurora).WORDPRESS_DB_HOST).toMatch(/^\$\{aws_rds_cluster\.[\w-]+\.endpoint\}:3306$/);
  });

  it.each([
    ["rds", rds],
    ["aurora", aurora],
  ])("makes %s's own secret known to the tasks, and encrypts the connection (S3-W06)", (_, stack) => {
    expect(container(stack).secrets[0].valueFrom).toMatch(/master_user_secret\[0\]\.secret_arn\}:password::$/);
    expect(variables(stack).WORDPRESS_CONFIG_EXTRA).toBe("define('MYSQL_CLIENT_FLAGS', MYSQLI_CLIENT_SSL);");
    expect(stack.document).not.toHaveProperty("ephemeral");
  });

  it("starts the tasks anew when RDS renews its password, and not before a machine has taken a new one", () => {
    for (const stack of [rds, aurora]) expect(stack.all(CloudwatchEventRule)).toHaveLength(1);
    expect(dev.all(CloudwatchEventRule)).toEqual([]);
    const { service, ...system } = choices.rds.wordpressMysql!;
    const by = { ...system, service: { ...service, redeployOnRotation: false } };
    expect(mysqlStackOf({ ...choices.rds, wordpressMysql: by }).all(CloudwatchEventRule)).toEqual([]);
  });

  it("moves nothing of the web tier", () => {
    const web = ({ addresses }: Stack) =>
      addresses().filter((address) => /\.(machines|cluster|wordpress)_/.test(address));
    expect(web(rds).sort()).toEqual(expect.arrayContaining(web(dev).sort()));
    expect(web(aurora).sort()).toEqual(expect.arrayContaining(web(dev).sort()));
  });
});

describe("the system of production", () => {
  it("keeps its data in Aurora, in subnets without a way in or out, for good (S3-W13, problem 23)", () => {
    expect(production.one(RdsCluster)).toMatchObject({
      deletion_protection: true,
      backup_retention_period: 14,
      lifecycle: expect.objectContaining({ prevent_destroy: true }),
    });
    expect(production.all(Subnet).map(({ cidr_block }) => cidr_block)).toEqual(
      expect.arrayContaining(["10.0.0.0/24", "10.2.0.0/27", "10.2.0.32/27", "10.2.0.64/27"]),
    );
  });

  it("keeps its state in an S3 bucket, with a lock (S3-W17)", () => {
    expect(production.document.terraform.backend.s3).toMatchObject({
      key: "slipway/wordpress-mysql-production.tfstate",
      use_lockfile: true,
    });
  });
});

describe("the gate", () => {
  const implied = ["ASG-04", "EC2-03", "X-19"];

  it.each([
    ["dev", described("dev")],
    ...Object.entries(choices),
    ["one machine", changed({ "machines.max": 1 })],
  ])("finds nothing in the system of %s but what its document asks for", (name, environment) => {
    const { findings, accepted } = judgeStacks([writtenStack(environment)]);
    expect(findings).toEqual([]);
    const expected = name === "one machine" ? implied.slice(1) : implied;
    // A single server is what the description says: RDS-04 is accepted by the module where it says so.
    expect(accepted.map(({ rule }) => rule).sort()).toEqual(expect.arrayContaining(expected));
    for (const { source } of accepted) expect(source).toBe("generator");
  });

  it.each([
    ["SSH from everywhere", "SG-02", { from_port: 22, to_port: 22 }],
    ["the database from everywhere", "SG-08", { from_port: 3306, to_port: 3306 }],
  ])("would stop %s (S3-D02)", (_, id, ports) => {
    const { name, document } = structuredClone(writtenStack(choices.machine));
    const rules: Record<string, object> = document.resource.aws_vpc_security_group_ingress_rule;
    const [database] = Object.entries(rules).find(([key]) => key.startsWith("database_"))!;
    rules[database] = { ...rules[database], ...ports, cidr_ipv4: "0.0.0.0/0", referenced_security_group_id: undefined };
    expect(checkStacks([{ name, document }]).map(({ rule }) => rule)).toContain(id);
  });
});

describe("each copy", () => {
  it.each([
    ["dev", dev],
    ["production", production],
    ["RDS", rds],
  ])("of %s has addresses that nobody changes by accident (problem 27)", (_, stack) => {
    expect(stack.addresses().sort()).toMatchSnapshot();
  });

  it("keeps its addresses when data subnets come, before the database moves there", () => {
    const before = dev.addresses();
    expect(mysqlStackOf(changed({ "network.data": data })).addresses()).toEqual(expect.arrayContaining(before));
  });
});

describe("WordPress in an image of one's own", () => {
  it("may be pulled from its repository of ECR by the task's execution role, and from no other (S3-04)", () => {
    const image = "111122223333.dkr.ecr.eu-west-3.amazonaws.com/team/wordpress:1.0.0";
    const pulling = (stack: Stack) =>
      stack
        .all(IamRolePolicy)
        .flatMap(({ policy }) => JSON.parse(policy).Statement)
        .filter(({ Action }) => JSON.stringify(Action).includes("ecr:BatchGetImage"));
    expect(pulling(mysqlStackOf(changed({ "service.image": image }))).map(({ Resource }) => Resource)).toEqual([
      "arn:aws:ecr:eu-west-3:111122223333:repository/team/wordpress",
    ]);
    expect(pulling(mysqlStackOf(choices.machine))).toEqual([]);
  });
});

describe("WordPress with a proxy before RDS", () => {
  const proxied = mysqlStackOf(
    changed({ "network.data": data, database: { rds: { class: "db.t4g.micro", proxy: { connectionsPercent: 80 } } } }),
  );

  it("is told the proxy in place of the server, and adds to what was there (S3-W01)", () => {
    const [container] = JSON.parse(proxied.one(EcsTaskDefinition).container_definitions);
    const host = container.environment.find(({ name }: { name: string }) => name === "WORDPRESS_DB_HOST");
    expect(host.value).toMatch(/^\$\{aws_db_proxy\.\w+[\w-]*\.endpoint\}:3306$/);
    const plain = mysqlStackOf(changed({ "network.data": data, database: { rds: { class: "db.t4g.micro" } } }));
    expect(proxied.addresses()).toEqual(expect.arrayContaining(plain.addresses()));
  });
});

describe("WordPress whose files outlive its task", () => {
  const plain = mysqlStackOf(described("dev"));
  const filed = mysqlStackOf(changed({ files: {} }));

  it("has uploads, plug-ins and themes in files of the machine's zone, which only the machine reaches (S3-W03)", () => {
    const [container] = JSON.parse(filed.one(EcsTaskDefinition).container_definitions);
    expect(container.mountPoints).toMatchObject([{ containerPath: "/var/www/html/wp-content" }]);
    expect(filed.all(EfsMountTarget)).toHaveLength(1);
    const nfs = filed.all(VpcSecurityGroupIngressRule).filter(({ from_port }) => from_port === 2049);
    expect(nfs).toEqual([expect.objectContaining({ description: "machines to files: what WordPress writes" })]);
  });

  it("starts its task only when the files can be found, and adds to what was there (S3-W03)", () => {
    expect(filed.one(EcsService).depends_on).toEqual(
      expect.arrayContaining([expect.stringMatching(/^aws_efs_mount_target\.files_target-a_/)]),
    );
    expect(filed.addresses()).toEqual(expect.arrayContaining(plain.addresses()));
    expect(plain.all(EfsMountTarget)).toEqual([]);
  });
});
