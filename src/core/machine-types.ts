import leven from "leven";

export type Architecture = "x86_64" | "arm64";

/** What one EC2 machine of a type offers, as AWS sells it. */
export interface MachineType {
  readonly name: string;
  readonly vcpus: number;
  /** Nominal memory. A machine registers less of it with ECS: see `placement-check.ts`. */
  readonly memoryMib: number;
  readonly architecture: Architecture;
  /** Network interfaces a machine can have, its own included. Tasks in `awsvpc` mode take one each. */
  readonly networkInterfaces: number;
}

/** The day on which this table was last revised. It holds the common types; one that AWS released later is missing. */
export const machineTypesAsOf = "2026-11-21";

/** Size → vCPUs, GiB, network interfaces. The burstable families follow no rule. */
type Sizes = Readonly<Record<string, readonly [vcpus: number, gib: number, networkInterfaces: number]>>;

const burstable: Readonly<Record<string, Sizes>> = {
  t2: {
    nano: [1, 0.5, 2],
    micro: [1, 1, 2],
    small: [1, 2, 3],
    medium: [2, 4, 3],
    large: [2, 8, 3],
    xlarge: [4, 16, 3],
    "2xlarge": [8, 32, 3],
  },
  t3: {
    nano: [2, 0.5, 2],
    micro: [2, 1, 2],
    small: [2, 2, 3],
    medium: [2, 4, 3],
    large: [2, 8, 3],
    xlarge: [4, 16, 4],
    "2xlarge": [8, 32, 4],
  },
  t3a: {
    nano: [2, 0.5, 2],
    micro: [2, 1, 2],
    small: [2, 2, 2],
    medium: [2, 4, 3],
    large: [2, 8, 3],
    xlarge: [4, 16, 4],
    "2xlarge": [8, 32, 4],
  },
  t4g: {
    nano: [2, 0.5, 2],
    micro: [2, 1, 2],
    small: [2, 2, 3],
    medium: [2, 4, 3],
    large: [2, 8, 3],
    xlarge: [4, 16, 4],
    "2xlarge": [8, 32, 4],
  },
};

/** Size → vCPUs, network interfaces: the same in every family that has the size. */
const fixedSizes: Readonly<Record<string, readonly [vcpus: number, networkInterfaces: number]>> = {
  medium: [1, 2],
  large: [2, 3],
  xlarge: [4, 4],
  "2xlarge": [8, 4],
  "4xlarge": [16, 8],
  "8xlarge": [32, 8],
  "9xlarge": [36, 8],
  "12xlarge": [48, 8],
  "16xlarge": [64, 15],
};

const regular = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];
const graviton = ["medium", ...regular];
const flex = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge"];

/** Family → GiB per vCPU, sizes. */
const fixed: Readonly<Record<string, readonly [gibPerVcpu: number, sizes: readonly string[]]>> = {
  m5: [4, regular],
  m5a: [4, regular],
  m6i: [4, regular],
  m6a: [4, regular],
  m6g: [4, graviton],
  m7i: [4, regular],
  "m7i-flex": [4, flex],
  m7a: [4, graviton],
  m7g: [4, graviton],
  m8g: [4, graviton],
  c5: [2, ["large", "xlarge", "2xlarge", "4xlarge", "9xlarge", "12xlarge"]],
  c6i: [2, regular],
  c6a: [2, regular],
  c6g: [2, graviton],
  c7i: [2, regular],
  "c7i-flex": [2, flex],
  c7a: [2, graviton],
  c7g: [2, graviton],
  c8g: [2, graviton],
  r5: [8, regular],
  r6i: [8, regular],
  r6g: [8, graviton],
  r7i: [8, regular],
  r7g: [8, graviton],
  r8g: [8, graviton],
};

/** AWS marks its own processors by a `g` after the generation: `t4g`, `m7g`. */
const architectureOf = (family: string): Architecture => (/\dg$/.test(family) ? "arm64" : "x86_64");

function entry(family: string, size: string, vcpus: number, gib: number, networkInterfaces: number): MachineType {
  const architecture = architectureOf(family);
  return { name: `${family}.${size}`, vcpus, memoryMib: gib * 1024, architecture, networkInterfaces };
}

/** Every type of the table, small ones first within a family. */
export const machineTypes: readonly MachineType[] = [
  ...Object.entries(burstable).flatMap(([family, sizes]) =>
    Object.entries(sizes).map(([size, [vcpus, gib, interfaces]]) => entry(family, size, vcpus, gib, interfaces)),
  ),
  ...Object.entries(fixed).flatMap(([family, [gibPerVcpu, sizes]]) =>
    sizes.map((size) => {
      const [vcpus, interfaces] = fixedSizes[size]!;
      return entry(family, size, vcpus, vcpus * gibPerVcpu, interfaces);
    }),
  ),
];

const byName = new Map(machineTypes.map((type) => [type.name, type]));

/** The type of that name, or nothing when the table does not know it. */
export function machineType(name: string): MachineType | undefined {
  return byName.get(name);
}

/** Up to three known names that a misspelt one may have meant, the nearest first. */
export function similarTypes(name: string): string[] {
  return machineTypes
    .map((type) => ({ name: type.name, distance: leven(name.trim().toLowerCase(), type.name) }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance) // stable: equally near ones stay in the order of the table
    .slice(0, 3)
    .map((type) => type.name);
}

/** What to write instead of a name that the table does not know. */
export function unknownTypeFix(name: string): string {
  const similar = similarTypes(name);
  const suggestion = similar.length > 0 ? `did you mean ${similar.join(", ")}? ` : "";
  return `${suggestion}A type that AWS released after ${machineTypesAsOf} needs a line in src/core/machine-types.ts`;
}
