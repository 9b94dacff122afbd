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
}

export interface PlacedOn {
  /** EC2 instance type. */
  readonly type: string;
  /** Most machines that ever run. */
  readonly max: number;
}

/** One reason why tasks would wait for a machine for ever. */
export interface PlacementMistake {
  /** The service that does not fit; nothing when the machines are to blame. */
  readonly service?: string;
  readonly prop: "type" | "max" | "cpu" | "memoryMib" | "architecture";
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
export function checkPlacement({ type: name, max }: PlacedOn, services: readonly PlacedService[]): PlacementMistake[] {
  const type = machineType(name);
  if (type === undefined) {
    return [{ prop: "type", got: name, want: "an EC2 instance type that Slipway knows", fix: unknownTypeFix(name) }];
  }
  const tooBig = services.flatMap((service) => tooBigFor(type, service));
  return tooBig.length > 0 ? tooBig : tooMany(type, max, services);
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

const roomOn = (type: MachineType): Room => [type.vcpus * 1024, taskMemoryMib(type), type.networkInterfaces - 1];
const roomOf = ({ cpu, memoryMib, networkMode }: PlacedService): Room => [
  cpu,
  memoryMib,
  networkMode === "awsvpc" ? 1 : 0,
];
const fitsIn = (task: Room, free: Room) => task.every((need, i) => need <= free[i]!);

function tooBigFor(type: MachineType, service: PlacedService): PlacementMistake[] {
  const [cpu, memoryMib] = roomOn(type);
  // Types come smallest first within a family, and a family keeps its processor.
  const family = type.name.split(".")[0];
  const larger = machineTypes.find(
    (other) => other.name.startsWith(`${family}.`) && fitsIn(roomOf(service), roomOn(other)),
  );
  const take = larger ? `take machines of type ${larger.name} or larger` : "take machines of a larger family";
  const mistake = (prop: "cpu" | "memoryMib", most: number, what: string, why: string): PlacementMistake[] =>
    service[prop] > most
      ? [
          {
            service: service.name,
            prop,
            got: service[prop],
            want: `at most ${most}, ${what} a ${type.name} offers to tasks`,
            fix: `${take}, or lower it${why}`,
          },
        ]
      : [];
  return [
    ...mistake("cpu", cpu, "the CPU units that", ""),
    ...mistake(
      "memoryMib",
      memoryMib,
      "the MiB that",
      `; of its ${type.memoryMib} MiB the kernel and the ECS agent keep ${type.memoryMib - memoryMib}`,
    ),
  ];
}

function tooMany(type: MachineType, max: number, services: readonly PlacedService[]): PlacementMistake[] {
  const needed = machinesFor(type, services);
  if (needed <= max) return [];
  const tasks = services.reduce((sum, { count }) => sum + count, 0);
  return [
    {
      prop: "max",
      got: max,
      want: `at least ${needed}, for ${tasks} tasks at the services' highest counts and one more during a rolling update`,
      fix: `raise max to ${needed}, take larger machines, or lower the services' highest counts`,
    },
  ];
}

/**
 * Machines that the services need at their highest counts, with one more task of the largest kind for a rolling update.
 *
 * Largest first, each task on the first machine with room. ECS spreads tasks over zones and packs no tighter, so what does
 * not fit here cannot be relied on to fit there.
 */
export function machinesFor(type: MachineType, services: readonly PlacedService[]): number {
  const whole = roomOn(type);
  const share = (task: Room) => Math.max(...task.map((need, i) => (need === 0 ? 0 : need / whole[i]!)));
  const groups = services
    .filter(({ count }) => count > 0)
    .map((service) => ({ task: roomOf(service), count: service.count }))
    .sort((a, b) => share(b.task) - share(a.task));
  if (groups[0]) groups[0].count += 1;

  const free: Room[] = [];
  for (const { task, count } of groups) {
    const fitting = (room: Room) =>
      Math.min(...task.map((need, i) => (need === 0 ? count : Math.floor(room[i]! / need))));
    let left = count;
    for (let machine = 0; left > 0; machine++) {
      const room = free[machine] ?? whole;
      const placed = Math.min(left, fitting(room));
      if (placed === 0 && machine >= free.length) return Number.POSITIVE_INFINITY; // larger than a machine
      free[machine] = [room[0] - placed * task[0], room[1] - placed * task[1], room[2] - placed * task[2]];
      left -= placed;
    }
  }
  return free.length;
}
