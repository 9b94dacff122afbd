import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import type { TerraformStack } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { type BalancedServiceProps, ContainerService } from ".";

const props: BalancedServiceProps = {
  name: "wordpress-dev-shop",
  region: "eu-west-1",
  cluster: {
    arn: "arn:aws:ecs:eu-west-1:111122223333:cluster/dev",
    name: "dev",
    capacityProvider: "dev-machines",
    execLogGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:/slipway/dev/exec",
  },
  vpcId: "vpc-1",
  listener: {
    arn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/dev/50dc6c495c0c9188/0467ef3c8400ae65",
    loadBalancerArnSuffix: "app/dev/50dc6c495c0c9188",
  },
  route: { path: "/*", priority: 100 },
  image: "wordpress:6.8.3-1",
  repositoryArn: "arn:aws:ecr:eu-west-1:111122223333:repository/wordpress",
};
const messageOf = (more: object) => {
  try {
    synthesize((stack) => new ContainerService(stack, "shop", { ...props, ...more }));
    return "accepted";
  } catch (error) {
    return (error as Error).message;
  }
};
const secretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf";
const scaling = { min: 2, max: 6, cpuPercent: 60 };

describe("a container service refuses", () => {
  it.each<[string, object, string]>([
    ["a name that AWS refuses", { name: "shop_1" }, "name must be at most 255 letters, digits and dashes"],
    ["the name of a cluster (problem 7)", { cluster: { ...props.cluster, arn: "dev" } }, "cluster.arn must be an ARN"],
    [
      "the ARN of a load balancer as listener",
      { listener: { ...props.listener, arn: props.listener.arn.replace("listener/", "loadbalancer/") } },
      "listener.arn must be an ARN",
    ],
    [
      "a repository's address",
      { repositoryArn: "1.dkr.ecr.eu-west-1.amazonaws.com/x" },
      "repositoryArn must be an ARN",
    ],
    ["port 0", { port: 0 }, "port must be a whole number from 1 to 65535, got 0"],
    ["port 65536", { port: 65_536 }, "port must be a whole number from 1 to 65535"],
    ["half a CPU unit", { cpu: 0.5 }, "cpu must be a whole number from 1"],
    ["CPU in words", { cpu: "0.25 vCPU" }, 'cpu must be a whole number from 1 to 196608, got "0.25 vCPU"'],
    ["no memory", { memoryMib: 0 }, "memoryMib must be a whole number from 6"],
    ["less than no memory", { memoryMib: -512 }, "memoryMib must be a whole number"],
    ["half a task", { count: 1.5 }, "count must be a whole number"],
    ["less than no task", { count: -1 }, "count must be a whole number"],
    ["a drain of more than an hour", { drainSeconds: 3_601 }, "drainSeconds must be a whole number from 0 to 3600"],
    ["logs for 31 days", { logDays: 31 }, "got 31; use 60"],
    ["logs for ever", { logDays: 0 }, "got 0; use 1"],
    ["logs for eleven years", { logDays: 4_000 }, "got 4000; use 3653"],
    ["a health path without /", { health: { path: "up" } }, "health.path must be a path"],
    ["a health path with a space", { health: { path: "/a b" } }, "health.path must be a path"],
    ["an expression as health path", { health: { path: "/${x}" } }, "health.path must be a path"],
    [
      "a time-out as long as the interval",
      { health: { intervalSeconds: 5 } },
      "health.timeoutSeconds must be less than",
    ],
    ["an interval of 4 seconds", { health: { intervalSeconds: 4 } }, "health.intervalSeconds must be a whole number"],
    ["a threshold of 1", { health: { healthyThreshold: 1 } }, "health.healthyThreshold must be a whole number"],
    ["a threshold of 11", { health: { unhealthyThreshold: 11 } }, "health.unhealthyThreshold must be a whole number"],
    ["a negative grace period", { health: { graceSeconds: -1 } }, "health.graceSeconds must be a whole number"],
    ["a path without /", { route: { path: "shop", priority: 1 } }, "route.path must be a path pattern: /, then up to"],
    ["a host without a dot", { route: { host: "shop", priority: 1 } }, "route.host must be a host name"],
    ["priority 0", { route: { priority: 0 } }, "route.priority must be a whole number from 1 to 50000, got 0"],
    ["priority 50001", { route: { priority: 50_001 } }, "route.priority must be a whole number"],
    ["min above max", { scaling: { ...scaling, min: 7 } }, "scaling.max must be a whole number from 7 to 5000, got 6"],
    ["scaling from 0", { scaling: { ...scaling, min: 0 } }, "scaling.min must be a whole number from 1"],
    ["a count below min", { scaling, count: 1 }, "count must be a whole number from 2 to 6, got 1"],
    ["a count above max", { scaling, count: 7 }, "count must be a whole number from 2 to 6, got 7"],
    [
      "0 % of CPU",
      { scaling: { ...scaling, cpuPercent: 0 } },
      "scaling.cpuPercent must be a whole number from 1 to 100",
    ],
    ["101 % of memory", { scaling: { ...scaling, memoryPercent: 101 } }, "scaling.memoryPercent must be"],
    ["no request", { scaling: { ...scaling, requestsPerTarget: 0 } }, "scaling.requestsPerTarget must be"],
    ["scaling by nothing", { scaling: { min: 1, max: 2 } }, "scaling must be bounds with at least one of"],
  ])("%s", (_, more, expected) => {
    expect(messageOf(more)).toMatch(/^test\/shop: /);
    expect(messageOf(more)).toContain(expected);
  });

  it.each(["", "ok", "200-", "-302", "302-200", "200;302", "99", "500", "200,,301"])("the matcher %j", (matcher) => {
    expect(messageOf({ health: { matcher } })).toContain("health.matcher must be HTTP codes from 200 to 499");
  });

  it("before it makes anything", () => {
    let stack: TerraformStack | undefined;
    expect(() =>
      synthesize((made) => {
        stack = made;
        new ContainerService(made, "shop", { ...props, port: 0 });
      }),
    ).toThrow("port");
    expect(stack!.node.findChild("shop").node.children).toEqual([]);
  });
});

describe("a container service refuses the image", () => {
  it.each([
    "wordpress",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com/wordpress",
    "registry:5000/wordpress",
  ])("%j, which leaves open what runs", (image) => {
    expect(messageOf({ image })).toContain(`got ${JSON.stringify(image)}; add the tag or the digest`);
  });

  it.each([
    "",
    "wordpress:",
    "WordPress:6",
    "registry.example.com/Shop/wordpress:6",
    "wordpress:6 ",
    "wordpress@sha256:abc",
    "https://example.com/wordpress:6",
    "word--press/:6",
    `wordpress:${"x".repeat(129)}`,
  ])("%j, which cannot be pulled", (image) => {
    expect(messageOf({ image })).toContain("image must be <registry>/<repository>:<tag>");
  });

  it.each([
    "wordpress:6",
    "wordpress:latest",
    "registry.example.com:5000/a/b-c_d.e:6.8.3-1",
    `wordpress@sha256:${"0".repeat(64)}`,
    `localhost:5000/wordpress:6@sha256:${"0".repeat(64)}`,
  ])("never when it is good: %j", (image) => expect(messageOf({ image })).toBe("accepted"));

  it("of another construct's repository only where what follows is wrong", () => {
    const withTag = (tag: string) => () =>
      synthesize((stack) => {
        const { repositoryUrl, arn } = new EcrRepository(stack, "repository", { name: "wordpress" });
        new ContainerService(stack, "shop", { ...props, image: `${repositoryUrl}${tag}`, repositoryArn: arn });
      });
    expect(withTag(":6.8.3-1")().json).toContain("${aws_ecr_repository.repository.repository_url}:6.8.3-1");
    expect(withTag("/Sub:6")).toThrow("image must be");
  });
});

describe("a container service refuses the settings", () => {
  it.each(["A-B", "1A", "", "a.b", "A B", "${A}"])("named %j", (name) => {
    expect(messageOf({ environment: { [name]: "x" } })).toContain("environment must be a record whose names");
    expect(messageOf({ secrets: { [name]: { arn: secretArn } } })).toContain("secrets must be a record whose names");
  });

  it.each([8080, true, null, {}, undefined])("with the value %j, which is no text", (value) => {
    const message = messageOf({ environment: { PORT: value } });
    expect(message).toContain(`environment.PORT must be text, got "${typeof value}"; put it in quotes`);
  });

  it("with a NUL character", () => {
    expect(messageOf({ environment: { A: "a\0b" } })).toContain("environment.A must be text, got");
  });

  it.each([
    ["WORDPRESS_DB_PASSWORD", "hunter2"],
    ["DSN", "mysql://shop:hunter2@db.internal/shop"],
  ])("that are a secret, %s, without showing it (problem 21)", (name, value) => {
    const message = messageOf({ environment: { [name]: value } });
    expect(message).toContain(`environment.${name} must be no secret, got "`);
    expect(message).toContain(`put it into Secrets Manager and name it in secrets.${name}`);
    expect(message).not.toContain("hunter2");
  });

  it("that are a secret of another construct: its value would be in Terraform's state", () => {
    expect(() =>
      synthesize((stack) => {
        const { arn } = new EcrRepository(stack, "repository", { name: "wordpress" });
        new ContainerService(stack, "shop", { ...props, environment: { DB_PASSWORD: arn } });
      }),
    ).toThrow("environment.DB_PASSWORD must be no secret");
  });

  it("of more than a task definition holds", () => {
    expect(messageOf({ environment: { A: "x ".repeat(31_000) } })).toContain("environment must be at most 61440 bytes");
  });

  it("that are a secret too", () => {
    const message = messageOf({ environment: { LICENCE: "free" }, secrets: { LICENCE: { arn: secretArn } } });
    expect(message).toContain("secrets.LICENCE must be a name that environment does not have");
  });

  it.each([
    "shop",
    "arn:aws:ssm:eu-west-1:111122223333:parameter/shop",
    `${secretArn}:password::`,
    secretArn.replace("eu-west-1", "eu-west-2"),
    secretArn.replace("111122223333", "1111"),
    "",
  ])("from the secret %j", (arn) => {
    expect(messageOf({ secrets: { LICENCE: { arn } } })).toContain(
      "secrets.LICENCE.arn must be the ARN of a Secrets Manager secret in eu-west-1, without a key",
    );
  });

  it.each([
    "",
    "alias/shop",
    "arn:aws:kms:eu-west-1:111122223333:alias/shop",
    "arn:aws:kms:eu-west-1:1111:key/1a",
    "arn:aws:kms:eu-west-2:111122223333:key/1a",
    "arn:aws:kms:eu-west-1:111122223333:key/*",
  ])("that %j opens", (kmsKeyArn) => {
    expect(messageOf({ secrets: { LICENCE: { arn: secretArn, kmsKeyArn } } })).toContain(
      "secrets.LICENCE.kmsKeyArn must be the ARN of a KMS key in eu-west-1, not of an alias",
    );
  });

  it.each(["", "a:b", "${a}", "a b"])("from the key %j of a secret", (key) => {
    expect(messageOf({ secrets: { LICENCE: { arn: secretArn, key } } })).toContain("secrets.LICENCE.key must be a key");
  });
});
