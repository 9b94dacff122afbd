import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { ContainerDaemon, type ContainerDaemonProps } from ".";

const box = { image: "docker.io/example/box:1.0.0", cpu: 16, memoryMib: 32 };
const daemon = (more: Partial<ContainerDaemonProps> = {}) =>
  synthesize(
    (stack) =>
      new ContainerDaemon(stack, "daemon", {
        ...{ name: "shop-dev-metrics", region: "eu-west-1", containers: [{ name: "reader", ...box }] },
        cluster: { arn: "arn:aws:ecs:eu-west-1:111122223333:cluster/shop-dev", name: "shop-dev" },
        ...more,
      }),
  );
const containers = (more: Partial<ContainerDaemonProps>) =>
  JSON.parse(daemon(more).one(EcsTaskDefinition).container_definitions);

describe("a daemon of containers (S2-W13)", () => {
  it("runs on every machine of the cluster, whoever started it", () => {
    const service = daemon().one(EcsService);
    expect(service).toMatchObject({ scheduling_strategy: "DAEMON", launch_type: "EC2" });
    expect(service).not.toHaveProperty("desired_count");
    expect(service).not.toHaveProperty("capacity_provider_strategy");
  });

  it("stops the old task of a machine first, and goes back when the new one does not run", () => {
    expect(daemon().one(EcsService)).toMatchObject({
      ...{ deployment_minimum_healthy_percent: 0, deployment_maximum_percent: 100 },
      deployment_circuit_breaker: { enable: true, rollback: true },
    });
  });

  it("is entered by nobody, is not privileged, and writes neither its files nor the machine's", () => {
    const [reader] = containers({
      containers: [{ name: "reader", ...box, reads: { "/rootfs": "/", "/sys": "/sys" } }],
    });
    expect(reader).toMatchObject({ portMappings: [], privileged: false, readonlyRootFilesystem: true });
    expect(reader.mountPoints).toEqual([
      { containerPath: "/rootfs", sourceVolume: "root", readOnly: true },
      { containerPath: "/sys", sourceVolume: "sys", readOnly: true },
    ]);
  });

  it("has a volume for each folder that it reads, once", () => {
    const reads = { "/a": "/var/lib/docker", "/b": "/var/lib/docker" };
    expect(daemon({ containers: [{ name: "reader", ...box, reads }] }).one(EcsTaskDefinition).volume).toEqual([
      { name: "var-lib-docker", host_path: "/var/lib/docker" },
    ]);
  });

  it("lets containers reach those that they name, and start after them", () => {
    const [, second] = containers({
      containers: [
        { name: "first", ...box },
        { name: "second", ...box, links: ["first"] },
      ],
    });
    expect(second).toMatchObject({ links: ["first"], dependsOn: [{ containerName: "first", condition: "START" }] });
  });

  it("may do what is said of it and nothing else, and writes its own log", () => {
    const actions = (more: Partial<ContainerDaemonProps>) =>
      daemon(more)
        .all(IamRolePolicy)
        .flatMap(({ policy }) => JSON.parse(policy).Statement.flatMap(({ Action }: { Action: string[] }) => Action));
    const log = ["logs:CreateLogStream", "logs:PutLogEvents"];
    expect(actions({})).toEqual(log);
    const statements = [
      { actions: ["aps:RemoteWrite"], resources: ["arn:aws:aps:eu-west-1:111122223333:workspace/ws-1"] },
    ];
    expect(actions({ statements }).sort()).toEqual(["aps:RemoteWrite", ...log]);
  });

  it("listens on a port of the machine where it is told to", () => {
    const [reader] = containers({
      containers: [{ name: "reader", ...box, hostPort: 24_224, entryPoint: ["/bin/reader"] }],
    });
    expect(reader).toMatchObject({
      ...{ portMappings: [{ containerPort: 24_224, hostPort: 24_224, protocol: "tcp" }], entryPoint: ["/bin/reader"] },
    });
  });

  it("leaves settings as they are written", () => {
    const [reader] = containers({ containers: [{ name: "reader", ...box, environment: { A: "${x}" } }] });
    expect(reader.environment).toEqual([{ name: "A", value: "$${x}" }]);
  });

  it.each<[string, Partial<ContainerDaemonProps>, string]>([
    ["no container", { containers: [] }, "containers must be one container or more"],
    [
      "two of one name",
      {
        containers: [
          { name: "a", ...box },
          { name: "a", ...box },
        ],
      },
      "containers must be one container or more",
    ],
    [
      "a neighbour that is none",
      { containers: [{ name: "a", ...box, links: ["b"] }] },
      "containers.links must be one of a",
    ],
    ["days that CloudWatch does not offer", { logDays: 31 }, "logDays must be"],
  ])("refuses %s", (_, more, message) => expect(() => daemon(more)).toThrow(`test/daemon: ${message}`));
});
