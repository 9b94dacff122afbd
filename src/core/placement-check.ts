import { type Architecture, type MachineType, machineType, machineTypes, unknownTypeFix } from "./machine-types";

/** Memory that the ECS agent is told to keep from tasks (`ECS_RESERVED_MEMORY`): itself, Docker, the SSM agent. */
export const agentReserveMib = 128;

/** Tasks of one service, as they compete for room on the machines. */
export interface PlacedService {
  readonly name: string;
  /** CPU units of one task; 1024 are one vCPU. */
  readonly cpu: number;
  readonly memoryMib: number;
  /** Most tasks that ever run: the highest count of its scaling, or its fixed count. */
  readonly count: number;
  /**
   * In `bridge` mode tasks share the machine's interface. In `awsvpc` mode each takes one of its own.
   * @default "bridge"
   */
  readonly networkMode?: "bridge" | "awsvpc";
  /**
   * Port of the machine that a task takes. A machine has each of its ports once, so that it holds one such task.
   * @default - Docker chooses a free one
   */
  readonly hostPort?: number;
  /**
   * In percent of the count, how many tasks must at least and may at most run while ECS replaces them.
   * @default - 100 to 200: a new task starts before an old one stops
   */
  readonly rolling?: Rolling;
}

interface Rolling {
  readonly minHealthyPercent: number;
  readonly maxPercent: number;
}

/** What takes its part of every machine before tasks of services get theirs. */
export interface EverywherePlaced {
  readonly name: string;
  readonly cpu: number;
  readonly memoryMib: number;
}

export interface PlacedOn {
  /** EC2 instance type. */
  readonly type: string;
  /** Most machines that ever run. */
  readonly max: number;
  /**
   * Daemons: a task of each runs on every machine.
   * @default - none
   */
  readonly everywhere?: readonly EverywherePlaced[];
}

/** One reason why tasks would wait for a machine for ever. */
export interface PlacementMistake {
  /** The service that does not fit; nothing when the machines are to blame. */
  readonly service?: string;
  readonly prop: "type" | "max" | "cpu" | "memoryMib" | "architecture" | "rolling";
  readonly got: unknown;
  readonly want: string;
  readonly fix: string;
}

/**
 * Memory in MiB that tasks can use on one machine.
 *
 * The kernel and the hypervisor take their part before the ECS agent counts, and AWS publishes no figures. 64 MiB and 4 %
 * of the nominal memory is a little more than what was seen taken: Amazon Linux 2 left 7,817 of 8,192 MiB on an m6i.large
 * (amazon-ecs-ami issue 597), Amazon Linux 2023 31,517 of 32,768 on an r6id.xlarge and 126,722 of 131,072 on an
 * r6id.4xlarge. A later kernel may take more: leave a few MiB of room rather than use this figure up.
 */
export function taskMemoryMib({ memoryMib }: Pick<MachineType, "memoryMib">): number {
  return Math.max(0, Math.floor(memoryMib - 64 - 0.04 * memoryMib) - agentReserveMib);
}

/** What would keep tasks of these services from being placed. Nothing found means that they fit, rolling updates included. */
export function checkPlacement(
  { type: name, max, everywhere = [] }: PlacedOn,
  services: readonly PlacedService[],
): PlacementMistake[] {
  const type = machineType(name);
  if (type === undefined) {
    return [{ prop: "type", got: name, want: "an EC2 instance type that Slipway knows", fix: unknownTypeFix(name) }];
  }
  const stuck = services.flatMap(stuckWith);
  if (stuck.length > 0) return stuck;
  const tooBig = services.flatMap((service) => tooBigFor(type, service, everywhere));
  return tooBig.length > 0 ? tooBig : tooMany(type, max, services, everywhere);
}

/** A machine image for one kind of processor on machines with the other does not boot, and its tasks never start. */
export function checkArchitecture(typeName: string, image: string): PlacementMistake[] {
  const [wanted, found] = [machineType(typeName)?.architecture, imageArchitecture(image)];
  if (wanted === undefined || found === undefined || wanted === found) return [];
  return [
    {
      prop: "architecture",
      got: image,
      want: `an image for ${wanted}, the processors of ${typeName}`,
      fix: `take the ${wanted} build of the image, or a machine type with ${found} processors`,
    },
  ];
}

/** The processor that the name or the SSM parameter of a machine image speaks of, if it does. */
export function imageArchitecture(image: string): Architecture | undefined {
  if (/arm64|aarch64/.test(image)) return "arm64";
  // AWS's public parameters of the ECS images name the processor only where it is not x86_64.
  if (/x86_64|amd64/.test(image) || image.startsWith("/aws/service/ecs/optimized-ami/")) return "x86_64";
  return undefined;
}

/** CPU units, MiB and network interfaces: what a machine has and a task takes. */
type Room = readonly [cpu: number, memoryMib: number, interfaces: number];

/** What a machine offers to services, beside those who are on every machine. */
function roomOn(type: MachineType, everywhere: readonly EverywherePlaced[]): Room {
  const taken = (of: "cpu" | "memoryMib") => everywhere.reduce((sum, one) => sum + one[of], 0);
  const left = (all: number, of: "cpu" | "memoryMib") => Math.max(0, all - taken(of));
  return [left(type.vcpus * 1024, "cpu"), left(taskMemoryMib(type), "memoryMib"), type.networkInterfaces - 1];
}
const roomOf = ({ cpu, memoryMib, networkMode }: PlacedService): Room => [
  cpu,
  memoryMib,
  networkMode === "awsvpc" ? 1 : 0,
];
const fitsIn = (task: Room, free: Room) => task.every((need, i) => need <= free[i]!);

const usual: Rolling = { minHealthyPercent: 100, maxPercent: 200 };

/** Tasks that ECS must start before it may stop one of `count`: one, where all of them must stay healthy. */
const besides = ({ count, rolling: { minHealthyPercent } = usual }: PlacedService) =>
  count > 0 && Math.ceil((count * minHealthyPercent) / 100) >= count ? 1 : 0;

/** ECS rounds the least up and the most down, and then has to be able to do one or the other. */
function stuckWith(service: PlacedService): PlacementMistake[] {
  const { name, count, rolling: { minHealthyPercent, maxPercent } = usual } = service;
  const most = Math.floor((count * maxPercent) / 100);
  if (count === 0 || most > count || besides(service) === 0) return [];
  return [
    {
      ...{ service: name, prop: "rolling", got: `${minHealthyPercent} to ${maxPercent} %` },
      want: `room to start a task beside ${count} or to stop one of them: of ${count}, these are ${count} to ${most}`,
      fix: "allow 200 % at most, or 0 % at least where an outage is no harm",
    },
  ];
}

function tooBigFor(
  type: MachineType,
  service: PlacedService,
  everywhere: readonly EverywherePlaced[],
): PlacementMistake[] {
  const [cpu, memoryMib] = roomOn(type, everywhere);
  // Types come smallest first within a family, and a family keeps its processor.
  const family = type.name.split(".")[0];
  const larger = machineTypes.find(
    (other) => other.name.startsWith(`${family}.`) && fitsIn(roomOf(service), roomOn(other, everywhere)),
  );
  const take = larger ? `take machines of type ${larger.name} or larger` : "take machines of a larger family";
  const daemons = everywhere.map(({ name }) => name).join(" and ");
  const beside = daemons ? `, beside ${daemons} on each machine` : "";
  const mistake = (prop: "cpu" | "memoryMib", most: number, what: string, why: string): PlacementMistake[] =>
    service[prop] > most
      ? [
          {
            ...{ service: service.name, prop, got: service[prop] },
            want: `at most ${most}, ${what} a ${type.name} offers to tasks${beside}`,
            fix: `${take}, or lower it${why}`,
          },
        ]
      : [];
  const kept = type.memoryMib - taskMemoryMib(type);
  return [
    ...mistake("cpu", cpu, "the CPU units that", ""),
    ...mistake(
      "memoryMib",
      memoryMib,
      "the MiB that",
      `; of its ${type.memoryMib} MiB the kernel and the ECS agent keep ${kept}`,
    ),
  ];
}

function tooMany(
  type: MachineType,
  max: number,
  services: readonly PlacedService[],
  everywhere: readonly EverywherePlaced[],
): PlacementMistake[] {
  const needed = machinesFor(type, services, everywhere);
  if (needed <= max) return [];
  const tasks = services.reduce((sum, { count }) => sum + count, 0);
  const fixed = services.some(({ hostPort }) => hostPort !== undefined);
  const update = services.some((service) => besides(service) > 0) ? " and one more during a rolling update" : "";
  const ports = fixed ? ", of which a machine holds one for each of its ports" : "";
  return [
    {
      prop: "max",
      got: max,
      want: `at least ${needed}, for ${tasks} tasks at the services' highest counts${update}${ports}`,
      fix: `raise max to ${needed}, take larger machines, or lower the services' highest counts`,
    },
  ];
}

/**
 * Machines that the services need at their highest counts, with one more task of the largest kind for a rolling update, where one
 * starts new tasks beside the old ones.
 *
 * Largest first, each task on the first machine with room and with its port free. ECS spreads tasks over zones and packs no
 * tighter, so what does not fit here cannot be relied on to fit there.
 */
export function machinesFor(
  type: MachineType,
  services: readonly PlacedService[],
  everywhere: readonly EverywherePlaced[] = [],
): number {
  const whole = roomOn(type, everywhere);
  const share = (task: Room) => Math.max(...task.map((need, i) => (need === 0 ? 0 : need / whole[i]!)));
  const groups = services
    .filter(({ count }) => count > 0)
    .map((service) => ({ task: roomOf(service), ...service, besides: besides(service) }))
    .sort((a, b) => share(b.task) - share(a.task));
  const updated = groups.find((group) => group.besides > 0);
  const machines: { room: Room; readonly ports: Set<number> }[] = [];
  for (const group of groups) {
    const { task, hostPort } = group;
    const most = (room: Room, ports: ReadonlySet<number>) => {
      if (hostPort !== undefined && ports.has(hostPort)) return 0;
      const fitting = Math.min(...task.map((need, i) => (need === 0 ? Infinity : Math.floor(room[i]! / need))));
      return hostPort === undefined ? fitting : Math.min(1, fitting);
    };
    let left = group.count + (group === updated ? 1 : 0);
    for (let n = 0; left > 0; n++) {
      if (n === machines.length) {
        if (most(whole, new Set()) === 0) return Number.POSITIVE_INFINITY; // larger than a machine
        machines.push({ room: whole, ports: new Set() });
      }
      const machine = machines[n]!;
      const placed = Math.min(left, most(machine.room, machine.ports));
      if (placed === 0) continue;
      const { room } = machine;
      machine.room = [room[0] - placed * task[0], room[1] - placed * task[1], room[2] - placed * task[2]];
      if (hostPort !== undefined) machine.ports.add(hostPort);
      left -= placed;
    }
  }
  return machines.length;
}
