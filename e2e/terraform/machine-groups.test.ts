import { beforeAll, expect, it } from "vitest";
import { Fleet } from "../../modules/fleet";
import { Instances, type InstancesProps } from "../../modules/instances";
import { LoadBalancer } from "../../modules/load-balancer";
import { Network } from "../../modules/network";
import { Slot } from "../../modules/slot";
import { TargetGroup } from "../../modules/target-group";
import { VolumeSnapshots } from "../../modules/volume-snapshots";
import { synthesize } from "../../src/testing/synthesize";
import { askingFor, realVersion, terraformWithRealProvider, terraformWithStandIn } from "../support/aws";
import { describeWith } from "../support/requirements";
import { type Json, stackOf } from "../support/stacks";
import { type Change, newWorld, Workspace } from "../support/terraform";

const images = {
  old: { amiId: "ami-0123456789abcdef0" },
  new: { amiId: "ami-0fedcba9876543210" },
};
const zones = ["eu-west-1a", "eu-west-1b"];

/** Address of the slot, in the private subnet of the first zone. */
const address = "10.0.24.11";

type Changes = Partial<InstancesProps> & { zonesTurned?: boolean; joinSeconds?: number };

/** Web machines behind a load balancer, the server in a slot that they ask, and a fleet behind the same load balancer. */
const described = (image: { amiId: string }, web: Changes = {}) =>
  synthesize((stack) => {
    const common = {
      name: "blocks-test",
      image,
      instanceType: "t3.small",
      ports: 80,
    } as const;
    const network = new Network(stack, "network", {
      ...{
        name: "blocks-test",
        region: "eu-west-1",
        cidr: "10.0.0.0/16",
        zones,
        reserved: [address],
        onRemoval: "destroy",
      },
    });
    const { vpcId, subnetIds } = network.private;
    const entrance = new LoadBalancer(stack, "entrance", {
      ...{
        name: "blocks-test",
        placement: network.public,
        onRemoval: "destroy",
      },
    });
    const target = (id: string, host: string) =>
      new TargetGroup(stack, id, {
        ...{
          name: "blocks-test",
          vpcId,
          vpcCidr: network.cidr,
          port: 80,
          listener: { arn: entrance.listenerArn },
          route: { host },
        },
      });
    const puppet = new Slot(stack, "puppet", {
      ...{
        ...common,
        ports: 8140,
        placement: { vpcId, subnetIds: [subnetIds[0]!] },
        zone: zones[0]!,
      },
      ...{
        subnetCidr: "10.0.24.0/21",
        privateIp: address,
        dataGib: 20,
        onRemoval: "destroy",
      },
      userData: ({ dataVolumeId }) => `#!/bin/sh\n# \${HOME} %{x} "${dataVolumeId}"\n`,
    });
    const machines = new Instances(stack, "web", {
      ...{
        ...common,
        count: 2,
        registry: target("web-targets", "web.example.com"),
      },
      placement: {
        vpcId,
        subnetIds: web.zonesTurned ? [...subnetIds].reverse() : subnetIds,
      },
      userData: `#!/bin/sh\n# ${puppet.roleArn}\n`,
      ...web,
    });
    const fleet = new Fleet(stack, "workers", {
      ...{
        ...common,
        placement: network.private,
        min: 1,
        desired: 1,
        max: 2,
        onRemoval: "destroy",
      },
      targetGroups: [target("worker-targets", "workers.example.com").arn],
      userData: `#!/bin/sh\n# "${puppet.roleArn}"\n`,
      launchHook: { name: "join", timeoutSeconds: web.joinSeconds ?? 60 },
      terminationHook: { name: "leave", timeoutSeconds: 60 },
      statements: ({ autoScalingGroupName }) => [
        {
          actions: ["autoscaling:CompleteLifecycleAction"],
          resources: [`arn:*:autoscaling:eu-west-1:*:autoScalingGroup:*:autoScalingGroupName/${autoScalingGroupName}`],
        },
      ],
    });
    new VolumeSnapshots(stack, "snapshots", { name: "blocks-test", tags: { "slipway:data": "blocks-test" } });
    puppet.connections.allowFrom(machines, "catalogues");
    machines.connections.allowFrom(entrance, "requests");
    fleet.connections.allowFrom(entrance, "requests");
  }).document;

const summary = (changes: readonly Change[]) =>
  changes.map(({ address, actions }) => `${address.replace(/_[0-9A-F]{8}$/, "")} ${actions.join("+")}`);

describeWith("instances, a slot, a fleet and their target groups", await terraformWithStandIn(), () => {
  let workspace: Workspace;
  const values = async (address: string): Promise<Json> =>
    (await workspace.state()).find((each) => each.address.startsWith(address))!.values;

  beforeAll(async () => {
    workspace = new Workspace(stackOf("blocks", described(images.old)), {
      world: newWorld(),
    });
    await workspace.validate();
    expect((await workspace.apply()).output).toContain("Apply complete!");
  });

  it("change nothing when nothing has changed", async () => {
    expect(await workspace.again()).toMatchObject({ code: 0 });
  });

  it("read their user data as it was written, with values of other resources", async () => {
    const { id } = await values("aws_ebs_volume.puppet_data");
    const { user_data } = await values("aws_launch_template.puppet_template");
    expect(Buffer.from(user_data, "base64").toString()).toBe(`#!/bin/sh\n# \${HOME} %{x} "${id}"\n`);
  });

  it("keep an address for the slot before anything lives in its subnet", async () => {
    const { cidr_block, subnet_id } = await values("aws_ec2_subnet_cidr_reservation.network_private_reserved");
    expect(cidr_block).toBe(`${address}/32`);
    expect((await values("aws_network_interface.puppet_interface")).subnet_id).toBe(subnet_id);
  });

  it("copy the slot's data volume, by a tag that it carries, every day", async () => {
    const [{ target_tags }] = (await values("aws_dlm_lifecycle_policy.snapshots_policy")).policy_details;
    expect((await values("aws_ebs_volume.puppet_data")).tags).toMatchObject(target_tags);
    const { tag_specifications } = await values("aws_launch_template.puppet_template");
    for (const { tags } of tag_specifications) expect(tags).not.toHaveProperty("slipway:data");
  });

  it("wait for another time at their launch without a new group", async () => {
    workspace.hold(described(images.old, { joinSeconds: 120 }));
    expect(summary(await workspace.changes())).toEqual([
      "aws_autoscaling_group.workers_group update",
      "aws_autoscaling_lifecycle_hook.workers_launch-hook update",
    ]);
  });

  it("come and go by one number, each with its place in the target group (S0-38)", async () => {
    workspace.hold(described(images.old, { count: 3 }));
    expect(summary(await workspace.changes())).toEqual([
      "aws_instance.web_machine-3 create",
      "aws_lb_target_group_attachment.web-targets_with-web-machine-3 create",
    ]);
  });

  it("keep every machine through a new image, and through another order of zones", async () => {
    workspace.hold(described(images.new));
    expect(summary(await workspace.changes())).toEqual([
      "aws_autoscaling_group.workers_group update",
      "aws_launch_template.puppet_template update",
      "aws_launch_template.web_template update",
      "aws_launch_template.workers_template update",
    ]);
    expect((await workspace.apply()).output).toContain("0 added, 4 changed, 0 destroyed");
    expect(await workspace.again()).toMatchObject({ code: 0 });
    workspace.hold(described(images.new, { zonesTurned: true }));
    expect(await workspace.changes()).toEqual([]);
  });

  it("are replaced one by one where that is asked for, by the newest version of the template", async () => {
    workspace.hold(described(images.new));
    const machine = (await workspace.state()).find(({ address }) => address.startsWith("aws_instance.web_machine-1"))!;
    const { resource_changes } = await workspace.planned(`-replace=${machine.address}`);
    const replaced = resource_changes.filter(({ change }: Json) => change.actions.includes("delete"));
    expect(replaced.map(({ type }: Json) => type)).toEqual(["aws_instance", "aws_lb_target_group_attachment"]);
    const { latest_version } = await values("aws_launch_template.web_template");
    expect(latest_version).toBe(2);
    expect(replaced[0].change.before.launch_template).toMatchObject([{ version: "1" }]);
    expect(replaced[0].change.after.launch_template).toMatchObject([{ version: "2" }]);
  });

  it("go with their stack", async () => {
    expect((await workspace.destroy()).output).toContain("Destroy complete!");
  });
});

describeWith(`the real AWS provider ${realVersion}`, await terraformWithRealProvider(), () => {
  it("finds nothing wrong with them", async () => {
    const stack = stackOf("blocks", described(images.old));
    await new Workspace(askingFor(realVersion, stack), {
      world: newWorld(),
    }).validate();
  });
});
