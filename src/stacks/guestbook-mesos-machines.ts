import type { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { Construct } from "constructs";
import { type Connectable, Connections } from "../../modules/connections";
import { Fleet } from "../../modules/fleet";
import { FrontEnds } from "../../modules/front-ends";
import { MachineImage } from "../../modules/machine-image";
import type { Network } from "../../modules/network";
import { Slot } from "../../modules/slot";
import type { GuestbookMesos, MesosPlace } from "../config";
import { accept } from "../core/accept";
import { imageName } from "../core/image-catalogue";
import { systemTags } from "./foundation";
import { type MesosRightsSite, mesosRights } from "./guestbook-mesos-rights";
import { consulTag, drainHook, type MesosRole, type MesosSettings } from "./guestbook-mesos-settings";

interface MachinesProps extends MesosRightsSite {
  readonly network: Network;
  readonly settings: MesosSettings;
  /** User data with these settings of a machine in it. */
  readonly boot: (settings: object) => string;
}

type ImageKind = keyof GuestbookMesos["images"];
type Sized = { readonly type: string; readonly rootGib: number; readonly dataGib?: number };

/** The machines of the guestbook on Mesos. Members of a quorum share a security group, and every machine carries `machine`. */
export class GuestbookMesosMachines {
  /** The security group of each machine beside its own. */
  readonly machine: Connectable;
  readonly zookeeper: Connectable;
  readonly master: Connectable;
  /** Machines of which each has its place, by name. */
  readonly slots: Readonly<Record<string, Slot>>;
  readonly agents: Fleet;
  readonly gocdAgents: Fleet;
  readonly frontends: FrontEnds;
  private readonly name: string;
  private readonly images = new Map<string, MachineImage>();

  constructor(
    private readonly scope: Construct,
    private readonly props: MachinesProps,
  ) {
    const { system, environment } = props;
    this.name = `guestbook-mesos-${environment.name}`;
    this.machine = this.group("machine");
    this.zookeeper = this.group("zookeeper");
    this.master = this.group("master");
    const { zookeeper, masters, management, gocd } = system;
    const slots = [
      ...Object.entries(zookeeper.members).map(([name, { myid, ...place }]) => {
        return this.slot(
          name,
          "zookeeper",
          "zookeeper",
          { ...zookeeper, ...place },
          { memberOf: this.zookeeper, myid },
        );
      }),
      ...Object.entries(masters.members).map(([name, place]) => {
        const tags = { [consulTag]: this.name };
        return this.slot(name, "mesos-master", "master", { ...masters, ...place }, { memberOf: this.master, tags });
      }),
      ...Object.entries(management).map(([name, machine]) => this.slot(name, name as MesosRole, "management", machine)),
      this.slot("gocd", "gocd", "gocd", gocd),
    ];
    this.slots = Object.fromEntries(slots.map((slot) => [slot.node.id, slot]));
    this.agents = this.fleet("agents", "mesos-agent", "agent", system.agents, true);
    this.gocdAgents = this.fleet("gocd-agents", "gocd-agent", "gocd", gocd.agents, false);
    this.frontends = this.frontEnds();
  }

  private group(word: string): Connectable {
    const owner = new Construct(this.scope, word);
    return { connections: new Connections(owner, "connections", { vpcId: this.props.network.vpcId }) };
  }

  private slot(
    id: string,
    role: MesosRole,
    image: ImageKind,
    { zone, subnetCidr, address, type, rootGib, dataGib }: Sized & MesosPlace,
    own: { readonly memberOf?: Connectable; readonly myid?: number; readonly tags?: Record<string, string> } = {},
  ): Slot {
    const { settings, boot, environment } = this.props;
    const { myid, memberOf } = own;
    return new Slot(this.scope, id, {
      ...{ ...this.common(role, image), memberOf, alsoAs: [this.machine], zone, subnetCidr, privateIp: address },
      ...{ instanceType: type, rootGib, dataGib, placement: this.placement([zone]) },
      tags: { ...this.tags(role), ...own.tags },
      statements: mesosRights(role, this.props),
      userData: ({ dataVolumeId: dataVolume }) => boot(settings.of({ role, hostname: id, zone, myid, dataVolume })),
      onRemoval: environment.onRemoval,
    });
  }

  private fleet(
    id: string,
    role: MesosRole,
    image: ImageKind,
    { type, min, desired, max, volumeGib }: GuestbookMesos["agents"] | GuestbookMesos["gocd"]["agents"],
    drains: boolean,
  ): Fleet {
    const { settings, boot, environment, system } = this.props;
    const zones = system.network.machineZones;
    const fleet = new Fleet(this.scope, id, {
      ...{ ...this.common(role, image), alsoAs: [this.machine], placement: this.placement(zones) },
      ...{ instanceType: type, min, desired, max, volumeGib },
      // Tasks move to other machines and come up there; four of five serve meanwhile.
      refresh: { minHealthyPercent: 80, maxHealthyPercent: 120, warmupSeconds: 300 },
      terminationHook: drains ? drainHook : undefined,
      tags: this.tags(role),
      statements: ({ autoScalingGroupName: group }) => mesosRights(role, this.props, group),
      userData: ({ autoScalingGroupName: group }) => boot(settings.of({ role, group })),
      onRemoval: environment.onRemoval,
    });
    if (zones.length === 1 && max > 1) {
      const group = fleet.node.findChild("group") as AutoscalingGroup;
      accept(group, "ASG-04", "the description puts all machines into one zone, and says so in quorumInOneZone");
    }
    return fleet;
  }

  private frontEnds(): FrontEnds {
    const { system, network, settings, boot } = this.props;
    const { type: instanceType, rootGib, members } = system.frontends;
    const sorted = [...system.network.zones].sort();
    const machines = Object.entries(members).map(([name, { zone, subnetCidr, address: privateIp }]) => {
      const subnetId = network.public.subnetIds[sorted.indexOf(zone)]!;
      return [name, { subnetId, zone, subnetCidr, privateIp }] as const;
    });
    return new FrontEnds(this.scope, "frontends", {
      ...{ ...this.common("frontend", "frontend"), vpcId: network.vpcId, machines: Object.fromEntries(machines) },
      ...{ instanceType, rootGib, alsoAs: [this.machine], tags: this.tags("frontend") },
      statements: mesosRights("frontend", this.props),
      userData: ({ key }) => boot(settings.of({ role: "frontend", hostname: key, zone: members[key]!.zone })),
    });
  }

  /** Subnets of the private tier in zones; those of a tier are in the order of their zones' names. */
  private placement(zones: readonly string[]) {
    const { network, system } = this.props;
    const sorted = [...system.network.zones].sort();
    const subnetIds = zones.map((zone) => network.private.subnetIds[sorted.indexOf(zone)]!);
    return { vpcId: network.vpcId, subnetIds };
  }

  private common(role: MesosRole, kind: ImageKind) {
    return { name: this.name, image: this.image(kind), tags: this.tags(role) };
  }

  private tags(role: MesosRole): Record<string, string> {
    const { environment } = this.props;
    return { ...environment.tags, ...systemTags(environment, "guestbook-mesos"), "slipway:role": role };
  }

  /** One look for each image, however many machines start from it. */
  private image(kind: ImageKind): MachineImage {
    const name = imageName(this.props.system.images[kind]);
    const known = this.images.get(name);
    if (known) return known;
    const image = new MachineImage(this.scope, `${kind}-image`, { name, owner: "self" });
    this.images.set(name, image);
    return image;
  }
}
