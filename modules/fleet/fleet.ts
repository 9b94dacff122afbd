import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { accept } from "../../src/core/accept";
import { machineType } from "../../src/core/machine-types";
import { generationName, nameLimits } from "../../src/core/names";
import { plainTags } from "../../src/core/plain-tags";
import { templateSettings } from "../../src/core/template-settings";
import { watchedFleet } from "../../src/core/watched/machines";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { type Connectable, Connections } from "../connections";
import { MachineRole } from "../machine-role";
import { encodedUserData } from "../user-data";
import { checkFleet, userDataOf } from "./fleet-check";
import type { FleetProps } from "./fleet-props";
import { balancingOf, counted, groupTags, ignoredOf, refreshOf } from "./group-settings";
import { addHooks, firstMachines } from "./hooks";

/** The props with user data that knows its fleet. */
type Settled = Omit<FleetProps, "userData"> & { readonly userData: string | undefined };

/**
 * Identical machines across the zones of a placement, from one launch template, kept in number by an Auto Scaling group.
 *
 * They have no public address unless one is asked for, and no SSH key: Session Manager opens a shell. A change of image,
 * type, volume or user data makes a new version of the template, and the apply starts to replace the machines: new ones
 * first, old ones after. The apply does not wait for that, and AWS goes back to the old version by itself when the new
 * machines do not come up.
 */
export class Fleet extends Construct implements Connectable, Watchable {
  readonly connections: Connections;
  readonly autoScalingGroupArn: string;
  readonly autoScalingGroupName: string;
  readonly roleName: string;
  readonly roleArn: string;
  readonly sizeManagedBy: "us" | "ecs";
  /**
   * Name of this generation of the group, plain text. It changes exactly when the group is made anew beside the old one:
   * with another kind of processor, whose machines must not mix, with another manager of its size, which protects machines
   * from their start on or not at all, and with or without a launch hook. A capacity provider of the same name lives and dies
   * with the group.
   */
  readonly generation: string;
  /** Of the group, by its name: what there is to watch. */
  readonly watched: Watched;

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    checkFleet(this, props);
    const { name, placement, ports, sizeManagedBy = "us" } = props;
    const words = [name, id];
    const architecture = props.architecture ?? machineType(props.instanceType)!.architecture;
    this.sizeManagedBy = sizeManagedBy;
    const anew = [architecture, sizeManagedBy, ...(props.launchHook ? ["launch hook"] : [])];
    this.generation = generationName(words, anew, nameLimits.launchTemplate);
    const facts = { autoScalingGroupName: this.generation };
    const userData = userDataOf(this, props, facts);
    this.connections = new Connections(this, "connections", { vpcId: placement.vpcId, ports });

    const role = new MachineRole(this, "identity", {
      words,
      description: `Machines of ${this.node.path}`,
      statements: typeof props.statements === "function" ? props.statements(facts) : props.statements,
    });
    const tags = plainTags(props.tags, { Name: words.join("-") });
    const template = this.template({ ...props, userData }, role.profileArn, tags);
    const group = new AutoscalingGroup(this, "group", {
      name: this.generation,
      vpcZoneIdentifier: [...placement.subnetIds],
      minSize: props.min,
      desiredCapacity: props.desired,
      maxSize: props.max,
      // The number of a version, never `$Latest`: only a number that changes starts a refresh, and only it can go back.
      launchTemplate: { id: template.id, version: Fn.tostring(template.latestVersion) },
      ...refreshOf(props),
      ...balancingOf(props),
      ...counted,
      healthCheckGracePeriod: props.healthCheckGraceSeconds ?? 300,
      ...firstMachines(props),
      forceDelete: props.onRemoval === "destroy",
      protectFromScaleIn: sizeManagedBy === "ecs",
      tag: groupTags(tags, sizeManagedBy),
      // AWS refuses the agents of a machine that boots before it was granted its rights; they try again only now and then.
      dependsOn: role.grants,
      lifecycle: { createBeforeDestroy: true, ...ignoredOf(props) },
    });
    if (props.targetGroups && props.healthCheckedBy === "machine") {
      accept(group, "ASG-03", "ending machines would not help a service that fails: asked for by name");
    }
    addHooks(this, group.name, props);
    this.watched = watchedFleet(group.name, props);
    this.autoScalingGroupArn = group.arn;
    this.autoScalingGroupName = group.name;
    this.roleName = role.name;
    this.roleArn = role.arn;
  }

  private template(props: Settled, profileArn: string, tags: Record<string, string>): LaunchTemplate {
    const { image, userData, volumeGib = 30, publicAddress = false, alsoAs = [] } = props;
    const template = new LaunchTemplate(this, "template", {
      name: this.generation,
      ...templateSettings({ ...props, imageId: image.amiId, rootGib: volumeGib, tags }),
      userData: userData === undefined ? undefined : encodedUserData(this, "user-data", userData),
      iamInstanceProfile: { arn: profileArn },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: `${publicAddress}`,
          deleteOnTermination: "true",
          securityGroups: [this, ...alsoAs].map(({ connections }) => connections.securityGroupId),
        },
      ],
      lifecycle: { createBeforeDestroy: true },
    });
    if (publicAddress) accept(template, "EC2-03", "public addresses were asked for: there is no NAT to call out by");
    return template;
  }
}
