import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { TargetGroup, type TargetGroupProps } from ".";

const valid: TargetGroupProps = {
  name: "guestbook-dev",
  vpcId: "vpc-1",
  port: 80,
  listener: { arn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/guestbook/50dc/0467" },
};
const targets = (props: Partial<TargetGroupProps> = {}) =>
  synthesize((stack) => new TargetGroup(stack, "web", { ...valid, ...props }));
const group = (props: Partial<TargetGroupProps> = {}) => targets(props).one(LbTargetGroup);
const rule = (route: TargetGroupProps["route"]) => targets({ route }).one(LbListenerRule);

describe("a target group", () => {
  it("asks its machines for /healthz, which no visitor asks for (S0-27, S4-D06)", () => {
    expect(group()).toMatchObject({
      port: 80,
      protocol: "HTTP",
      target_type: "instance",
      vpc_id: "vpc-1",
      health_check: {
        ...{ enabled: true, port: "traffic-port", protocol: "HTTP", path: "/healthz", matcher: "200" },
        ...{ interval: 15, timeout: 5, healthy_threshold: 2, unhealthy_threshold: 2 },
      },
    });
  });

  it("checks otherwise where told to, and keeps the other defaults", () => {
    const health = { path: "/ready", matcher: "200-299", intervalSeconds: 30 };
    expect(group({ health }).health_check).toMatchObject({
      ...{ path: "/ready", matcher: "200-299", interval: 30, timeout: 5 },
    });
  });

  it("gives a machine that leaves 30 seconds for its requests, or as told", () => {
    expect(group().deregistration_delay).toBe("30");
    expect(group({ deregistrationSeconds: 0 }).deregistration_delay).toBe("0");
  });

  it("sends each request to whoever has the fewest, and binds no visitor to a machine", () => {
    expect(group().load_balancing_algorithm_type).toBe("least_outstanding_requests");
    expect(group()).not.toHaveProperty("stickiness");
  });

  it("has a successor with a name of its own where AWS cannot change it (problem 1)", () => {
    expect(group().name).toMatch(/^guestbook-dev-web-[0-9a-f]{6}$/);
    expect(group({ port: 5000 }).name).not.toBe(group().name);
    expect(group({ vpcId: "vpc-2" }).name).not.toBe(group().name);
    expect(group({ health: { path: "/" }, deregistrationSeconds: 5 }).name).toBe(group().name);
    expect(group().lifecycle).toEqual({ create_before_destroy: true });
    expect(group({ name: "guestbook-production-of-the-north" }).name.length).toBeLessThanOrEqual(32);
  });

  it("has a successor with a name of its own in another VPC, whose id nobody knows before apply", () => {
    const inVpc = (cidr: string, vpcCidr?: string) =>
      synthesize((stack) => {
        const vpc = new Vpc(stack, "vpc", { cidrBlock: cidr });
        new TargetGroup(stack, "web", { ...valid, vpcId: vpc.id, vpcCidr });
      }).one(LbTargetGroup).name;
    expect(inVpc("10.1.0.0/16", "10.1.0.0/16")).not.toBe(inVpc("10.0.0.0/16", "10.0.0.0/16"));
    expect(inVpc("10.1.0.0/16")).toBe(inVpc("10.0.0.0/16"));
    expect(group({ vpcCidr: "10.0.0.0/16" }).name).toBe(group().name);
  });

  it("keeps its name whatever else is in the stack", () => {
    const inVpc = (others: number) =>
      synthesize((stack) => {
        for (let n = 0; n < others; n++) new Vpc(stack, `other${n}`, { cidrBlock: "10.1.0.0/16" }).id.toString();
        const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
        new TargetGroup(stack, "web", { ...valid, vpcId: vpc.id });
      }).one(LbTargetGroup);
    expect(inVpc(2)).toEqual(inVpc(0));
  });

  it("tells fleets and alarms its names", () => {
    const { document } = synthesize((stack) => {
      const { arn, arnSuffix } = new TargetGroup(stack, "web", valid);
      new TerraformOutput(stack, "facts", { value: { arn, arnSuffix } });
    });
    expect(document.output.facts.value).toEqual({
      arn: expect.stringMatching(/^\$\{aws_lb_target_group\.web_group_\w+\.arn\}$/),
      arnSuffix: expect.stringMatching(/^\$\{aws_lb_target_group\.web_group_\w+\.arn_suffix\}$/),
    });
  });
});

describe("the rule of a target group", () => {
  it("sends everything to it, unless told otherwise", () => {
    expect(targets().one(LbListenerRule)).toMatchObject({
      listener_arn: valid.listener.arn,
      action: [{ type: "forward", target_group_arn: expect.stringContaining("aws_lb_target_group.web_group") }],
      condition: [{ path_pattern: { values: ["/*"] } }],
    });
  });

  it("sends what its route says", () => {
    expect(rule({ host: "guestbook.example.com" }).condition).toEqual([
      { host_header: { values: ["guestbook.example.com"] } },
    ]);
    expect(rule({ host: "*.example.com", path: "/guestbook/*" }).condition).toEqual([
      { host_header: { values: ["*.example.com"] } },
      { path_pattern: { values: ["/guestbook/*"] } },
    ]);
  });

  it("has the priority given, or one made of its name and route, which no other service moves", () => {
    expect(rule({ priority: 7 }).priority).toBe(7);
    const { priority } = rule(undefined);
    expect(priority).toBeGreaterThanOrEqual(1_000);
    expect(rule({ path: "/*" }).priority).toBe(priority);
    expect(rule({ path: "/guestbook/new" }).priority).toBeLessThan(priority);
  });
});

describe("the machines of a target group", () => {
  it("are registered one by one, under words of their own (S0-26)", () => {
    const { all, addresses } = synthesize((stack) => {
      const web = new TargetGroup(stack, "web", valid);
      web.register("second", "i-2");
      web.register("first", "i-1");
    });
    expect(all(LbTargetGroupAttachment)).toEqual([
      expect.objectContaining({ target_id: "i-1" }),
      expect.objectContaining({ target_id: "i-2" }),
    ]);
    expect(addresses().filter((address) => address.includes("attachment"))).toEqual([
      expect.stringMatching(/web_with-first_/),
      expect.stringMatching(/web_with-second_/),
    ]);
  });

  it("are nobody until someone registers: a fleet does by itself", () => {
    expect(targets().all(LbTargetGroupAttachment)).toEqual([]);
  });
});

describe("a target group refuses", () => {
  it.each<[string, Partial<TargetGroupProps>, string]>([
    ["no port", { port: 0 }, "port must be a whole number from 1 to 65535"],
    ["a long farewell", { deregistrationSeconds: 3601 }, "deregistrationSeconds must be a whole number from 0 to 3600"],
    ["a hurry", { health: { intervalSeconds: 4 } }, "health.intervalSeconds must be a whole number from 5 to 300"],
    ["a patience", { health: { timeoutSeconds: 121 } }, "health.timeoutSeconds must be a whole number from 2 to 120"],
    [
      "an overlap",
      { health: { timeoutSeconds: 15 } },
      "health.timeoutSeconds must be less than health.intervalSeconds",
    ],
    ["one success", { health: { healthyThreshold: 1 } }, "health.healthyThreshold must be a whole number from 2 to 10"],
    ["one failure", { health: { unhealthyThreshold: 1 } }, "health.unhealthyThreshold must be a whole number"],
    ["a path without /", { health: { path: "healthz" } }, "health.path must be a path of at most 1024 characters"],
    ["an expression", { health: { path: "/${x}" } }, "health.path must be a path of at most 1024 characters"],
    ["a code that is none", { health: { matcher: "600" } }, "health.matcher must be HTTP codes from 200 to 499"],
    ["codes backwards", { health: { matcher: "302-200" } }, "health.matcher must be HTTP codes from 200 to 499"],
    ["a host that is none", { route: { host: "guestbook" } }, "route.host must be a host name"],
    ["a priority that is none", { route: { priority: 0 } }, "route.priority must be a whole number from 1 to 50000"],
  ])("%s", (_, props, message) => {
    expect(() => targets(props)).toThrow(message);
  });
});
