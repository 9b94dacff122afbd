import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { CustomerGateway } from "@cdktf/provider-aws/lib/customer-gateway";
import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { DlmLifecyclePolicy } from "@cdktf/provider-aws/lib/dlm-lifecycle-policy";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { VpnConnection } from "@cdktf/provider-aws/lib/vpn-connection";
import { VpnGateway } from "@cdktf/provider-aws/lib/vpn-gateway";
import { VpnGatewayRoutePropagation } from "@cdktf/provider-aws/lib/vpn-gateway-route-propagation";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { judgeStacks } from "../policy";
import { exposure } from "../report";
import { changed, guestbookOf, userDataOf, writtenStack } from "../testing/guestbook";
import { type Block, synthesize } from "../testing/synthesize";
import { described } from "../testing/wordpress";
import { Boot } from "./guestbook-boot";

type Stack = ReturnType<typeof guestbookOf>;
type Machine = "puppet" | "registry" | "web";
const dev = guestbookOf(described("dev"));
const production = guestbookOf(described("production"));

const named = (blocks: Block[], part: string) =>
  blocks.filter(({ tags, name }) => `${tags?.Name ?? name}`.includes(part));
const template = (stack: Stack, machine: Machine) => {
  const [only] = stack.all(LaunchTemplate).filter(({ name }) => name.endsWith(`-${machine}`));
  return only!;
};
/** What cloud-init finds on a machine: path → content, unpacked. */
const bootFiles = (stack: Stack, machine: Machine): Record<string, string> => {
  const { write_files } = parse(userDataOf(stack, template(stack, machine)));
  return Object.fromEntries(
    write_files.map(({ path, content, encoding }: Record<string, string>) => [
      path,
      encoding === "gz+b64" ? gunzipSync(Buffer.from(content!, "base64")).toString() : content,
    ]),
  );
};
const settings = (stack: Stack, machine: Machine) => {
  const kind = machine === "puppet" ? "server" : "agent";
  return JSON.parse(bootFiles(stack, machine)[`/etc/slipway/puppet-${kind}.json`]!);
};
const secretNamed = (stack: Stack, part: string): string => {
  const secrets: Record<string, Block> = stack.document.resource.aws_secretsmanager_secret;
  const [key] = Object.entries(secrets).find(([, { name_prefix }]) => name_prefix.includes(part))!;
  return `\${aws_secretsmanager_secret.${key}.arn}`;
};
const alarmNames = (stack: Stack) => stack.all(CloudwatchMetricAlarm).map(({ alarm_name }) => alarm_name);
const outputs = (stack: Stack) =>
  Object.fromEntries(
    Object.entries(stack.document.output as Record<string, Block>).map(([key, { value }]) => [key, value]),
  );
const control = (stack: Stack) => Object.fromEntries(stack.all(S3Object).map(({ key, content }) => [key, content]));

describe("the guestbook's network", () => {
  it("is one VPC with subnets in two zones, public, private and for data (S0-18, S0-34)", () => {
    expect(dev.one(Vpc)).toMatchObject({ cidr_block: "10.200.0.0/16" });
    const zones = dev.all(Subnet).map(({ availability_zone }) => availability_zone);
    expect(zones.sort()).toEqual([...Array(3).fill("eu-west-1a"), ...Array(3).fill("eu-west-1b")]);
    expect(dev.all(NatGateway)).toHaveLength(2);
  });

  it("lets nothing through by default (S0-22)", () => {
    expect(Object.keys(dev.one(DefaultSecurityGroup))).not.toEqual(expect.arrayContaining(["ingress"]));
    expect(dev.all(SecurityGroup)).toHaveLength(5);
  });
});

describe("the way to the other data centre", () => {
  it("leads to PostgreSQL servers that are not ours (S0-19)", () => {
    expect(Object.keys(dev.document.resource).filter((type) => /^aws_(db|rds)_/.test(type))).toEqual([]);
  });

  it("is a VPN of two connections to two devices by BGP, so four tunnels (S0-20, S0-21)", () => {
    expect(dev.all(CustomerGateway).map(({ ip_address, bgp_asn }) => [ip_address, bgp_asn])).toEqual([
      ["203.0.113.12", "65000"],
      ["198.51.100.7", "65000"],
    ]);
    const connections = dev.all(VpnConnection);
    expect(new Set(connections.map(({ customer_gateway_id }) => customer_gateway_id)).size).toBe(2);
    for (const connection of connections) expect(connection).toMatchObject({ static_routes_only: false });
    expect(dev.one(VpnGateway)).toMatchObject({ amazon_side_asn: "64512" });
  });

  it("is known to the machines of every zone, and to nobody else (S0-20)", () => {
    const tables = dev.all(VpnGatewayRoutePropagation).map(({ route_table_id }) => dev.at(route_table_id).tags.Name);
    expect(tables.sort()).toEqual(["guestbook-dev-private-a", "guestbook-dev-private-b"]);
  });

  it("raises an alarm per tunnel, per device, and when everything is down (S0-21)", () => {
    const vpn = alarmNames(dev).filter((name) => name.includes("-vpn-"));
    expect(vpn.sort()).toEqual([
      "guestbook-dev-vpn-every-tunnel-down",
      "guestbook-dev-vpn-first-down",
      "guestbook-dev-vpn-first-tunnel-1-down",
      "guestbook-dev-vpn-first-tunnel-2-down",
      "guestbook-dev-vpn-second-down",
      "guestbook-dev-vpn-second-tunnel-1-down",
      "guestbook-dev-vpn-second-tunnel-2-down",
    ]);
    const heard = dev.all(SnsTopicSubscription).map(({ endpoint, protocol }) => [protocol, endpoint]);
    expect(heard).toEqual(Array(2).fill(["email", "on-call@example.com"]));
  });

  it("keeps the keys of its tunnels out of code and state (S0-21)", () => {
    for (const connection of dev.all(VpnConnection)) {
      expect(connection.preshared_key_storage).toBe("SecretsManager");
      expect(Object.keys(connection).filter((key) => /preshared_key$/.test(key))).toEqual([]);
    }
  });
});

describe("the entrance", () => {
  it("shares the requests among both machines (S0-26)", () => {
    const machines = Object.keys(dev.document.resource.aws_instance);
    const targets = dev.all(LbTargetGroupAttachment).map(({ target_id }) => target_id);
    expect(targets).toEqual(machines.map((key) => `\${aws_instance.${key}.id}`));
    expect(targets).toHaveLength(2);
  });

  it("asks for a page that neither counts a visit nor needs the database (S0-27)", () => {
    expect(dev.one(LbTargetGroup)).toMatchObject({
      port: 80,
      health_check: { path: "/healthz", matcher: "200", protocol: "HTTP", port: "traffic-port" },
    });
  });

  it("has the name that visitors type, as an alias in a zone that exists, where it is described (S0-32)", () => {
    const [record] = production.all(Route53Record).filter(({ alias }) => alias);
    expect(record).toMatchObject({ name: "guestbook.example.com", type: "A" });
    expect(record!.alias.name).toMatch(/^\$\{aws_lb\.entrance_/);
    const zones = Object.values(production.document.data.aws_route53_zone);
    for (const zone of zones) expect(zone).toMatchObject({ name: "example.com", private_zone: false });
    expect(outputs(production).url).toBe("https://guestbook.example.com");
    expect(dev.all(Route53Record).filter(({ alias }) => alias)).toEqual([]);
    expect(outputs(dev).url).toMatch(/^http:\/\/\$\{aws_lb\.entrance_/);
  });

  it("speaks HTTPS with a certificate, and sends HTTP there (S0-23)", () => {
    const listeners = production.all(LbListener).map(({ port, protocol, default_action: [action] }) => {
      return [port, protocol, action.type];
    });
    expect(listeners.sort()).toEqual([
      [443, "HTTPS", "fixed-response"],
      [80, "HTTP", "redirect"],
    ]);
    expect(production.one(Lb).enable_deletion_protection).toBe(true);
  });

  it("writes access logs where the description says for how long (S4-W05)", () => {
    expect(production.one(Lb).access_logs).toEqual({
      bucket: expect.stringMatching(/^\$\{aws_s3_bucket_policy\.access-logs_access_\S+\.bucket\}$/),
      enabled: true,
    });
    expect(outputs(production).access_log_bucket).toBe(production.one(Lb).access_logs.bucket);
    expect(dev.one(Lb)).not.toHaveProperty("access_logs");
    expect(outputs(dev)).not.toHaveProperty("access_log_bucket");
  });

  it("is for those only whom the description admits, where it names them (S0-22)", () => {
    const { world } = exposure([writtenStack(changed({ "entrance.admit": ["192.0.2.0/24"] }))]);
    expect(world.map(({ from, ports }) => [from, ports])).toEqual([["192.0.2.0/24", "tcp 80"]]);
  });
});

describe("web machines", () => {
  it("are two in two zones, in private subnets, as small as the drawing's successors (S0-34, S0-R06)", () => {
    const machines = dev.all(Instance);
    const subnets = machines.map(({ subnet_id }) => dev.at(dev.at(subnet_id).subnet_id).tags.Name);
    expect(subnets).toEqual(["guestbook-dev-private-a", "guestbook-dev-private-b"]);
    expect(template(dev, "web")).toMatchObject({ instance_type: "t3.small" });
    expect(template(production, "web")).toMatchObject({ instance_type: "m7i-flex.large" });
    for (const machine of machines) expect(machine).not.toHaveProperty("associate_public_ip_address");
  });

  it("start from Debian 13 by its exact name, whose owner is Debian (S0-35)", () => {
    const { owners, filter } = dev.one(DataAwsAmi);
    expect(owners).toEqual(["136693071363"]);
    expect(filter).toContainEqual({ name: "name", values: ["debian-13-amd64-20260914-2601"] });
    const images = dev.all(LaunchTemplate).map(({ image_id }) => image_id);
    expect(new Set(images).size).toBe(1);
  });

  it("read the same user data to the byte, however many there are (S0-38)", () => {
    expect(dev.all(Instance).filter((machine) => "user_data" in machine || "user_data_base64" in machine)).toEqual([]);
    const templates = dev.all(Instance).map(({ launch_template }) => JSON.stringify(launch_template));
    expect(new Set(templates).size).toBe(1);
    const more = guestbookOf(changed({ "machines.count": 5 }));
    expect(userDataOf(more, template(more, "web"))).toBe(userDataOf(dev, template(dev, "web")));
  });

  it("learn at boot their role and whom to ask, and nothing of one machine (S0-35, S0-36, S0-38)", () => {
    expect(settings(dev, "web")).toEqual({
      region: "eu-west-1",
      role: "guestbook",
      server: "puppet.guestbook-dev.internal",
      domain: "guestbook-dev.internal",
      certname: "",
      keySecretArn: secretNamed(dev, "preshared-key"),
    });
  });

  it("are told by cloud-init to run Puppet's agent until the server has answered (S0-35)", () => {
    const { runcmd } = parse(userDataOf(dev, template(dev, "web")));
    expect(runcmd).toEqual([["systemctl", "enable", "--now", "--no-block", "slipway-puppet-agent.service"]]);
    const { permissions } = parse(userDataOf(dev, template(dev, "web"))).write_files.find(
      ({ path }: Block) => path === "/usr/local/lib/slipway/puppet-agent",
    );
    expect(permissions).toBe("0755");
  });

  it("are one more by one number, which moves no other, and comes into service by a second one (S0-38)", () => {
    const more = guestbookOf(changed({ "machines.count": 3, "machines.inService": 2 }));
    expect(more.addresses()).toEqual(expect.arrayContaining(dev.addresses()));
    const added = more.addresses().filter((address) => !dev.addresses().includes(address));
    expect(added).toEqual([
      expect.stringMatching(/^aws_cloudwatch_metric_alarm\.alarms_web-machine-3-cpu_/),
      expect.stringMatching(/^aws_cloudwatch_metric_alarm\.alarms_web-machine-3-status_/),
      expect.stringMatching(/^aws_instance\.web_machine-3_/),
    ]);
    const serving = guestbookOf(changed({ "machines.count": 3 }));
    expect(serving.all(LbTargetGroupAttachment)).toHaveLength(3);
    expect(serving.addresses()).toEqual(expect.arrayContaining(more.addresses()));
  });
});

describe("what machines boot with", () => {
  it.each<Machine>(["web", "registry", "puppet"])("fits %s, with room for what only AWS knows", (machine) => {
    for (const stack of [dev, production]) {
      const text = userDataOf(stack, template(stack, machine));
      expect(text.startsWith("#cloud-config\n")).toBe(true);
      expect(Buffer.byteLength(text)).toBeLessThan(15_000);
    }
  });

  it.each<Machine>(["web", "registry", "puppet"])("is on %s what lies in systems/, unchanged (S0-35)", (machine) => {
    const root = join(__dirname, "../..");
    const plans = JSON.parse(readFileSync(join(root, "systems/guestbook/boot/files.json"), "utf8"));
    const { files } = plans[machine === "puppet" ? "server" : "agent"];
    for (const { source, path } of files) {
      expect(bootFiles(dev, machine)[path]).toBe(readFileSync(join(root, source), "utf8"));
    }
    expect(files.length).toBeGreaterThan(2);
  });
});

describe("the Puppet server", () => {
  it("stands by itself, at an address and under a name that stay (S0-28)", () => {
    const [own] = named(dev.all(NetworkInterface), "puppet");
    expect(own!.private_ips).toEqual(["10.200.24.10"]);
    const [record] = dev.all(Route53Record).filter(({ name }) => name === "puppet.guestbook-dev.internal");
    expect(record).toMatchObject({ type: "A", records: ["10.200.24.10"] });
    expect(dev.one(Route53Zone).vpc).toEqual([{ vpc_id: expect.stringContaining("aws_vpc.") }]);
    expect(template(dev, "puppet").instance_type).toBe("t3.medium");
  });

  it("heals itself: another machine takes its address and its certificates (S0-28)", () => {
    const [group] = dev.all(AutoscalingGroup).filter(({ name }) => name.endsWith("-puppet"));
    expect(group).toMatchObject({ min_size: 1, max_size: 1, availability_zones: ["eu-west-1a"] });
    const [volume] = named(dev.all(EbsVolume), "puppet");
    expect(volume).toMatchObject({ size: 10, encrypted: true, availability_zone: "eu-west-1a" });
  });

  it("learns where its code is, its data, the key of its agents and the version to run (S0-29, S0-D03, S0-W04)", () => {
    expect(settings(dev, "puppet")).toEqual({
      region: "eu-west-1",
      server: "puppet.guestbook-dev.internal",
      domain: "guestbook-dev.internal",
      keySecretArn: secretNamed(dev, "preshared-key"),
      dataVolume: expect.stringMatching(/^\$\{aws_ebs_volume\.puppet_data_\w+\.id\}$/),
      versionParameter: "/guestbook/dev/version",
      controlRepository: { bucket: expect.stringMatching(/^\$\{aws_s3_bucket\.control_files_bucket_\w+\.bucket\}$/) },
    });
  });

  it("deploys modules of the Forge and our own, which lie in a bucket as they lie here (S0-29, S0-30)", () => {
    const files = control(dev);
    expect(files.Puppetfile).toContain("mod 'puppetlabs/stdlib'");
    expect(Object.keys(files)).toEqual(expect.arrayContaining(["environment.conf", "hiera.yaml", "manifests/site.pp"]));
    expect(Object.keys(files).filter((path) => path.startsWith("site-modules/profile/"))).not.toEqual([]);
  });

  it("is told by Hiera where things are, apart from the code (S0-31, S0-46)", () => {
    expect(parse(control(dev)["data/infrastructure.yaml"])).toEqual({
      "slipway::region": "eu-west-1",
      "profile::guestbook::redis_host": expect.stringMatching(
        /^\$\{aws_elasticache_replication_group\.\S+\.primary_endpoint_address\}$/,
      ),
      "profile::guestbook::database_secret": secretNamed(dev, "database-url"),
      "profile::guestbook::registry": "registry.guestbook-dev.internal:5000",
      "profile::guestbook::registry_secret": secretNamed(dev, "registry-account"),
      "profile::registry::account_secret": secretNamed(dev, "registry-account"),
    });
  });

  it("takes its code from a Git repository where that is described, and only the places from the bucket (S0-29)", () => {
    const deployKeySecretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:deploy-AbCdEf";
    const git = { url: "git@git.example.com:team/control.git", deployKeySecretArn };
    const environment = changed({ controlRepository: git });
    const stack = guestbookOf(environment);
    expect(settings(stack, "puppet")).toMatchObject({
      controlRepository: { ...git, branch: "production" },
      infrastructureBucket: expect.stringContaining("aws_s3_bucket.control_files_bucket"),
    });
    expect(Object.keys(control(stack))).toEqual(["data/infrastructure.yaml"]);
    const outward = exposure([writtenStack(environment)]).outward.filter(({ from }) => from.endsWith("/puppet"));
    expect(outward.map(({ ports }) => ports).sort()).toEqual(["tcp 22", "tcp 443", "tcp 80"]);
    const read = rights(stack, "puppet").find(
      ([action, resource]) => action === "secretsmanager:GetSecretValue" && resource === deployKeySecretArn,
    );
    expect(read).toBeDefined();
  });
});

describe("the registry", () => {
  it("is a machine of its own that Puppet provisions by its role (S0-39, S0-40)", () => {
    expect(settings(dev, "registry")).toEqual({
      region: "eu-west-1",
      role: "registry",
      server: "puppet.guestbook-dev.internal",
      domain: "guestbook-dev.internal",
      // Its certificate is for the name by which Docker calls it.
      certname: "registry.guestbook-dev.internal",
      keySecretArn: secretNamed(dev, "preshared-key"),
      dataVolume: expect.stringMatching(/^\$\{aws_ebs_volume\.registry_data_\w+\.id\}$/),
    });
    expect(template(dev, "registry").instance_type).toBe("t3.small");
  });

  it("has the same certificate name and address whichever machine it is (S0-41, S0-D02)", () => {
    const [record] = dev.all(Route53Record).filter(({ name }) => name === "registry.guestbook-dev.internal");
    expect(record!.records).toEqual(["10.200.32.11"]);
    expect(outputs(dev).registry_address).toBe("registry.guestbook-dev.internal:5000");
  });

  it("keeps its images on a volume apart from the machine (S0-42)", () => {
    const [volume] = named(dev.all(EbsVolume), "registry");
    expect(volume).toMatchObject({ size: 50, encrypted: true, availability_zone: "eu-west-1b" });
    expect(named(production.all(EbsVolume), "registry")[0]!.lifecycle).toMatchObject({ prevent_destroy: true });
  });
});

describe("the cache", () => {
  it("is a replication group in several zones, whose replica takes over (S0-43, S0-44, S0-45)", () => {
    expect(dev.one(ElasticacheReplicationGroup)).toMatchObject({
      ...{ engine: "redis", engine_version: "7.1", node_type: "cache.t4g.small", num_cache_clusters: 2 },
      ...{ multi_az_enabled: true, automatic_failover_enabled: true, at_rest_encryption_enabled: "true" },
    });
    expect(production.one(ElasticacheReplicationGroup)).toMatchObject({ num_cache_clusters: 3 });
    expect(dev.one(ElasticacheSubnetGroup).subnet_ids).toHaveLength(2);
  });

  it("understands clients that know a host and no TLS (S0-46)", () => {
    expect(dev.one(ElasticacheReplicationGroup)).toMatchObject({
      ...{ transit_encryption_enabled: true, transit_encryption_mode: "preferred" },
    });
    expect(dev.one(ElasticacheReplicationGroup)).not.toHaveProperty("auth_token");
  });

  it("says when it fails over, and when it is about to be full (S0-45)", () => {
    expect(dev.one(ElasticacheReplicationGroup).notification_topic_arn).toContain("aws_sns_topic");
    expect(alarmNames(dev).filter((name) => !name.includes("-vpn-"))).not.toEqual([]);
  });
});

describe("what is on the data volumes", () => {
  it("is in a snapshot every day where data are kept and no plan of backups copies them (S0-28, S0-42)", () => {
    const { backupPlan: _, ...guestbook } = described("production").guestbook!;
    const kept = guestbookOf({ ...described("production"), guestbook });
    const { target_tags } = kept.one(DlmLifecyclePolicy).policy_details;
    expect(target_tags).toEqual({ "slipway:data": "guestbook-production" });
    for (const volume of kept.all(EbsVolume)) expect(volume.tags).toMatchObject(target_tags);
    expect(dev.all(DlmLifecyclePolicy)).toEqual([]);
  });
});

it("names what an operator needs to replace web machines one by one", () => {
  const { web_instance_ids, web_target_group_arn, replace_web_commands } = outputs(dev);
  expect(Object.keys(web_instance_ids)).toEqual(["machine-1", "machine-2"]);
  expect(web_target_group_arn).toMatch(/^\$\{aws_lb_target_group\.requests_\w+\.arn\}$/);
  expect(Object.keys(replace_web_commands)).toEqual(Object.keys(web_instance_ids));
});

describe("secrets and version", () => {
  it("are in no code: two passwords that AWS draws, and a URL that a person fills in (S0-19, S0-D03)", () => {
    expect(dev.all(SecretsmanagerSecret)).toHaveLength(3);
    expect(
      dev.all(SecretsmanagerSecretVersion).map(({ secret_string_wo_version }) => secret_string_wo_version),
    ).toEqual([1, 1]);
    const fill = outputs(dev).fill_database_url_command;
    expect(fill).toMatch(/^printf %s "\$\(cat\)" \| aws secretsmanager put-secret-value --region /);
    expect(fill).toContain(`--secret-id ${secretNamed(dev, "database-url")} --secret-string file:///dev/stdin`);
  });

  it("are made anew one by one, and no machine is replaced for that (S0-D03)", () => {
    const rotated = guestbookOf(changed({ "secretVersions.presharedKey": 2 }));
    const versions = rotated
      .all(SecretsmanagerSecretVersion)
      .map(({ secret_string_wo_version }) => secret_string_wo_version);
    expect(versions.sort()).toEqual([1, 2]);
    expect(rotated.all(LaunchTemplate)).toEqual(dev.all(LaunchTemplate));
  });

  it("is one version, in one place, which Terraform only begins (S0-W04)", () => {
    expect(dev.one(SsmParameter)).toMatchObject({
      ...{ name: "/guestbook/dev/version", insecure_value: "none" },
      lifecycle: { ignore_changes: ["insecure_value"] },
    });
    expect(production.one(SsmParameter).name).toBe("/guestbook/production/version");
    expect(outputs(dev).deploy_command).toContain("put-parameter --region eu-west-1 --name /guestbook/dev/version");
  });
});

describe("who reaches whom", () => {
  const { world, inside, arrows, halves, outward } = exposure([writtenStack(described("dev"))]);
  const short = (name: string) => name.replace(/^guestbook-dev\//, "");

  it("is open to the world on the load balancer's port 80, and nowhere else (S0-22, S0-23)", () => {
    expect(world.map(({ from, ports, carriers }) => [from, ports, carriers.map(({ type }) => type)])).toEqual([
      ["0.0.0.0/0", "tcp 80", ["aws_lb"]],
    ]);
    expect(inside).toEqual([]);
  });

  it("has these ways between its parts, and no other (S0-22, S0-24, S0-25)", () => {
    expect(arrows.map(({ from, to, ports }) => `${short(from)} -> ${short(to)} ${ports}`).sort()).toEqual([
      "entrance -> web tcp 80",
      "registry -> puppet tcp 8140",
      "web -> puppet tcp 8140",
      "web -> registry tcp 5000",
      "web -> visits tcp 6379",
    ]);
    expect(halves).toEqual([]);
    // Each rule is one of those: nothing is open that the report does not name.
    expect(dev.all(VpcSecurityGroupIngressRule)).toHaveLength(arrows.length + world.length);
    expect(dev.document.resource.aws_vpc_security_group_egress_rule).toBeDefined();
    expect(Object.keys(dev.document.resource.aws_vpc_security_group_egress_rule)).toHaveLength(
      arrows.length + outward.length,
    );
  });

  it("lets the pipeline's runners push to the registry, where the description names them (S0-33)", () => {
    const pushed = exposure([writtenStack(changed({ "registry.pushFrom": ["10.50.8.0/24"] }))]);
    const [more] = pushed.world.filter(({ from }) => from !== "0.0.0.0/0");
    expect(more).toMatchObject({ from: "10.50.8.0/24", ports: "tcp 5000" });
    expect(pushed.world).toHaveLength(world.length + 1);
  });

  it("lets machines call out for packages and APIs, and web machines the database, no more (S0-25)", () => {
    expect(outward.map(({ from, to, ports }) => `${short(from)} -> ${to} ${ports}`).sort()).toEqual([
      "puppet -> 0.0.0.0/0 tcp 443",
      "puppet -> 0.0.0.0/0 tcp 80",
      "registry -> 0.0.0.0/0 tcp 443",
      "registry -> 0.0.0.0/0 tcp 80",
      "web -> 0.0.0.0/0 tcp 443",
      "web -> 0.0.0.0/0 tcp 80",
      "web -> 192.168.40.0/24 tcp 5432",
    ]);
  });

  it("gives the cache and the load balancer no way out but to those they serve (S0-22)", () => {
    const callers = new Set(outward.map(({ from }) => short(from)));
    expect([...callers].sort()).toEqual(["puppet", "registry", "web"]);
  });

  it("opens 443 and 80 where there is a certificate, still on the load balancer only (S0-23)", () => {
    const opened = exposure([writtenStack(described("production"))]);
    expect(opened.world.map(({ ports, carriers }) => [ports, carriers[0]!.type]).sort()).toEqual([
      ["tcp 443", "aws_lb"],
      ["tcp 80", "aws_lb"],
    ]);
  });
});

/** Every right of a machine's role, as action and resource. */
function rights(stack: Stack, machine: Machine): [action: string, resource: string][] {
  return stack
    .all(IamRolePolicy)
    .filter(({ role }) => stack.at(role).name === `guestbook-dev-${machine}`)
    .flatMap(({ policy }) => JSON.parse(policy).Statement as Record<string, string[]>[])
    .flatMap(({ Action, Resource }) =>
      Action!.flatMap((action) => Resource!.map((resource): [string, string] => [action, resource])),
    );
}

describe("what machines may do in AWS", () => {
  const session = [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ].map((action) => [action, "*"]);
  const read = (secret: string) => ["secretsmanager:GetSecretValue", secretNamed(dev, secret)];
  const volume = (machine: string) => {
    const own = expect.stringMatching(new RegExp(`^\\$\\{aws_ebs_volume\\.${machine}_data_\\w+\\.arn\\}$`));
    return [
      ...["ec2:AttachVolume", "ec2:DetachVolume"].flatMap((action) => [
        [action, own],
        [action, "arn:*:ec2:*:*:instance/*"],
      ]),
      ...["ec2:DescribeVolumes", "ec2:DescribeInstances"].map((action) => [action, "*"]),
    ];
  };
  const bucket = (tail: string) =>
    expect.stringMatching(new RegExp(`^\\$\\{aws_s3_bucket\\.control_files_bucket_\\w+\\.arn\\}${tail}$`));

  it.each<[Machine, unknown[][]]>([
    ["web", [...session, read("preshared-key"), read("registry-account"), read("database-url")]],
    ["registry", [...session, read("preshared-key"), read("registry-account"), ...volume("registry")]],
    [
      "puppet",
      [
        ...[...session, read("preshared-key"), ...volume("puppet")],
        ["ssm:GetParameter", expect.stringMatching(/^\$\{aws_ssm_parameter\.version_parameter_\w+\.arn\}$/)],
        ["s3:ListBucket", bucket("")],
        ["s3:GetObject", bucket("/\\*")],
      ],
    ],
  ])("is for %s to be reached, and to read what it needs, nothing else", (machine, allowed) => {
    const found = rights(dev, machine);
    expect(found).toEqual(expect.arrayContaining(allowed));
    expect(found).toHaveLength(allowed.length);
  });
});

describe("the system of production", () => {
  it("keeps what cannot be made again: certificates, images, code, snapshots", () => {
    for (const kind of [EbsVolume, S3Bucket, ElasticacheReplicationGroup]) {
      for (const block of production.all(kind)) expect(block.lifecycle).toMatchObject({ prevent_destroy: true });
    }
    expect(production.all(SecretsmanagerSecret).map(({ recovery_window_in_days }) => recovery_window_in_days)).toEqual([
      30, 30, 30,
    ]);
  });

  it("keeps its state in an S3 bucket, with a lock", () => {
    expect(production.document.terraform.backend.s3).toMatchObject({
      key: "slipway/guestbook-production.tfstate",
      use_lockfile: true,
    });
  });
});

describe("the gate", () => {
  it.each(["dev", "production"] as const)("finds nothing in the guestbook of %s but what it is by design", (name) => {
    const { findings, accepted } = judgeStacks([writtenStack(described(name))]);
    expect(findings).toEqual([]);
    for (const { source } of accepted) expect(source).toBe("generator");
  });
});

describe("each copy", () => {
  it.each([
    ["dev", dev],
    ["production", production],
  ])("of %s has addresses that nobody changes by accident (problem 27)", (_, stack) => {
    // Files of the control repository come and go by their paths: there is no data in them.
    const others = stack.addresses().filter((address) => !address.startsWith("aws_s3_object."));
    expect(others.sort()).toMatchSnapshot();
  });

  it("keeps its addresses when a zone is added", () => {
    const zones = ["eu-west-1c", "eu-west-1b", "eu-west-1a"];
    const wider = guestbookOf(changed({ "network.zones": zones }));
    expect(wider.addresses()).toEqual(expect.arrayContaining(dev.addresses()));
    expect(named(wider.all(NetworkInterface), "puppet")).toEqual(named(dev.all(NetworkInterface), "puppet"));
    expect(named(wider.all(EbsVolume), "registry")).toEqual(named(dev.all(EbsVolume), "registry"));
  });
});

it("refuses boot files that would not fit into user data, before AWS does (S0-35)", () => {
  const text = randomBytes(16_384).toString("hex");
  const plan = {
    settings: "/etc/slipway/x.json",
    run: ["true"] as const,
    files: [{ path: "/x", text, mode: "0644" as const }],
  };
  expect(() => synthesize((stack) => new Boot(stack, "boot").userDataOf(plan)({}))).toThrow(
    /test\/boot: userData must be at most 16384 bytes with its files packed/,
  );
});
