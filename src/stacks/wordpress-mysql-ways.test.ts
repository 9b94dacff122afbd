import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin";
import { EcsCapacityProvider } from "@cdktf/provider-aws/lib/ecs-capacity-provider";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { describe, expect, it } from "vitest";
import { judgeStacks } from "../policy";
import { exposure } from "../report";
import { described } from "../testing/wordpress";
import { changed, choices, data, mysqlStackOf, writtenStack } from "../testing/wordpress-mysql";

type Stack = ReturnType<typeof mysqlStackOf>;

const entered = {
  "network.web": { cidr: "10.3.0.0/22", zones: ["eu-west-3b", "eu-west-3c"] },
  files: {},
  entrance: { webAcl: { requests: 5000 } },
  "service.count": 2,
  "service.scaling": { min: 2, max: 4, requestsPerTarget: 600 },
};
const rds = { "network.data": data, database: { rds: { class: "db.t4g.micro", multiAz: true } } };
/** Beside the database's machine, and beside RDS. */
const environments = { machine: changed(entered), rds: changed({ ...entered, ...rds }) };
const [plain, beside, apart] = [choices.machine, environments.machine, environments.rds].map(mysqlStackOf) as [
  Stack,
  Stack,
  Stack,
];
const production = mysqlStackOf(described("production"));
/** WordPress's own service: the collector of metrics is another one. */
const siteOf = (stack: Stack) => stack.all(EcsService).find(({ name }) => /-wordpress$/.test(name))!;

const container = (stack: Stack) => JSON.parse(stack.one(EcsTaskDefinition).container_definitions)[0];
const zonesOf = (stack: Stack, subnets: readonly string[]) =>
  subnets.map((id) => stack.at(stack.at(id).subnet_id).availability_zone);
const rulesOf = (stack: Stack) => stack.one(Wafv2WebAcl).rule.map(({ name }: { name: string }) => name);
/** Who reaches whom: from, to and ports of every arrow that ends at a name. */
const arrowsTo = (environment: typeof choices.machine, name: RegExp) =>
  exposure([writtenStack(environment)])
    .arrows.filter(({ to }) => name.test(to))
    .map(({ from, ports }) => `${/entrance|machines/.exec(from)?.[0]} ${ports}`);

describe("WordPress with MySQL beside it, behind an entrance", () => {
  it("runs several copies, of which each has a port that Docker chooses (S3-W03, S3-D03)", () => {
    expect(beside.one(EcsService)).toMatchObject({
      ...{ desired_count: 2, deployment_minimum_healthy_percent: 100, deployment_maximum_percent: 200 },
      load_balancer: [{ container_port: 80, target_group_arn: expect.stringContaining("aws_lb_target_group.") }],
    });
    expect(container(beside).portMappings).toEqual([{ containerPort: 80, hostPort: 0, protocol: "tcp" }]);
    expect(beside.one(LbTargetGroup)).toMatchObject({ target_type: "instance", protocol: "HTTP" });
    expect(beside.one(LbListenerRule).condition).toEqual([{ path_pattern: { values: ["/*"] } }]);
  });

  it("has them share their files and what signs cookies, so that a visitor may meet any of them (S3-W03)", () => {
    expect(container(beside).mountPoints).toMatchObject([{ containerPath: "/var/www/html/wp-content" }]);
    const keys: { name: string; valueFrom: string }[] = container(beside).secrets;
    const [password, ...signing] = keys.sort((a, b) => (a.name.includes("DB_") ? -1 : a.name < b.name ? -1 : 1));
    expect(password!.name).toBe("WORDPRESS_DB_PASSWORD");
    expect(signing.map(({ name }) => name)).toEqual([
      ...["WORDPRESS_AUTH_KEY", "WORDPRESS_AUTH_SALT", "WORDPRESS_LOGGED_IN_KEY", "WORDPRESS_LOGGED_IN_SALT"],
      ...["WORDPRESS_NONCE_KEY", "WORDPRESS_NONCE_SALT", "WORDPRESS_SECURE_AUTH_KEY", "WORDPRESS_SECURE_AUTH_SALT"],
    ]);
    // WordPress takes no key that it is given twice.
    expect(new Set(signing.map(({ valueFrom }) => valueFrom)).size).toBe(8);
    const [secret] = beside
      .all(SecretsmanagerSecretVersion)
      .filter(({ secret_string_wo: text }) => /auth_key/.test(text));
    for (const { valueFrom } of signing) {
      expect(secret!.secret_string_wo).toContain(`"${valueFrom.split(":").at(-3)}" = ephemeral.`);
    }
    expect(beside.one(EcsService).depends_on).toContainEqual(
      expect.stringMatching(/^aws_secretsmanager_secret_version\.signing-keys_/),
    );
  });

  it("takes the keys of the description before its own", () => {
    const arn = "arn:aws:secretsmanager:eu-west-3:111122223333:secret:keys-AbCdEf";
    const own = mysqlStackOf(changed({ ...entered, "service.secrets": { WORDPRESS_AUTH_KEY: arn } }));
    const values = Object.fromEntries(
      container(own).secrets.map(({ name, valueFrom }: Record<string, string>) => [name, valueFrom]),
    );
    expect(values.WORDPRESS_AUTH_KEY).toBe(arn);
    expect(values.WORDPRESS_AUTH_SALT).toMatch(/:auth_salt::$/);
  });

  it("follows the load with its tasks, and the tasks with its machines (S3-W04)", () => {
    expect(beside.one(AppautoscalingTarget)).toMatchObject({ min_capacity: 2, max_capacity: 4 });
    const { target_tracking_scaling_policy_configuration: follows } = beside.one(AppautoscalingPolicy);
    expect(follows).toMatchObject({
      target_value: 600,
      predefined_metric_specification: { predefined_metric_type: "ALBRequestCountPerTarget" },
    });
    expect(beside.one(EcsCapacityProvider).auto_scaling_group_provider.managed_scaling.status).toBe("ENABLED");
    expect(beside.one(EcsService).lifecycle.ignore_changes).toContain("desired_count");
  });

  it("has its load balancer in all zones, the first one being that of the network's own subnet (S3-W05)", () => {
    const zones = ["eu-west-3a", "eu-west-3b", "eu-west-3c"];
    expect(zonesOf(beside, beside.one(Lb).subnets)).toEqual(zones);
    expect(beside.one(Lb)).toMatchObject({ internal: false, load_balancer_type: "application" });
  });

  it("keeps its machines with the database's machine, in the one subnet that its account is for (S3-02)", () => {
    expect(beside.one(AutoscalingGroup).vpc_zone_identifier).toEqual(plain.one(AutoscalingGroup).vpc_zone_identifier);
    expect(beside.one(Instance)).toEqual(plain.one(Instance));
    expect(beside.all(EfsMountTarget)).toHaveLength(1);
  });

  it("has its machines in all zones beside RDS, and the files in each of them (S3-W03)", () => {
    const zones = ["eu-west-3a", "eu-west-3b", "eu-west-3c"];
    expect(zonesOf(apart, apart.one(AutoscalingGroup).vpc_zone_identifier)).toEqual(zones);
    expect(
      zonesOf(
        apart,
        apart.all(EfsMountTarget).map(({ subnet_id }) => subnet_id),
      ),
    ).toEqual(zones);
  });

  it("keeps attacks on WordPress away: managed rules, and limits on logins and xmlrpc.php (S3-W11)", () => {
    expect(beside.one(Wafv2WebAcl).scope).toBe("REGIONAL");
    expect(rulesOf(beside)).toEqual(
      expect.arrayContaining(["reputation", "login", "xmlrpc", "requests", "common", "wordpress", "php", "sql"]),
    );
    expect(beside.one(Wafv2WebAclAssociation).resource_arn).toMatch(/^\$\{aws_lb\.entrance_/);
  });

  it("says where it is found", () => {
    expect(beside.document.output.url.value).toMatch(/^http:\/\/\$\{aws_lb\.entrance_balancer_\w+\.dns_name\}\/$/);
    expect(beside.document.output).not.toHaveProperty("address_command");
  });

  it.each(
    Object.entries(environments),
  )("with %s: the internet the load balancer on 80, it the tasks, they the database, no more (S3-R01, S3-W05)", (_, environment) => {
    const { world } = exposure([writtenStack(environment)]);
    expect(world.map(({ from, ports, carriers }) => [from, ports, carriers.map(({ type }) => type)])).toEqual([
      ["0.0.0.0/0", "tcp 80", ["aws_lb"]],
    ]);
    expect(arrowsTo(environment, /machines/)).toEqual(["entrance tcp 32768-65535"]);
    expect(arrowsTo(environment, /database/)).toEqual(["machines tcp 3306"]);
  });

  it.each([
    ["the database's machine", mysqlStackOf(changed({ files: {} })), beside],
    ["RDS", mysqlStackOf(changed({ ...rds, files: {} })), apart],
  ])("beside %s only adds to what was there, but for the way of the internet to the machine", (_, before, after) => {
    const gone = before.addresses().filter((address) => !after.addresses().includes(address));
    expect(gone).toEqual([expect.stringMatching(/^aws_vpc_security_group_ingress_rule\.machines_connections_/)]);
    // EFS has one place in each zone: another one would come only when this one is gone.
    expect(after.all(EfsMountTarget)).toEqual(expect.arrayContaining(before.all(EfsMountTarget)));
  });

  it("admits only the addresses that its description names, as long as the site is not finished", () => {
    const closed = mysqlStackOf(changed({ ...entered, entrance: { admit: ["198.51.100.7/32"] } }));
    const ranges = closed.all(VpcSecurityGroupIngressRule).flatMap(({ cidr_ipv4 }) => cidr_ipv4 ?? []);
    expect(ranges.sort()).toEqual(["10.0.0.0/24", "10.3.0.0/22", "198.51.100.7/32"]);
  });

  it.each([
    ["a machine", environments.machine, ["ASG-04", "EC2-03", "LB-01", "LB-05"]],
    ["RDS", environments.rds, ["EC2-03", "LB-01", "LB-05"]],
    ["production", described("production"), ["EC2-03", "LB-05"]],
  ])("passes the gate with %s: what is accepted is what its description asks for", (_, environment, accepted) => {
    const judged = judgeStacks([writtenStack(environment)]);
    expect(judged.findings).toEqual([]);
    const own = ["ASG-04", "EC2-03", "LB-01", "LB-05", "X-19"];
    const found = new Set(judged.accepted.map(({ rule }) => rule).filter((rule) => own.includes(rule)));
    expect([...found].sort()).toEqual(accepted);
  });
});

describe("WordPress with MySQL beside it in production", () => {
  it("has two tasks or more in three zones (S3-W03, S3-W04)", () => {
    expect(siteOf(production).desired_count).toBe(2);
    expect(production.one(AppautoscalingTarget)).toMatchObject({ min_capacity: 2, max_capacity: 12 });
    expect(production.all(AppautoscalingPolicy).map(({ name }) => name)).toEqual(["cpu", "requests"]);
    expect(production.one(AutoscalingGroup)).toMatchObject({ min_size: 2, max_size: 6 });
    expect(zonesOf(production, production.one(AutoscalingGroup).vpc_zone_identifier)).toEqual([
      ...["eu-west-3a", "eu-west-3b", "eu-west-3c"],
    ]);
  });

  it("is reached by way of CloudFront only, which keeps floods and repeated questions from it (S3-W12, S3-W14)", () => {
    const { world } = exposure([writtenStack(described("production"))]);
    expect(world.map(({ from, ports }) => `${from} ${ports}`)).toEqual([
      "com.amazonaws.global.cloudfront.origin-facing tcp 443",
    ]);
    expect(production.one(Lb).internal).toBe(true);
    expect(production.one(CloudfrontVpcOrigin).vpc_origin_endpoint_config[0].arn).toMatch(/aws_lb\.entrance_/);
    const edge = production.one(CloudfrontDistribution);
    expect(edge.aliases).toEqual(["blog.example.com"]);
    expect(edge.ordered_cache_behavior.map(({ path_pattern }: { path_pattern: string }) => path_pattern)).toEqual(
      expect.arrayContaining(["/wp-login.php", "/wp-content/*"]),
    );
    const closed = production
      .one(Lb)
      .subnets.map((id: string) => production.at(production.at(id).subnet_id).cidr_block);
    expect(closed).toEqual(["10.3.0.96/27", "10.3.0.128/27", "10.3.1.0/27"]);
  });

  it("is guarded at the edge (S3-W11)", () => {
    expect(production.one(Wafv2WebAcl)).toMatchObject({ scope: "CLOUDFRONT", provider: "aws.us-east-1" });
    expect(production.one(CloudfrontDistribution).web_acl_id).toMatch(/aws_wafv2_web_acl/);
    expect(rulesOf(production)).toEqual(expect.arrayContaining(["login", "xmlrpc", "wordpress"]));
  });
});
