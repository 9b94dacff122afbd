import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { describe, expect, it } from "vitest";
import { arrowsOf, groupOf } from "../core/guestbook-mesos-ports";
import { imageName } from "../core/image-catalogue";
import { judgeStacks } from "../policy";
import { exposure } from "../report";
import { userDataOf } from "../testing/guestbook";
import { changedMesos as changed, guestbookMesosOf, writtenMesos } from "../testing/guestbook-mesos";
import type { Block, Synthesized } from "../testing/synthesize";
import { described } from "../testing/wordpress";
import { portChoice } from "./guestbook-mesos";
import { cookbookFiles } from "./guestbook-mesos-files";

const dev = guestbookMesosOf(described("dev"));
const production = guestbookMesosOf(described("production"));
const apart = changed({ management: { apart: { chef: {} } } });
const local = changed({ configuration: "local", "frontends.ha": "keepalived" });

const named = (blocks: readonly Block[], word: string) => {
  const [found] = blocks.filter(({ tags, name }) => `${tags?.Name ?? name}`.endsWith(`-${word}`));
  return found!;
};
const isSlot = (group: Block) => group.availability_zones !== undefined;
const slots = (stack: Synthesized) => stack.all(AutoscalingGroup).filter(isSlot);

/** What a machine finds in /etc/slipway/node.json. */
function nodeOf(stack: Synthesized, word: string): Block {
  const template = stack.all(LaunchTemplate).find(({ name }) => new RegExp(`-${word}(-[0-9a-f]{6})?$`).test(name))!;
  const { write_files } = JSON.parse(userDataOf(stack, template).replace("#cloud-config\n", ""));
  return JSON.parse(write_files.find(({ path }: Block) => path === "/etc/slipway/node.json").content);
}

/** Every right of a machine's role beyond Session Manager, as action and resource. */
function rights(stack: Synthesized, word: string): string[] {
  return stack
    .all(IamRolePolicy)
    .filter(({ role, name }) => stack.at(role).name.endsWith(`-${word}`) && name !== "session-manager")
    .flatMap(({ policy }) => JSON.parse(policy).Statement as Record<string, string[]>[])
    .flatMap(({ Action, Resource }) => Action!.flatMap((action) => Resource!.map((one) => `${action} ${short(one)}`)));
}
/** `secret consul-gossip`, for a reference to it. */
const short = (resource: string) =>
  resource.replace(
    /\$\{aws_(\w+?)\.([\w-]+?)_(?:secret|bucket|repository|data|address|alarms-access|key)_[0-9A-F]+\.\w+\}/g,
    "<$2>",
  );

describe("the network of the guestbook on Mesos", () => {
  it("is a VPC in which front ends alone are in public subnets, and data have no way out (S1-01)", () => {
    const zones = (tier: string) =>
      production
        .all(Subnet)
        .filter(({ tags }) => tags.Name.includes(`-${tier}-`))
        .map((one) => one.availability_zone);
    for (const tier of ["public", "private", "data"]) expect(zones(tier)).toHaveLength(3);
    const standing = production.all(Instance).map(({ subnet_id }) => production.at(subnet_id));
    expect(standing).toHaveLength(2);
    for (const link of standing) expect(production.at(link.subnet_id).tags.Name).toContain("-public-");
  });

  it("reaches EC2's API from inside: the Elastic IP moves even without a way to the internet (S1-45)", () => {
    const services = dev.all(VpcEndpoint).map(({ service_name }) => service_name);
    expect(services).toContain("com.amazonaws.eu-west-1.ec2");
    expect(dev.all(VpcEndpoint).find(({ service_name }) => /ec2$/.test(service_name))!.private_dns_enabled).toBe(true);
  });

  it("keeps every address by which machines know each other from those that AWS gives away (S1-32)", () => {
    const kept = dev.all(Ec2SubnetCidrReservation).map(({ cidr_block }) => cidr_block.replace("/32", ""));
    const used = [
      ...dev.all(NetworkInterface).flatMap(({ private_ips }) => private_ips),
      ...dev.all(Instance).map(({ private_ip }) => private_ip),
    ];
    expect(kept.sort()).toEqual(used.sort());
  });
});

describe("who reaches whom in the guestbook on Mesos", () => {
  /** The group of the table, for the owner of a security group. */
  const groupNames: Record<string, string> = {
    ...{
      agents: "agent",
      frontends: "frontend",
      "network/endpoints": "endpoints",
      database: "database",
      cache: "cache",
    },
  };
  const groupOfOwner = (owner: string) => {
    const word = owner.replace(/^guestbook-mesos-\w+\//, "");
    return groupNames[word] ?? (word === "gocd-agents" ? "gocd-agent" : word);
  };
  const written = (ports: string) => {
    const [protocol, numbers] = ports.split(" ");
    return protocol === "112" ? "vrrp" : `${numbers}/${protocol}`;
  };

  it.each([
    ["dev", described("dev")],
    ["production", described("production")],
    ["management apart", apart],
    ["no Chef server, and keepalived", local],
  ])("is the table of ports in both directions, and no other: %s (S1-01, S1-18, S1-37, S1-44)", (_, environment) => {
    const system = environment.guestbookMesos!;
    const { cidr } = system.network;
    const { world, inside, arrows, halves, outward } = exposure([writtenMesos(environment)]);
    const found = [
      ...arrows.map(({ from, to, ports }) => `${groupOfOwner(from)} -> ${groupOfOwner(to)} ${written(ports)}`),
      ...world.map(({ from, group, ports }) => `${from} -> ${groupOfOwner(group)} ${written(ports)}`),
      ...inside.map(({ from, group, ports }) => `${from} -> ${groupOfOwner(group)} ${written(ports)}`),
      ...outward.map(({ from, to, ports }) => `${groupOfOwner(from)} -> ${to} ${written(ports)}`),
    ];
    const range: Record<string, string> = { visitors: "0.0.0.0/0", internet: "0.0.0.0/0", network: cidr };
    const wanted = arrowsOf(portChoice(system)).map(({ from, to, ports }) => {
      return `${range[from] ?? from} -> ${range[to] ?? to} ${ports}`;
    });
    expect(found.sort()).toEqual(wanted.sort());
    expect(halves).toEqual([]);
  });

  it("is open to the world on the front ends, by HTTP alone where there is no certificate (S1-41)", () => {
    const opened = (name: "dev" | "production") =>
      exposure([writtenMesos(described(name))]).world.map(({ ports, group }) => `${groupOfOwner(group)} ${ports}`);
    expect(opened("dev")).toEqual(["frontend tcp 80"]);
    expect(opened("production").sort()).toEqual(["frontend tcp 443", "frontend tcp 80"]);
  });

  it("is open to those who are admitted, and nobody else, for as long as the system is not for everybody", () => {
    const { world } = exposure([writtenMesos(changed({ "entrance.admit": ["198.51.100.0/24"] }))]);
    expect(world.map(({ from, ports }) => `${from} ${ports}`)).toEqual(["198.51.100.0/24 tcp 80"]);
  });

  it("is written on every machine's interface: its own group or its quorum's, and that of every machine", () => {
    for (const { security_groups } of dev.all(NetworkInterface)) expect(security_groups).toHaveLength(2);
    const groups = (word: string) => named(dev.all(NetworkInterface), word).security_groups;
    expect(groups("zk-1")).toEqual(groups("zk-3"));
    expect(groupOf("chef", { management: "together" })).toBe("management");
  });
});

describe("the quorums", () => {
  it("are three ZooKeepers and three masters, each in a place of its own that heals itself (S1-25, S1-30, S1-32, S1-D05, S1-D06)", () => {
    const places = slots(production).map(({ name, availability_zones: [zone], min_size, max_size }) => {
      return [name.replace("guestbook-mesos-production-", ""), zone.slice(-1), min_size, max_size];
    });
    expect(places).toEqual(
      expect.arrayContaining([
        ...[
          ["zk-1", "a", 1, 1],
          ["zk-2", "b", 1, 1],
          ["zk-3", "c", 1, 1],
        ],
        ...[
          ["master-1", "a", 1, 1],
          ["master-2", "b", 1, 1],
          ["master-3", "c", 1, 1],
        ],
      ]),
    );
    expect(places.filter(([name]) => /^(zk|master)-/.test(`${name}`))).toHaveLength(6);
  });

  it("are refreshed by no apply: none of their groups has a refresh, or moves machines between zones (row 100)", () => {
    for (const stack of [dev, production]) {
      for (const group of slots(stack)) {
        expect(group).not.toHaveProperty("instance_refresh");
        expect(group.vpc_zone_identifier).toBeUndefined();
        expect(group.suspended_processes).toEqual(["AZRebalance"]);
      }
    }
  });

  it("are replaced by a runbook each, one member at a time, between two looks at the whole (S1-33)", () => {
    const documents = dev.all(SsmDocument);
    expect(documents.map(({ name, document_type }) => [name, document_type])).toEqual([
      ["replace-guestbook-mesos-dev-replace-masters", "Automation"],
      ["replace-guestbook-mesos-dev-replace-zookeeper", "Automation"],
    ]);
    const [masters, ensemble] = documents.map(({ content }) => JSON.parse(content).mainSteps as Block[]);
    const replaced = (steps: Block[]) =>
      steps.filter(({ inputs }) => inputs.Api === "StartInstanceRefresh").map((one) => one.inputs.AutoScalingGroupName);
    expect(replaced(masters!)).toEqual([1, 2, 3].map((n) => `guestbook-mesos-dev-master-${n}`));
    expect(replaced(ensemble!)).toEqual([1, 2, 3].map((n) => `guestbook-mesos-dev-zk-${n}`));
    expect(JSON.stringify(masters)).toContain("quorum-health mesos-master");
    for (const group of slots(dev)) {
      const mark = group.tag.find(({ key }: Block) => key === "slipway:slot");
      expect(mark).toMatchObject({ value: group.name, propagate_at_launch: true });
    }
  });

  it("have numbers that go together: members, myid, quorum, and servers of Consul (S1-21, S1-30, S1-32, S1-37)", () => {
    const { zookeeper, mesos, consul } = nodeOf(production, "zk-2").attributes.guestbook_mesos;
    expect(zookeeper).toEqual({
      members: { 1: "10.230.24.21", 2: "10.230.32.22", 3: "10.230.64.23" },
      id: 2,
    });
    expect(mesos).toMatchObject({ masters: ["10.230.24.31", "10.230.32.32", "10.230.64.33"], quorum: 2 });
    expect(consul).toMatchObject({ servers: 3, datacenter: "eu-west-1" });
    const addresses = (word: string) =>
      [1, 2, 3].map((n) => named(production.all(NetworkInterface), `${word}-${n}`).private_ips[0]);
    expect(Object.values(zookeeper.members)).toEqual(addresses("zk"));
    expect(mesos.masters).toEqual(addresses("master"));
  });

  it("are the same in the settings of every machine (S1-21)", () => {
    const words = ["zk-1", "master-1", "management", "gocd", "fe-1", "agents", "gocd-agents"];
    const all = words.map((word) => nodeOf(dev, word).attributes.guestbook_mesos);
    for (const { zookeeper, mesos, consul } of all) {
      expect(zookeeper.members).toEqual(all[0].zookeeper.members);
      expect({ ...mesos, drain: undefined }).toEqual({ ...all[0].mesos, drain: undefined });
      expect(consul).toEqual(all[0].consul);
    }
  });

  it("are found by the tag that the Consul servers alone carry (S1-37)", () => {
    const tagged = dev.all(AutoscalingGroup).filter(({ tag }) => tag.some(({ key }: Block) => key === "ConsulCluster"));
    expect(tagged.map(({ name }) => name)).toEqual([1, 2, 3].map((n) => `guestbook-mesos-dev-master-${n}`));
    const { join } = nodeOf(dev, "agents").attributes.guestbook_mesos.consul;
    expect(tagged[0]!.tag).toContainEqual({ key: join.tag_key, value: join.tag_value, propagate_at_launch: true });
    for (const { tags } of dev.all(Instance)) expect(tags).not.toHaveProperty("ConsulCluster");
  });

  it("keep what they know on volumes that outlive machines: ZooKeeper, management and GoCD (S1-32, S1-52)", () => {
    expect(dev.all(EbsVolume).map(({ tags }) => tags.Name.replace("guestbook-mesos-dev-", ""))).toEqual([
      ...["gocd-data", "management-data", "zk-1-data", "zk-2-data", "zk-3-data"],
    ]);
    expect(nodeOf(dev, "zk-1")).toMatchObject({ dataMount: "/var/lib/zookeeper", hostname: "zk-1" });
    expect(nodeOf(dev, "master-1")).not.toHaveProperty("dataVolume");
  });

  it("are five masters with a quorum of three where that is described, step by step (row 96)", () => {
    const zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
    const masters = { count: 5, quorum: 3, running: { count: 3, quorum: 3 } };
    const production5 = { "network.zones": zones, "network.machineZones": zones, quorumInOneZone: "refused", masters };
    const five = guestbookMesosOf(changed(production5));
    const { mesos, consul } = nodeOf(five, "master-5").attributes.guestbook_mesos;
    expect(mesos).toMatchObject({ quorum: 3 });
    expect(mesos.masters).toHaveLength(5);
    expect(consul.servers).toBe(5);
    expect(five.addresses()).toEqual(
      expect.arrayContaining(
        guestbookMesosOf(
          changed({
            "network.zones": zones,
            "network.machineZones": zones,
            quorumInOneZone: "refused",
          }),
        ).addresses(),
      ),
    );
  });
});

describe("the machines that come and go", () => {
  const fleet = (stack: Synthesized, word: string) =>
    stack.all(AutoscalingGroup).find((group) => !isSlot(group) && group.name.includes(`-${word}-`))!;

  it("are five agents, up to ten, on demand, rolled one after the other (S1-25, S1-31)", () => {
    expect(fleet(dev, "dev-agents")).toMatchObject({ min_size: 5, desired_capacity: 5, max_size: 10 });
    expect(fleet(dev, "dev-agents").instance_refresh.preferences).toMatchObject({
      ...{ min_healthy_percentage: 80, max_healthy_percentage: 120, auto_rollback: true },
    });
    for (const template of dev.all(LaunchTemplate)) expect(template).not.toHaveProperty("instance_market_options");
  });

  it("hand their tasks over before they end (S1-20)", () => {
    expect(dev.one(AutoscalingLifecycleHook)).toMatchObject({
      ...{ name: "drain", lifecycle_transition: "autoscaling:EC2_INSTANCE_TERMINATING" },
      ...{ heartbeat_timeout: 600, default_result: "CONTINUE" },
    });
    const { drain } = nodeOf(dev, "agents").attributes.guestbook_mesos.mesos;
    expect(drain).toEqual({ hook: "drain", auto_scaling_group: fleet(dev, "dev-agents").name });
  });

  it("stand in each of three zones in production, and are told the ports that they may offer (S1-20, S1-31)", () => {
    expect(fleet(production, "production-agents").vpc_zone_identifier).toHaveLength(3);
    expect(nodeOf(production, "agents").attributes.guestbook_mesos.mesos.task_ports).toEqual({
      from: 31_000,
      to: 32_000,
    });
  });

  it("have no name of their own: they are known by their ids (S1-58)", () => {
    for (const word of ["agents", "gocd-agents"]) expect(nodeOf(dev, word)).not.toHaveProperty("hostname");
  });
});

describe("the front ends", () => {
  it("are two, in two zones in production, which know each other (S1-40, S1-44, S1-46)", () => {
    const machines = production.all(Instance);
    expect(machines.map(({ private_ip }) => private_ip)).toEqual(["10.230.8.16", "10.230.16.17"]);
    const { peers, ha } = nodeOf(production, "fe-1").attributes.guestbook_mesos.frontend;
    expect(peers).toEqual({ "fe-1": "10.230.8.16", "fe-2": "10.230.16.17" });
    expect(ha).toBe("heartbeat");
  });

  it("have one Elastic IP, which Terraform makes and never gives to one of them (S1-45)", () => {
    for (const stack of [dev, production]) {
      const [entrance] = stack.all(Eip).filter(({ tags }) => tags.Name.endsWith("-entrance"));
      expect(entrance).not.toHaveProperty("instance");
      expect(stack.all(EipAssociation)).toEqual([]);
      const { allocation_id } = nodeOf(stack, "fe-2").attributes.guestbook_mesos.frontend;
      expect(allocation_id).toMatch(/^\$\{aws_eip\.entrance_address_\w+\.allocation_id\}$/);
    }
  });

  it("may move that address, to themselves, and no other (S1-45)", () => {
    expect(rights(dev, "frontends")).toEqual(
      expect.arrayContaining([
        "ec2:AssociateAddress arn:*:ec2:eu-west-1:*:elastic-ip/<entrance>",
        "ec2:DisassociateAddress arn:*:ec2:eu-west-1:*:elastic-ip/<entrance>",
      ]),
    );
    const tags = dev.all(Instance).map(({ tags }) => tags["slipway:front-ends"]);
    expect(tags).toEqual(["guestbook-mesos-dev", "guestbook-mesos-dev"]);
  });

  it("are told the limits of a client, and where their certificate is (S1-42)", () => {
    const { limits } = nodeOf(dev, "fe-1").attributes.guestbook_mesos.frontend;
    expect(limits).toEqual({ connections: 20, requests_per_second: 10, burst: 20 });
    expect(nodeOf(production, "fe-1").attributes.guestbook_mesos.frontend.certificate_secret_arn).toMatch(
      /site-AbCdEf$/,
    );
    expect(rights(production, "frontends").join()).toContain("secret:guestbook-mesos/site-AbCdEf");
  });

  it("answer under a public name where there is one: that of the address (S1-45)", () => {
    const record = production.all(Route53Record).find(({ name }) => name === "mesos.example.com")!;
    expect(record).toMatchObject({ type: "A", records: [expect.stringMatching(/aws_eip\.entrance_\S+\.public_ip/)] });
    expect(production.document.output.url.value).toBe("https://mesos.example.com");
  });
});

describe("the management", () => {
  it("is one machine for Chef server, Marathon and Sensu, for cost saving (S1-05, S1-52)", () => {
    const { runList, chef, role } = nodeOf(dev, "management");
    expect(role).toBe("management");
    expect(runList).toEqual([
      ...["role[base]", "role[chef_server]", "role[marathon]", "role[sensu_backend]", "role[consul_client]"],
    ]);
    // A server that configures itself by itself could not be brought back.
    expect(chef).toMatchObject({ mode: "local", validatorSecretArn: expect.stringContaining("validator") });
  });

  it("is three machines where that is described, each with its own role and rights (S1-W01)", () => {
    const stack = guestbookMesosOf(apart);
    const roles = ["chef", "marathon", "sensu"].map((word) => nodeOf(stack, word).runList[1]);
    expect(roles).toEqual(["role[chef_server]", "role[marathon]", "role[sensu_backend]"]);
    expect(rights(stack, "marathon").join()).not.toContain("sensu-admin");
    expect(rights(stack, "chef").join()).toContain("secretsmanager:PutSecretValue <secrets_validator>");
    expect(nodeOf(stack, "agents").chef.url).toBe("https://chef.guestbook-mesos-dev.internal/organizations/guestbook");
  });

  it("has names for all of it, wherever it runs (S1-29)", () => {
    const addresses = (stack: Synthesized) =>
      Object.fromEntries(stack.all(Route53Record).map(({ name, records }) => [name.split(".")[0], records[0]]));
    expect(addresses(dev)).toMatchObject({ chef: "10.220.24.10", marathon: "10.220.24.10", sensu: "10.220.24.10" });
    expect(addresses(guestbookMesosOf(apart))).toMatchObject({
      ...{ chef: "10.220.24.10", marathon: "10.220.24.11", management: "10.220.24.11", sensu: "10.220.24.12" },
    });
    expect(Object.keys(addresses(dev))).toEqual(
      expect.arrayContaining(["zk-1", "zk-2", "zk-3", "master-1", "gocd", "fe-1", "fe-2"]),
    );
  });

  it("has no Chef server where cookbooks come from the bucket alone", () => {
    const stack = guestbookMesosOf(local);
    expect(nodeOf(stack, "management").runList).not.toContain("role[chef_server]");
    for (const word of ["zk-1", "agents", "management"]) expect(nodeOf(stack, word).chef.mode).toBe("local");
    expect(rights(stack, "zk-1").join()).toContain("s3:GetObject");
    expect(rights(dev, "zk-1").join()).not.toContain("s3:");
    expect(rights(stack, "management").join()).not.toContain("PutSecretValue");
  });
});

describe("the first boot", () => {
  it.each([
    ["zk-1", ["zookeeper", "consul_client"]],
    ["master-1", ["mesos_master", "consul_server"]],
    ["agents", ["mesos_agent", "consul_client"]],
    ["fe-1", ["frontend", "consul_client"]],
    ["gocd", ["gocd_server", "consul_client"]],
    ["gocd-agents", ["gocd_agent", "consul_client"]],
  ])("tells %s its run list, and whom to ask for cookbooks (S1-26, S1-27, S1-28)", (word, roles) => {
    const { runList, chef, cluster, environment } = nodeOf(dev, word);
    expect(runList).toEqual(["base", ...roles].map((role) => `role[${role}]`));
    expect(chef).toMatchObject({
      ...{ mode: "server", organization: "guestbook" },
      url: "https://management.guestbook-mesos-dev.internal/organizations/guestbook",
      validatorSecretArn: expect.stringMatching(/^\$\{aws_secretsmanager_secret\.secrets_validator_/),
    });
    expect({ cluster, environment }).toEqual({ cluster: "guestbook-mesos-dev", environment: "dev" });
  });

  it("finds the cookbooks of the repository in a bucket, without its tests (S1-49, S1-50)", () => {
    const keys: string[] = Object.values<Block>(dev.document.resource.aws_s3_object).map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(["roles/base.json", "cookbooks/guestbook_base/recipes/default.rb"]));
    expect(keys.filter((key) => !/^(cookbooks|roles|environments)\//.test(key))).toEqual([]);
  });

  it("finds pins of versions by the name of its environment: those that are written, or those of the cookbooks (S1-53)", () => {
    const chef = [
      { path: "environments/dev.json", text: "written\n" },
      { path: "cookbooks/guestbook_base/metadata.rb", text: "name 'guestbook_base'\nversion '1.2.0'\n" },
    ];
    const files = { boot: { settings: "/x", files: [], run: ["true"] as const }, chef };
    expect(cookbookFiles(files, "dev")["environments/dev.json"]).toBe("written\n");
    expect(JSON.parse(cookbookFiles(files, "staging")["environments/staging.json"]!)).toMatchObject({
      ...{ name: "staging", cookbook_versions: { guestbook_base: "= 1.2.0" } },
    });
  });

  it("starts from the images of exactly the names that Packer gives (S1-06, S1-24)", () => {
    const wanted = ["frontend", "gocd", "management", "mesos-agent", "mesos-master", "zookeeper"].map((r) =>
      imageName(r),
    );
    const found = dev.all(DataAwsAmi).map(({ filter }) => filter.find(({ name }: Block) => name === "name").values[0]);
    expect(found.sort()).toEqual(wanted.sort());
  });

  it("holds no secret, only where it is (S1-28)", () => {
    const { value: _, ...secrets } = { value: "", ...dev.document.resource.aws_secretsmanager_secret };
    expect(Object.keys(secrets)).toHaveLength(7);
    // The Chef server fills its own; AWS draws the others, unseen.
    expect(dev.all(SecretsmanagerSecretVersion)).toHaveLength(6);
    for (const version of dev.all(SecretsmanagerSecretVersion)) expect(version).not.toHaveProperty("secret_string");
    expect(dev.all(SecretsmanagerSecret).map(({ name_prefix }) => name_prefix)).toContain(
      "guestbook-mesos-dev-validator-",
    );
  });
});

describe("what machines may do in AWS", () => {
  const everyMember = [
    "ec2:DescribeInstances *",
    "secretsmanager:GetSecretValue <secrets_consul-gossip>",
    "secretsmanager:GetSecretValue <secrets_sensu-agent>",
    "secretsmanager:GetSecretValue <secrets_validator>",
  ];
  const volume = (word: string) => [
    ...["ec2:AttachVolume", "ec2:DetachVolume"].flatMap((action) => [
      `${action} <${word}>`,
      `${action} arn:*:ec2:*:*:instance/*`,
    ]),
    ...["ec2:DescribeVolumes *", "ec2:DescribeInstances *"],
  ];
  const cookbooks = ["s3:ListBucket <cookbooks>", "s3:GetObject <cookbooks>/*"];

  it.each([
    ["zk-1", volume("zk-1")],
    ["master-2", ["secretsmanager:GetSecretValue <secrets_marathon>"]],
    [
      "management",
      [
        ...[...volume("management"), ...cookbooks, "s3:PutObject <backups>/management/*"],
        ...["secretsmanager:PutSecretValue <secrets_validator>", "secretsmanager:DescribeSecret <secrets_validator>"],
        ...["secretsmanager:GetSecretValue <secrets_marathon>", "secretsmanager:GetSecretValue <secrets_sensu-admin>"],
        ...["sns:Publish <on-call>", "kms:Decrypt <on-call>", "kms:GenerateDataKey* <on-call>"],
      ],
    ],
    [
      "gocd",
      [...volume("gocd"), "secretsmanager:GetSecretValue <secrets_gocd-agent>", "s3:PutObject <backups>/gocd/*"],
    ],
  ])("is for %s what its role works with, and nothing else", (word, own) => {
    expect(rights(dev, word).sort()).toEqual([...everyMember, ...own].sort());
  });

  it("is for Sensu to tell the people that alarms tell, and for no other machine (S1-57)", () => {
    const stack = guestbookMesosOf(apart);
    const topic = stack.all(CloudwatchMetricAlarm)[0]!.alarm_actions[0];
    for (const [one, word] of [
      [dev, "management"],
      [stack, "sensu"],
    ] as const) {
      expect(nodeOf(one, word).attributes.guestbook_mesos.sensu.topic_arn).toBe(topic);
      expect(rights(one, word)).toContain("sns:Publish <on-call>");
    }
    for (const word of ["chef", "marathon", "gocd"]) {
      expect(nodeOf(stack, word).attributes.guestbook_mesos.sensu).not.toHaveProperty("topic_arn");
      expect(rights(stack, word).join()).not.toContain("sns:");
    }
  });

  it("is for agents to end when their tasks are handed over, and to pull images (S1-16)", () => {
    const own = rights(dev, "dev-agents").filter((right) => !everyMember.includes(right));
    expect(own.map((right) => right.split(" ")[0])).toEqual([
      ...["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"],
      ...["autoscaling:SetInstanceHealth", "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability"],
      ...["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
    ]);
    expect(own[0]).toMatch(/autoScalingGroupName\/guestbook-mesos-dev-agents-[0-9a-f]{6}$/);
  });

  it("is for the pipeline to push images, into this registry alone (S1-16, S1-61)", () => {
    expect(rights(dev, "gocd-agents")).toContain("ecr:PutImage <images>");
    expect(dev.one(EcrRepository)).toMatchObject({ name: "guestbook-mesos-dev/guestbook" });
    const hub = guestbookMesosOf(changed({ registry: { dockerHub: "docker.io/team/guestbook" } }));
    expect(hub.all(EcrRepository)).toEqual([]);
    expect(rights(hub, "gocd-agents").join()).not.toContain("ecr:");
    expect(nodeOf(hub, "agents").attributes.guestbook_mesos.registry).toEqual({
      ...{ kind: "docker-hub", repository: "docker.io/team/guestbook" },
    });
  });
});

describe("the data", () => {
  it("are in MySQL 8.4, which agents reach and nobody else, with a standby in production (S1-14)", () => {
    expect(dev.one(DbInstance)).toMatchObject({ engine: "mysql", engine_version: "8.4", multi_az: false });
    expect(production.one(DbInstance)).toMatchObject({ multi_az: true, db_name: "guestbook" });
    const { database } = nodeOf(dev, "agents").attributes.guestbook_mesos;
    expect(database).toMatchObject({ name: "guestbook", port: 3306, host: expect.stringMatching(/aws_db_instance/) });
  });

  it("are in Redis, with a replica that takes over (S1-13)", () => {
    expect(dev.one(ElasticacheReplicationGroup)).toMatchObject({
      ...{ engine: "redis", num_cache_clusters: 2, automatic_failover_enabled: true },
    });
    expect(nodeOf(dev, "agents").attributes.guestbook_mesos.redis).toMatchObject({ port: 6379 });
  });

  it("stay in production, whatever a plan says", () => {
    for (const kind of [EbsVolume, S3Bucket, ElasticacheReplicationGroup]) {
      for (const block of production.all(kind)) expect(block.lifecycle).toMatchObject({ prevent_destroy: true });
    }
    for (const volume of dev.all(EbsVolume)) expect(volume).not.toHaveProperty("lifecycle");
  });
});

describe("who looks after it", () => {
  it("hears of each machine that has its place and fails", () => {
    const names: string[] = dev.all(CloudwatchMetricAlarm).map(({ alarm_name }) => alarm_name);
    const places = slots(dev).map(({ name }) => name.replace("guestbook-mesos-dev-", ""));
    for (const word of [...places, "fe-1", "fe-2", "agents", "database"]) {
      expect(
        names.filter((name) => name.includes(`-${word}`)),
        word,
      ).not.toEqual([]);
    }
  });

  it("has a command for everything that is replaced by hand", () => {
    const { output } = dev.document;
    expect(output.replace_masters_command.value).toMatch(/^aws ssm start-automation-execution --region eu-west-1 /);
    expect(Object.keys(output.replace_commands.value)).toEqual(["gocd", "management"]);
    expect(Object.keys(output.replace_frontend_commands.value)).toEqual(["fe-1", "fe-2"]);
  });
});

describe("the gate", () => {
  it.each([
    "dev",
    "production",
  ] as const)("finds nothing in the guestbook on Mesos of %s but what it is by design", (name) => {
    const { findings, accepted } = judgeStacks([writtenMesos(described(name))]);
    expect(findings).toEqual([]);
    for (const { source } of accepted) expect(source).toBe("generator");
  });
});

describe("each copy", () => {
  it.each([
    ["dev", dev],
    ["production", production],
  ])("of %s has addresses that nobody changes by accident (problem 27)", (_, stack) => {
    // Files of the Chef repository come and go by their paths: there is no data in them.
    const others = stack.addresses().filter((address) => !address.startsWith("aws_s3_object."));
    expect(others.sort()).toMatchSnapshot();
  });

  it("is the same whatever the order of its zones (S1-32)", () => {
    const zones = ["eu-west-1c", "eu-west-1a", "eu-west-1b"];
    const turned = (list: string[]) =>
      guestbookMesosOf(changed({ "network.zones": list, "network.machineZones": list, quorumInOneZone: "refused" }));
    expect(turned(zones).json).toBe(turned([...zones].sort()).json);
  });
});
