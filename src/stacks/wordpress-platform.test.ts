import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbProxy } from "@cdktf/provider-aws/lib/db-proxy";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { describe, expect, it } from "vitest";
import { described, platformOf } from "../testing/wordpress";

const dev = platformOf(described("dev"));
const production = platformOf(described("production"));

/** Address ranges of subnets, each given as a reference by way of its link to a route table. */
const addressesOf = (stack: typeof dev, references: string[]) =>
  references.map((reference) => stack.at(stack.at(reference).subnet_id).cidr_block);

describe("the platform of dev, as its document describes it", () => {
  it("is one VPC with DNS host names (S2-05, S2-R02)", () => {
    expect(dev.one(Vpc)).toMatchObject({ cidr_block: "10.180.0.0/16", enable_dns_hostnames: true });
  });

  it("has a public and a private subnet in each of two zones, at the addresses of the original (S2-04, S2-06, S2-07, S2-R02)", () => {
    const subnets = dev.all(Subnet).map(({ cidr_block, availability_zone }) => `${cidr_block} ${availability_zone}`);
    expect(subnets.sort()).toEqual([
      "10.180.16.0/21 eu-west-1b",
      "10.180.24.0/21 eu-west-1a",
      "10.180.32.0/21 eu-west-1b",
      "10.180.8.0/21 eu-west-1a",
    ]);
  });

  it("has a NAT gateway in each zone (S2-R03)", () => {
    expect(dev.all(NatGateway)).toHaveLength(2);
  });

  it("runs the machines of its ECS cluster in an Auto Scaling group over both private subnets (S2-08, S2-09, S2-R04)", () => {
    expect(dev.one(EcsCluster).name).toBe("wordpress-dev");
    const group = dev.one(AutoscalingGroup);
    expect(group).toMatchObject({ min_size: 0, desired_capacity: 1, max_size: 30 });
    expect(addressesOf(dev, group.vpc_zone_identifier)).toEqual(["10.180.24.0/21", "10.180.32.0/21"]);
  });

  it("boots machines that are large enough, without public address, that join the cluster by themselves (S2-D01, S2-R04)", () => {
    const template = dev.one(LaunchTemplate);
    expect(template.instance_type).toBe("t3.small");
    expect(template.network_interfaces?.[0]?.associate_public_ip_address ?? "false").toBe("false");
    expect(Buffer.from(template.user_data, "base64").toString()).toContain("ECS_CLUSTER=wordpress-dev");
  });

  it("finds its machine image in any region (S2-W01)", () => {
    const images = Object.values(dev.document.data.aws_ssm_parameter) as { name: string }[];
    expect(images.map(({ name }) => name)).toEqual([
      "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
    ]);
  });

  it("is entered through a load balancer on port 80 only (S2-10, S2-11, S2-R05)", () => {
    expect(dev.one(Lb)).toMatchObject({ internal: false, load_balancer_type: "application" });
    expect(dev.one(LbListener)).toMatchObject({ port: 80, protocol: "HTTP" });
    const open = dev.all(VpcSecurityGroupIngressRule).filter((rule) => rule.cidr_ipv4 === "0.0.0.0/0");
    expect(open).toEqual([expect.objectContaining({ from_port: 80, to_port: 80 })]);
  });

  it("passes requests on to container ports, and queries from the machines to the database, nothing else (S2-11, S2-R06)", () => {
    const inner = dev.all(VpcSecurityGroupIngressRule).filter((rule) => rule.referenced_security_group_id);
    expect(inner.map(({ description, from_port, to_port }) => [description, from_port, to_port])).toEqual([
      ["machines to database: queries of the services", 3306, 3306],
      ["entrance-public to machines: requests and health checks", 32_768, 65_535],
    ]);
  });

  it("keeps the WordPress database in private subnets, its password out of Terraform (S2-14, S2-R08)", () => {
    expect(dev.one(DbInstance)).toMatchObject({
      engine: "mysql",
      db_name: "wordpress",
      username: "wordpress",
      instance_class: "db.t4g.micro",
      allocated_storage: 20,
      manage_master_user_password: true,
      publicly_accessible: false,
    });
    expect(addressesOf(dev, dev.one(DbSubnetGroup).subnet_ids)).toEqual(["10.180.24.0/21", "10.180.32.0/21"]);
  });

  it("has a private registry whose tags never move (S2-15, S2-R09)", () => {
    expect(dev.one(EcrRepository)).toMatchObject({
      name: "wordpress-dev/wordpress",
      image_tag_mutability: "IMMUTABLE",
    });
  });

  it("exposes the ids that others reuse, under the names of the original (S2-03, S2-12, S2-R01)", () => {
    expect(Object.keys(dev.document.output)).toEqual(
      expect.arrayContaining([
        ...["vpc_id", "alb_dns", "alb_arn", "alb_listener_arn", "rds_address", "rds_endpoint", "rds_name", "rds_port"],
        ...["ecs_cluster_id", "ecs_service_role_default_arn"],
      ]),
    );
  });

  it("tells its services what they need by SSM parameters, and no secret (S2-03, problem 26)", () => {
    const names = dev.all(SsmParameter).map(({ name }) => name);
    expect(names).toContain("/slipway/dev/wordpress/cluster-arn");
    expect(names).toContain("/slipway/dev/wordpress/public-listener-arn");
    expect(dev.document.data).not.toHaveProperty("terraform_remote_state");
  });

  it("goes with the stack when the stack is destroyed", () => {
    expect(dev.one(DbInstance)).toMatchObject({ deletion_protection: false, skip_final_snapshot: true });
    expect(dev.one(Lb).enable_deletion_protection).toBe(false);
  });
});

describe("a platform whose site is not finished", () => {
  it("admits only the addresses that its description names (S2-10)", () => {
    const environment = described("dev");
    const loadBalancers = { public: { admit: ["198.51.100.7/32"] } };
    const closed = platformOf({ ...environment, wordpress: { ...environment.wordpress!, loadBalancers } });
    const ranges = closed.all(VpcSecurityGroupIngressRule).flatMap(({ cidr_ipv4 }) => cidr_ipv4 ?? []);
    expect(ranges).toEqual(["198.51.100.7/32"]);
  });
});

describe("the platform of production", () => {
  it("spans three zones with a tier of its own for data", () => {
    expect(production.all(Subnet)).toHaveLength(9);
    expect(production.one(DbSubnetGroup).subnet_ids).toHaveLength(3);
  });

  it("keeps every address that a third zone of dev would have kept too (problem 18)", () => {
    const slots = (stack: typeof dev) =>
      stack.all(Subnet).map(({ cidr_block }) => (cidr_block as string).replace(/^10\.1[89]0\./, ""));
    expect(slots(production)).toEqual(expect.arrayContaining(slots(dev)));
  });

  it("has its services reach the database by a proxy, which knows its password", () => {
    const proxy = production.one(DbProxy);
    expect(proxy.auth[0].secret_arn).toMatch(/^\$\{aws_db_instance\.database_instance_\w+\.master_user_secret\[0\]/);
    const host = production.all(SsmParameter).find(({ name }) => name.endsWith("/database-host"));
    expect(host!.insecure_value).toMatch(/^\$\{aws_db_proxy\.proxy_/);
    const mysql = production.all(VpcSecurityGroupIngressRule).filter(({ from_port }) => from_port === 3306);
    expect(mysql.map(({ description }) => description).sort()).toEqual([
      "machines to database: queries of the services",
      "machines to proxy: queries of the services",
      "proxy to database: queries that the proxy passes on",
    ]);
    expect(dev.all(DbProxy)).toEqual([]);
  });

  it("is reached by way of CloudFront only, inside the VPC and encrypted (S2-W05, S3-W12)", () => {
    expect(production.one(Lb)).toMatchObject({ internal: true });
    const outside = production.all(VpcSecurityGroupIngressRule).filter((rule) => rule.cidr_ipv4 === "0.0.0.0/0");
    expect(outside).toEqual([]);
    const [edge] = production.all(VpcSecurityGroupIngressRule).filter((rule) => rule.prefix_list_id);
    expect(edge).toMatchObject({ from_port: 443, to_port: 443 });
    expect(production.one(CloudfrontVpcOrigin).vpc_origin_endpoint_config[0].arn).toMatch(/aws_lb\.entrance-public/);
  });

  it("has a certificate here and one in us-east-1 for the same names, and an alias to the edge for each (S2-W05)", () => {
    const certificates = production.all(AcmCertificate).map(({ domain_name, provider }) => [domain_name, provider]);
    expect(certificates).toEqual([
      ["www.example.com", undefined],
      ["www.example.com", "aws.us-east-1"],
    ]);
    const aliases = production.all(Route53Record).filter(({ alias }) => alias);
    expect(aliases.map(({ name, type }) => `${name} ${type}`).sort()).toEqual([
      ...["example.com A", "example.com AAAA", "www.example.com A", "www.example.com AAAA"],
    ]);
    for (const { alias } of aliases) expect(alias.name).toMatch(/aws_cloudfront_distribution/);
  });

  it("is guarded at the edge, with limits on logins (S3-W11)", () => {
    expect(production.one(Wafv2WebAcl)).toMatchObject({ scope: "CLOUDFRONT", provider: "aws.us-east-1" });
    const rules = production.one(Wafv2WebAcl).rule.map(({ name }: { name: string }) => name);
    expect(rules).toEqual(expect.arrayContaining(["login", "xmlrpc", "wordpress", "php", "sql"]));
  });

  it("has a provider for us-east-1 only where something is there", () => {
    const regions = (stack: typeof dev) => stack.document.provider.aws.map(({ region }: { region: string }) => region);
    expect([regions(dev), regions(production)]).toEqual([["eu-west-1"], ["eu-west-1", "us-east-1"]]);
  });

  it("keeps the files of its services in each of its zones, for its machines only (S2-W03)", () => {
    expect(production.all(EfsMountTarget)).toHaveLength(3);
    expect(
      addressesOf(
        production,
        production.all(EfsMountTarget).map(({ subnet_id }) => subnet_id),
      ),
    ).toEqual(addressesOf(production, production.one(DbSubnetGroup).subnet_ids));
    const nfs = production.all(VpcSecurityGroupIngressRule).filter(({ from_port }) => from_port === 2049);
    expect(nfs).toEqual([expect.objectContaining({ to_port: 2049, referenced_security_group_id: expect.any(String) })]);
  });

  it("speaks HTTPS, and redirects what comes over HTTP", () => {
    const listeners = production.all(LbListener);
    expect(listeners.map(({ port, protocol }) => `${port} ${protocol}`).sort()).toEqual(["443 HTTPS", "80 HTTP"]);
    expect(listeners.find(({ port }) => port === 80)!.default_action[0].redirect).toMatchObject({
      status_code: "HTTP_301",
    });
  });

  it("refuses to lose its data (problem 23)", () => {
    expect(production.one(DbInstance)).toMatchObject({
      deletion_protection: true,
      skip_final_snapshot: false,
      multi_az: true,
      backup_retention_period: 14,
      lifecycle: expect.objectContaining({ prevent_destroy: true }),
    });
    expect(production.one(Lb).enable_deletion_protection).toBe(true);
  });

  it("changes the one account that it names, and keeps its state in S3 with a lock", () => {
    expect(production.document.provider.aws[0].allowed_account_ids).toEqual(["111122223333"]);
    expect(production.document.terraform.backend.s3).toMatchObject({
      key: "slipway/wordpress-platform-production.tfstate",
      encrypt: true,
      use_lockfile: true,
    });
  });
});

describe("each platform", () => {
  it.each([
    ["dev", dev],
    ["production", production],
  ])("of %s has addresses that nobody changes by accident (problem 27)", (_, stack) => {
    expect(stack.addresses().sort()).toMatchSnapshot();
  });
});
