import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { describe, expect, it } from "vitest";
import { dashboardOf } from "../testing/dashboard";
import { guestbookOf } from "../testing/guestbook";
import { guestbookMesosOf } from "../testing/guestbook-mesos";
import type { Block, Synthesized } from "../testing/synthesize";
import { described, platformOf, serviceOf } from "../testing/wordpress";
import { mysqlStackOf } from "../testing/wordpress-mysql";

const [dev, production] = [described("dev"), described("production")];
const large: [name: string, stack: Synthesized][] = [
  ["wordpress-platform", platformOf(production)],
  ["wordpress-service", serviceOf(production)],
  ["wordpress-mysql", mysqlStackOf(production)],
  ["wordpress-mysql with its machine", mysqlStackOf(withMachine())],
  ["guestbook", guestbookOf(production)],
  ["guestbook-mesos", guestbookMesosOf(production)],
  ["dashboard", dashboardOf(production)],
];
const small: [name: string, stack: Synthesized][] = [
  ["wordpress-platform", platformOf(dev)],
  ["wordpress-service", serviceOf(dev)],
  ["wordpress-mysql", mysqlStackOf(dev)],
  ["dashboard", dashboardOf(dev)],
];

/** Production as it would be with the machine of dev for its database. */
function withMachine() {
  const { network, database } = dev.wordpressMysql!;
  const { web } = production.wordpressMysql!.network;
  return { ...production, wordpressMysql: { ...production.wordpressMysql!, network: { ...network, web }, database } };
}

/**
 * What runs, can fail, and has metrics of its own: the dimension that CloudWatch knows each by, and the plain text that stands there where
 * it is no reference. Many things of a stack have one name, so that the dimension is looked at too.
 */
const dimensions: Readonly<Record<string, readonly [name: string, plain?: (block: Block) => string]>> = {
  aws_lb: ["LoadBalancer"],
  aws_lb_target_group: ["TargetGroup"],
  aws_autoscaling_group: ["AutoScalingGroupName", ({ name }) => name],
  aws_db_instance: ["DBInstanceIdentifier"],
  aws_rds_cluster: ["DBClusterIdentifier"],
  aws_db_proxy: ["ProxyName", ({ name }) => name],
  aws_nat_gateway: ["NatGatewayId"],
  aws_instance: ["InstanceId"],
  aws_ecs_service: ["ServiceName", ({ name }) => name],
  aws_vpn_connection: ["TunnelIpAddress"],
  // AWS numbers the nodes.
  aws_elasticache_replication_group: ["CacheClusterId", ({ replication_group_id }) => `${replication_group_id}-001`],
  aws_efs_file_system: ["FileSystemId"],
  aws_cloudfront_distribution: ["DistributionId"],
  aws_wafv2_web_acl: ["WebACL", ({ visibility_config }) => visibility_config.metric_name],
  aws_acm_certificate: ["CertificateArn"],
  aws_opensearch_domain: ["DomainName", ({ domain_name }) => domain_name],
  aws_backup_vault: ["BackupVaultName", ({ name }) => name],
};
const typeOf = (address: string) => address.split(".")[0]!;
const running = ({ addresses }: Synthesized) => addresses().filter((address) => typeOf(address) in dimensions);

/** Everything that the alarms or the dashboard of a stack speak of. */
const alarmsOf = ({ all }: Synthesized) => all(CloudwatchMetricAlarm);
const texts = (blocks: readonly Block[]) => JSON.stringify(blocks);
/** Whether alarms, or the page, have a metric of it. */
const speaksOf = (text: string, { at }: Synthesized, address: string) => {
  const [dimension, plain] = dimensions[typeOf(address)]!;
  const values = [`\${${address}.`, ...(plain ? [`${plain(at(address))}"`] : [])];
  // An alarm has a map of dimensions, the page has a list.
  return values.some((value) => [":", ","].some((sign) => text.includes(`"${dimension}"${sign}"${value}`)));
};

describe("production", () => {
  it.each(large)("of %s has an alarm on everything that runs (S2-W12, S3-W10, S3-W16)", (_, stack) => {
    expect(running(stack).length).toBeGreaterThan(0);
    const text = texts(alarmsOf(stack));
    expect(running(stack).filter((address) => !speaksOf(text, stack, address))).toEqual([]);
  });

  it.each(large)("of %s would be seen to have none on any of it, whatever else has the same name", (_, stack) => {
    for (const address of running(stack)) {
      const [dimension] = dimensions[typeOf(address)]!;
      const others = alarmsOf(stack).filter((alarm) => !JSON.stringify(alarm).includes(`"${dimension}"`));
      expect([address, speaksOf(texts(others), stack, address)]).toEqual([address, false]);
    }
  });

  it.each(large)("of %s sends all of them to one topic of their region, each with what to do (S3-W16)", (_, stack) => {
    for (const region of new Set(alarmsOf(stack).map(({ provider }) => provider))) {
      const there = alarmsOf(stack).filter(({ provider }) => provider === region);
      expect(new Set(there.flatMap(({ alarm_actions }) => alarm_actions)).size).toBe(1);
    }
    expect(new Set(alarmsOf(stack).map(({ alarm_name }) => alarm_name)).size).toBe(alarmsOf(stack).length);
    for (const { alarm_description } of alarmsOf(stack)) expect(alarm_description).toMatch(/\. ?[A-Z].*\.$/s);
  });

  it("of wordpress hears of its edge by a topic of us-east-1, as CloudFront says nothing elsewhere (S2-W05, S2-W12)", () => {
    const [, platform] = large[0]!;
    const far = alarmsOf(platform).filter(({ provider }) => provider === "aws.us-east-1");
    expect(far.map(({ alarm_name }) => alarm_name).sort()).toEqual([
      "wordpress-production-entrance-public-distribution-errors",
      "wordpress-production-entrance-public-edge-certificate-expiry",
      "wordpress-production-entrance-public-web-acl-refused",
    ]);
    const [topic] = far[0]!.alarm_actions;
    expect(platform.at(topic)).toMatchObject({ provider: "aws.us-east-1" });
    const told = platform.all(SnsTopicSubscription).map(({ provider, endpoint }) => [provider, endpoint]);
    expect(new Set(told)).toEqual(
      new Set([
        ["aws.us-east-1", "on-call@example.com"],
        [undefined, "on-call@example.com"],
      ]),
    );
    expect(platform.all(KmsKey).filter(({ provider }) => provider)).toHaveLength(1);
  });

  it("of guestbook-mesos watches every place, the front ends, the agents of both kinds, and where the data are", () => {
    const stack = guestbookMesosOf(production);
    const things = new Set(
      alarmsOf(stack).map(({ alarm_name }) => /^guestbook-mesos-production-(.*)-[a-z]+$/.exec(alarm_name)![1]),
    );
    const slots = ["zk-1", "zk-2", "zk-3", "master-1", "master-2", "master-3", "management", "gocd"];
    const groups = ["agents", "gocd-agents", "database"];
    expect([...things]).toEqual(expect.arrayContaining([...slots, ...groups]));
    expect(texts(alarmsOf(stack))).toContain("aws_instance.frontends");
  });

  it.each(
    large.filter(([name]) => name !== "wordpress-service"),
  )("of %s shows all of it on one page (S2-W12, S3-W10)", (_, stack) => {
    const { dashboard_body } = stack.one(CloudwatchDashboard);
    const missing = running(stack).filter((address) => !speaksOf(dashboard_body, stack, address));
    expect(missing.filter((address) => !address.startsWith("aws_lb_target_group."))).toEqual([]);
    const { widgets } = JSON.parse(dashboard_body);
    expect(widgets.length).toBeLessThanOrEqual(500);
    // More alarms than that CloudWatch does not take in one widget.
    expect(widgets[0].properties.alarms.length).toBeLessThanOrEqual(100);
  });

  it("shows the services of WordPress beside the platform that they are on", () => {
    const [, platform] = large[0]!;
    expect(platform.one(CloudwatchDashboard).dashboard_body).toContain(
      '"ServiceName","wordpress-production-wordpress"',
    );
  });

  it.each(large)("of %s encrypts every log by a key of its own, and keeps each for a time (S2-W12)", (_, stack) => {
    const groups = stack.all(CloudwatchLogGroup);
    expect(groups.length).toBeGreaterThan(0);
    for (const { kms_key_id, retention_in_days, provider } of groups) {
      // A log in us-east-1, where the key is not, keeps AWS's.
      if (provider) expect(kms_key_id).toBeUndefined();
      else expect(kms_key_id).toMatch(/^\$\{(aws_kms_key\.log-key_|data\.aws_ssm_parameter\.)/);
      expect(retention_in_days).toBeGreaterThan(0);
    }
  });

  it.each([platformOf(production), mysqlStackOf(production)])("counts every task (S2-W12)", (stack) => {
    expect(stack.one(EcsCluster).setting).toEqual([{ name: "containerInsights", value: "enhanced" }]);
  });
});

describe("dev", () => {
  it.each(small)("of %s pays for no alarm, no page and no key (S2-W12)", (_, stack) => {
    expect([...alarmsOf(stack), ...stack.all(CloudwatchDashboard), ...stack.all(SnsTopic)]).toEqual([]);
    expect(stack.all(CloudwatchLogGroup).filter(({ kms_key_id }) => kms_key_id)).toEqual([]);
  });

  it.each([
    ["guestbook", guestbookOf(dev)],
    ["guestbook-mesos", guestbookMesosOf(dev)],
  ])("of %s has alarms, as its document asks for them: tunnels, quorums, and what else runs", (_, stack) => {
    const text = texts(alarmsOf(stack));
    expect(running(stack).filter((address) => !speaksOf(text, stack, address))).toEqual([]);
    expect(stack.all(CloudwatchDashboard)).toEqual([]);
  });
});
