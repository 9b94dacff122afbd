import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { DataResource } from "cdktf";
import { Construct } from "constructs";
import { literalAroundValues } from "../../src/core/literal-around-values";
import { plainTags } from "../../src/core/plain-tags";
import { watchedMachine } from "../../src/core/watched/machines";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { type Connectable, Connections } from "../connections";
import { MachineRole } from "../machine-role";
import { checkMachine } from "./machine-check";
import type { MachineProps } from "./machine-props";

/**
 * One machine that is looked after by itself, such as a database server: no group brings it back.
 *
 * Its address and its data volume are resources of their own. A new image or new user data replaces the machine, with an
 * outage of a few minutes, and its successor gets both. It has no public address and no SSH key: Session Manager opens a shell,
 * where the network leads to it. AWS restarts the machine by itself on other hardware when the hardware fails.
 */
export class Machine extends Construct implements Connectable, Watchable {
  readonly connections: Connections;
  /** The address given; otherwise known only after apply. */
  readonly privateIp: string;
  readonly roleName: string;
  /** Id of the data volume, where there is one: for backups by id. */
  readonly dataVolumeId: string | undefined;
  private readonly instance: Instance;

  constructor(scope: Construct, id: string, props: MachineProps) {
    super(scope, id);
    checkMachine(this, props);
    const { name, placement, ports, statements = [], onRemoval = "keep", dataGib } = props;
    const { replacement = onRemoval === "keep" ? "refused" : "allowed" } = props;
    const words = [name, id];
    const tags = plainTags(props.tags, { Name: words.join("-") });
    this.connections = new Connections(this, "connections", { vpcId: placement.vpcId, ports });
    const role = new MachineRole(this, "identity", {
      ...{ words, statements },
      description: `The machine ${this.node.path}`,
    });
    this.roleName = role.name;
    const address = this.address(props, tags);
    this.privateIp = props.privateIp ?? address.privateIp;
    const volume = dataGib === undefined ? undefined : this.dataVolume(props, dataGib, tags);
    this.dataVolumeId = volume?.id;

    const userData = props.userData?.({ dataVolumeId: volume?.id });
    this.instance = new Instance(this, "instance", {
      ami: props.image.amiId,
      instanceType: props.instanceType,
      networkInterface: [{ deviceIndex: 0, networkInterfaceId: address.id, deleteOnTermination: false }],
      iamInstanceProfile: role.profileName,
      userData: userData === undefined ? undefined : literalAroundValues(userData),
      userDataReplaceOnChange: true,
      rootBlockDevice: {
        ...{ volumeType: "gp3", volumeSize: props.rootGib ?? 8, encrypted: true, deleteOnTermination: true },
        tags,
      },
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      monitoring: props.detailedMonitoring ?? false,
      disableApiTermination: replacement === "refused",
      tags,
      // AWS refuses the agent of a machine that boots before it was granted its rights; it tries again only now and then.
      dependsOn: role.grants,
    });
    if (volume) this.attach(volume, replacement);
  }

  get watched(): Watched {
    return watchedMachine(this.instanceId);
  }

  get instanceId(): string {
    return this.instance.id;
  }

  private address({ placement, privateIp }: MachineProps, tags: Record<string, string>): NetworkInterface {
    // AWS takes the first address from no interface: another address is another interface.
    const wanted = new DataResource(this, "address", { input: { privateIp: privateIp ?? "any" } });
    return new NetworkInterface(this, "interface", {
      subnetId: placement.subnetIds[0]!,
      privateIps: privateIp === undefined ? undefined : [privateIp],
      securityGroups: [this.connections.securityGroupId],
      description: `address of ${this.node.path}`,
      tags,
      // Terraform wants the bare address here; CDKTF would write an expression.
      lifecycle: { replaceTriggeredBy: [`${wanted.terraformResourceType}.${wanted.friendlyUniqueId}`] },
    });
  }

  private dataVolume(
    { zone, onRemoval = "keep" }: MachineProps,
    size: number,
    tags: Record<string, string>,
  ): EbsVolume {
    const kept = onRemoval === "keep";
    return new EbsVolume(this, "data", {
      availabilityZone: zone,
      ...{ size, type: "gp3", encrypted: true, finalSnapshot: kept },
      tags: { ...tags, Name: `${tags.Name}-data` },
      lifecycle: kept ? { preventDestroy: true } : undefined,
    });
  }

  private attach(volume: EbsVolume, replacement: "allowed" | "refused"): void {
    new VolumeAttachment(this, "attachment", {
      deviceName: "/dev/sdf",
      volumeId: volume.id,
      instanceId: this.instance.id,
      // The attachment goes before the machine. File systems are written out by a machine that stops first; but one that AWS then
      // refuses to end would stay stopped, so it keeps its volume until it is gone.
      ...(replacement === "allowed" ? { stopInstanceBeforeDetaching: true } : { skipDestroy: true }),
    });
  }
}
