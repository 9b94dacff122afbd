import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { DataResource } from "cdktf";
import { Construct } from "constructs";
import { accept } from "../../src/core/accept";
import { InvalidProps } from "../../src/core/invalid-props";
import { aboutSingleMachine } from "../../src/core/machine-complaints";
import { nameLimits, physicalName } from "../../src/core/names";
import { plainTags } from "../../src/core/plain-tags";
import { watchedSlot } from "../../src/core/watched/machines";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { type Connectable, Connections } from "../connections";
import { MachineRole } from "../machine-role";
import type { SlotFacts, SlotProps } from "./slot-props";
import { slotTemplate } from "./slot-template";
import { attachStatements, slotTag, slotVolume } from "./slot-volume";

/**
 * A place for one machine that heals itself: when the machine fails, AWS starts another one at the same address, which
 * takes the same data volume. Some minutes pass without it.
 *
 * A new image, type or user data reaches no running machine: an apply only makes the next version of the template. Slots
 * that hold a quorum between them would otherwise all be replaced at once. `replaceCommand` replaces the machine of one
 * slot; run it slot by slot, and wait each time until the cluster is whole again. A machine that AWS replaces by itself
 * gets the newest version as well.
 */
export class Slot extends Construct implements Connectable, Watchable {
  readonly connections: Connections;
  readonly privateIp: string;
  readonly roleName: string;
  readonly roleArn: string;
  /** Plain text. */
  readonly autoScalingGroupName: string;
  /** Id of the data volume, where there is one: for backups by id. */
  readonly dataVolumeId: string | undefined;
  /** For a shell: replaces the machine by one of the newest template. The old one ends first. */
  readonly replaceCommand: string;

  constructor(scope: Construct, id: string, props: SlotProps) {
    super(scope, id);
    checkSlot(this, props);
    const { placement, ports, statements = [], dataGib, privateIp } = props;
    const words = [props.name, id];
    const name = physicalName(words, nameLimits.launchTemplate);
    const tags = plainTags(props.tags, { [slotTag]: name, Name: words.join("-") });
    this.connections =
      props.memberOf?.connections ?? new Connections(this, "connections", { vpcId: placement.vpcId, ports });
    const volume = dataGib === undefined ? undefined : slotVolume(this, props, dataGib, tags);
    const role = new MachineRole(this, "identity", {
      words,
      description: `The machine in ${this.node.path}`,
      statements: [...statements, ...(volume ? attachStatements(volume, name) : [])],
    });
    const template = slotTemplate(this, props, {
      ...{ name, tags },
      profileArn: role.profileArn,
      interfaceId: this.interface(props, tags).id,
      userData: props.userData?.({ dataVolumeId: volume?.id }),
    });
    this.group(props.zone, template.id, tags, role);
    this.privateIp = privateIp;
    this.roleName = role.name;
    this.roleArn = role.arn;
    this.autoScalingGroupName = name;
    this.dataVolumeId = volume?.id;
    // A zone is its region and a letter.
    const region = props.zone.slice(0, -1);
    this.replaceCommand = `aws autoscaling start-instance-refresh --region ${region} --auto-scaling-group-name ${name} --preferences MinHealthyPercentage=0,MaxHealthyPercentage=100`;
  }

  get watched(): Watched {
    return watchedSlot(this.autoScalingGroupName);
  }

  private interface({ placement, privateIp, alsoAs = [] }: SlotProps, tags: Record<string, string>): NetworkInterface {
    // AWS takes the first address from no interface: another address is another interface.
    const wanted = new DataResource(this, "address", { input: { privateIp } });
    return new NetworkInterface(this, "interface", {
      subnetId: placement.subnetIds[0]!,
      privateIps: [privateIp],
      securityGroups: [this, ...alsoAs].map(({ connections }) => connections.securityGroupId),
      description: `address of ${this.node.path}`,
      tags,
      // Terraform wants the bare address here; CDKTF would write an expression.
      lifecycle: { replaceTriggeredBy: [`${wanted.terraformResourceType}.${wanted.friendlyUniqueId}`] },
    });
  }

  private group(zone: string, templateId: string, tags: Record<string, string>, { grants }: MachineRole): void {
    const group = new AutoscalingGroup(this, "group", {
      name: tags[slotTag]!,
      // The interface brings its subnet: AWS takes the zone instead of one here, and refuses both.
      availabilityZones: [zone],
      ...{ minSize: 1, desiredCapacity: 1, maxSize: 1 },
      // Without instance_refresh: machines are replaced slot by slot, by the runbook, never by an apply.
      launchTemplate: { id: templateId, version: "$Latest" },
      // The interface must be free before the successor starts.
      instanceMaintenancePolicy: { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
      suspendedProcesses: ["AZRebalance"],
      healthCheckType: "EC2",
      healthCheckGracePeriod: 300,
      waitForCapacityTimeout: "10m",
      // Never by force: AWS would still be ending the machine when Terraform wants to delete its interface and its volume.
      forceDelete: false,
      // AWS counts every minute, and for nothing.
      ...{ enabledMetrics: ["GroupInServiceInstances"], metricsGranularity: "1Minute" },
      tag: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
      // AWS refuses the agent of a machine that boots before it was granted its rights; it tries again only now and then.
      dependsOn: grants,
    });
    accept(group, "X-05", "a runbook replaces the machines of slots one by one, so that no apply takes a quorum down");
  }
}

/** Throws over the first prop that AWS, or the first boot, would refuse. */
function checkSlot(at: Slot, props: SlotProps): void {
  const { rootGib = 8, dataGib } = props;
  const facts: SlotFacts = { dataVolumeId: dataGib === undefined ? undefined : "vol-0123456789abcdef0" };
  const userData = props.userData?.(facts);
  for (const complaint of aboutSingleMachine({ ...props, rootGib, userData })) throw new InvalidProps(at, complaint);
}
