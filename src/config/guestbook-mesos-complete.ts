import { addressPlan, type Tier, zoneLetter } from "../core/address-plan";
import { hostAddress } from "../core/host-address";
import { hostNumber, memberNames, myidsOf, zonesOf } from "../core/mesos-members";
import { majority } from "../core/quorum";
import type { ParsedEnvironment } from "./shape/environment";

export type ParsedGuestbookMesos = NonNullable<ParsedEnvironment["guestbookMesos"]>;

/** Where a machine stands that others know by its address. */
export interface MesosPlace {
  readonly zone: string;
  readonly subnetCidr: string;
  readonly address: string;
}

type Sized = ParsedGuestbookMesos["gocd"];
type Single = Pick<Sized, "type" | "rootGib" | "dataGib"> & MesosPlace;

/** The machines of Chef server, Marathon and Sensu, by name. */
export type ManagementMachines = { management: Single } | { chef?: Single; marathon: Single; sensu: Single };

/** The guestbook on Mesos of one environment, with every default filled in. */
export type CompleteGuestbookMesos = Omit<
  ParsedGuestbookMesos,
  | "network"
  | "privateZone"
  | "zookeeper"
  | "masters"
  | "consul"
  | "agents"
  | "management"
  | "gocd"
  | "frontends"
  | "place"
> & {
  network: Omit<ParsedGuestbookMesos["network"], "machineZones"> & { machineZones: readonly string[] };
  privateZone: string;
  zookeeper: ParsedGuestbookMesos["zookeeper"] & { members: Record<string, MesosPlace & { myid: number }> };
  masters: ParsedGuestbookMesos["masters"] & { quorum: number; members: Record<string, MesosPlace> };
  consul: { bootstrapExpect: number };
  agents: ParsedGuestbookMesos["agents"] & { desired: number };
  management: ManagementMachines;
  gocd: Omit<Sized, "agents"> & MesosPlace & { agents: Sized["agents"] & { desired: number } };
  frontends: ParsedGuestbookMesos["frontends"] & { members: Record<string, MesosPlace> };
};

export function completeGuestbookMesos(parsed: ParsedGuestbookMesos, environment: string): CompleteGuestbookMesos {
  const { network, zookeeper, masters, consul, agents, gocd, frontends, place, ...rest } = parsed;
  const machineZones = [...(network.machineZones ?? network.zones)].sort();
  const zones = placesOf(parsed);
  const at = (name: string, tier: Tier = "private"): MesosPlace => placeOf(network.cidr, zones[name]!, name, tier);
  const named = <T>(names: readonly string[], make: (name: string) => T) =>
    Object.fromEntries(names.map((name) => [name, make(name)]));
  const zookeepers = memberNames("zk", zookeeper.count);
  const myids = myidsOf(zookeepers, zookeeper.ids);
  const single = (name: string, machine: Pick<Sized, "type" | "rootGib" | "dataGib">) => ({ ...machine, ...at(name) });
  return {
    ...rest,
    // The Elastic IP moves by calls to EC2, which must not need the way to the internet.
    network: { ...network, machineZones, endpoints: [...new Set(["ec2", ...network.endpoints])] },
    privateZone: parsed.privateZone ?? `guestbook-mesos-${environment}.internal`,
    zookeeper: { ...zookeeper, members: named(zookeepers, (name) => ({ ...at(name), myid: myids[name]! })) },
    masters: {
      ...masters,
      quorum: masters.quorum ?? majority(masters.count),
      members: named(memberNames("master", masters.count), (name) => at(name)),
    },
    consul: { bootstrapExpect: consul.bootstrapExpect ?? masters.count },
    agents: { ...agents, desired: agents.desired ?? agents.min },
    management: managementOf(parsed, single),
    gocd: { ...gocd, ...at("gocd"), agents: { ...gocd.agents, desired: gocd.agents.desired ?? gocd.agents.min } },
    frontends: { ...frontends, members: named(memberNames("fe", 2), (name) => at(name, "public")) },
  };
}

function managementOf(
  { management, configuration }: ParsedGuestbookMesos,
  single: (name: string, machine: Pick<Sized, "type" | "rootGib" | "dataGib">) => Single,
): ManagementMachines {
  if ("together" in management) return { management: single("management", management.together) };
  const { chef, marathon, sensu } = management.apart;
  return {
    ...(configuration === "server" && chef && { chef: single("chef", chef) }),
    marathon: single("marathon", marathon),
    sensu: single("sensu", sensu),
  };
}

interface Placing {
  readonly network: { readonly zones: readonly string[]; readonly machineZones?: readonly string[] | undefined };
  readonly zookeeper: { readonly count: number };
  readonly masters: { readonly count: number };
  readonly management: object;
  readonly place: Readonly<Record<string, string | undefined>>;
}

/** Names of the machines that have places, in groups whose members should stand apart. */
export function placedGroups({ zookeeper, masters, management }: Omit<Placing, "network" | "place">) {
  return {
    zookeeper: memberNames("zk", zookeeper.count),
    masters: memberNames("master", masters.count),
    frontends: memberNames("fe", 2),
    singles: [...("apart" in management ? ["chef", "marathon", "sensu"] : ["management"]), "gocd"],
  };
}

/** The zone of each machine that has a place. */
export function placesOf(placing: Placing): Readonly<Record<string, string>> {
  const { network, place } = placing;
  const zones = network.machineZones ?? network.zones;
  const { zookeeper, masters, frontends, singles } = placedGroups(placing);
  const groups = [zookeeper, masters, frontends, ...singles.map((name) => [name])];
  return Object.assign({}, ...groups.map((names) => zonesOf(names, zones, place)));
}

function placeOf(cidr: string, zone: string, name: string, tier: Tier): MesosPlace {
  const subnetCidr = addressPlan(cidr).slot(tier, zoneLetter(zone));
  return { zone, subnetCidr, address: hostAddress(subnetCidr, hostNumber(name)) };
}
