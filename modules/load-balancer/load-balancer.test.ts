import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { LoadBalancer, type LoadBalancerProps } from ".";

const certificateArn = "arn:aws:acm:eu-west-1:111122223333:certificate/0f5c4f2e-6f0b-4a59-9d5c-2f5d0e4b8a11";
const placement = { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] };
const entrance = (props: Partial<LoadBalancerProps> = {}, then: (balancer: LoadBalancer) => void = () => {}) =>
  synthesize((stack) => then(new LoadBalancer(stack, "public", { name: "shop-dev-public", placement, ...props })));
const notFound = [
  {
    type: "fixed-response",
    fixed_response: { content_type: "text/plain", message_body: "Not found", status_code: "404" },
  },
];

describe("a load balancer", () => {
  it("is an application load balancer on the internet, in the subnets it is given (S2-10)", () => {
    expect(entrance().one(Lb)).toMatchObject({
      name: "shop-dev-public",
      load_balancer_type: "application",
      internal: false,
      subnets: ["subnet-a", "subnet-b"],
      security_groups: [expect.stringContaining("aws_security_group.public_connections_group_")],
      idle_timeout: 60,
    });
  });

  it("hands on no request that could be read in two ways", () => {
    expect(entrance().one(Lb)).toMatchObject({
      drop_invalid_header_fields: true,
      desync_mitigation_mode: "defensive",
    });
  });

  it("says nothing about balancing across zones, which an application load balancer always does", () => {
    expect(entrance().one(Lb)).not.toHaveProperty("enable_cross_zone_load_balancing");
  });

  it("cannot be deleted, unless asked for a disposable one", () => {
    expect(entrance().one(Lb)).toMatchObject({ enable_deletion_protection: true });
    expect(entrance({ onRemoval: "destroy" }).one(Lb)).toMatchObject({ enable_deletion_protection: false });
  });

  it("cuts a name of more than 32 characters, so that two long names stay apart", () => {
    const nameOf = (name: string) => entrance({ name }).one(Lb).name as string;
    const long = "a-very-long-environment-name-and-more";
    expect(nameOf(`${long}-1`)).toMatch(/^a-very-long-environment-[0-9a-f]{8}$/);
    expect(nameOf(`${long}-1`)).not.toBe(nameOf(`${long}-2`));
  });
});

describe("the access logs of a load balancer", () => {
  it("go to the bucket and folder it is given (S4-W05)", () => {
    const logs = (accessLogs: LoadBalancerProps["accessLogs"]) => entrance({ accessLogs }).one(Lb).access_logs;
    expect(logs({ bucket: "logs-1", prefix: "public" })).toEqual({ bucket: "logs-1", prefix: "public", enabled: true });
    expect(logs({ bucket: "logs-1" })).toEqual({ bucket: "logs-1", enabled: true });
  });

  it("are not written otherwise", () => {
    expect(entrance().one(Lb)).not.toHaveProperty("access_logs");
  });
});

describe("a load balancer without a certificate", () => {
  it("listens on port 80 and answers 404 to what no service asks for (S2-10, S2-R05)", () => {
    expect(entrance().one(LbListener)).toMatchObject({ port: 80, protocol: "HTTP", default_action: notFound });
  });

  it("takes the rules of all its services on that listener (problem 31)", () => {
    const { document } = entrance({}, (balancer) => {
      new TerraformOutput(balancer, "listener", { value: balancer.listenerArn, staticId: true });
    });
    expect(JSON.stringify(document.output)).toContain("aws_lb_listener.public_http_");
  });

  it("is closed until opened, and then open on port 80 only (S2-11)", () => {
    expect(entrance().all(VpcSecurityGroupIngressRule)).toEqual([]);
    const { one } = entrance({}, (balancer) => balancer.allowFromInternet("visitors"));
    expect(one(VpcSecurityGroupIngressRule)).toMatchObject({
      cidr_ipv4: "0.0.0.0/0",
      from_port: 80,
      to_port: 80,
      description: "internet to public: visitors",
    });
  });
});

describe("a load balancer with a certificate", () => {
  const listeners = () => {
    const all = entrance({ certificateArn }).all(LbListener);
    return { http: all.find(({ port }) => port === 80), https: all.find(({ port }) => port === 443) };
  };

  it("answers on port 443, from TLS 1.2 on", () => {
    expect(listeners().https).toMatchObject({
      protocol: "HTTPS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      certificate_arn: certificateArn,
      default_action: notFound,
    });
  });

  it("sends plain HTTP there for good", () => {
    expect(listeners().http).toMatchObject({
      protocol: "HTTP",
      default_action: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } }],
    });
  });

  it("takes the services' rules on the encrypted listener", () => {
    const { document } = entrance({ certificateArn }, (balancer) => {
      new TerraformOutput(balancer, "listener", { value: balancer.listenerArn, staticId: true });
    });
    expect(JSON.stringify(document.output)).toContain("aws_lb_listener.public_https_");
  });

  it("is opened on 443 and on 80, for the redirect", () => {
    const { all } = entrance({ certificateArn }, (balancer) => balancer.allowFromInternet("visitors"));
    expect(all(VpcSecurityGroupIngressRule)).toEqual([
      expect.objectContaining({ from_port: 443, to_port: 443, description: "internet to public: visitors" }),
      expect.objectContaining({ from_port: 80, description: "internet to public: redirect to HTTPS, visitors" }),
    ]);
  });
});

describe("a load balancer that is not for everybody", () => {
  it("is open to the given addresses only", () => {
    const { all } = entrance({}, (balancer) =>
      balancer.allowFromAddresses(["198.51.100.7/32", "203.0.113.0/24"], "tests"),
    );
    expect(all(VpcSecurityGroupIngressRule).map(({ cidr_ipv4, from_port }) => [cidr_ipv4, from_port])).toEqual([
      ["198.51.100.7/32", 80],
      ["203.0.113.0/24", 80],
    ]);
  });
});

describe("a load balancer refuses", () => {
  it.each(["", "--", "internal-shop", "Internal-shop", "-internal-shop"])("the name %j", (name) => {
    expect(() => entrance({ name })).toThrow(
      "test/public: name must be letters, digits and dashes that do not start with internal-",
    );
  });

  it.each([[[]], [["subnet-a"]], [["subnet-a", "subnet-a"]]])("to stand in one zone: %j", (subnetIds) => {
    expect(() => entrance({ placement: { vpcId: "vpc-1", subnetIds } })).toThrow(
      "placement.subnetIds must be the subnets of at least two availability zones",
    );
  });

  it.each([
    "",
    "0f5c4f2e-6f0b-4a59-9d5c-2f5d0e4b8a11",
    "arn:aws:acm:eu-west-1:1111:certificate/0f5c4f2e",
    "arn:aws:iam::111122223333:server-certificate/shop",
    `${certificateArn}\n`,
  ])("the certificate %j", (certificateArn) => {
    expect(() => entrance({ certificateArn })).toThrow("certificateArn must be the ARN of an ACM certificate");
  });

  it.each(["/public", "public/", "AWSLogs"])("to write its access logs to the folder %j", (prefix) => {
    expect(() => entrance({ accessLogs: { bucket: "logs-1", prefix } })).toThrow(
      "test/public: accessLogs.prefix must be folders of letters",
    );
  });

  it.each([0, 4001, 1.5])("an idle timeout of %d seconds", (idleTimeoutSeconds) => {
    expect(() => entrance({ idleTimeoutSeconds })).toThrow("idleTimeoutSeconds must be a whole number of seconds");
  });
});
