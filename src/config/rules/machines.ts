import { forwarderTakes } from "../../core/log-forwarder";
import { type MachineType, machineType, unknownTypeFix } from "../../core/machine-types";
import {
  checkArchitecture,
  checkPlacement,
  type EverywherePlaced,
  imageArchitecture,
  machinesFor,
  type PlacedService,
} from "../../core/placement-check";
import { prometheusTakes } from "../../core/prometheus";
import type { Report } from "../report";
import { type Path, quoted } from "../yaml/tree";
import { present, type Rule, type WordpressView } from "./rule";

const path = ["wordpress", "machines"];
type Machines = NonNullable<WordpressView["machines"]>;
type Scaling = NonNullable<NonNullable<NonNullable<WordpressView["services"]>[string]>["scaling"]>;
type Sized = Pick<Machines, "min" | "desired" | "max">;
type Imaged = Pick<Machines, "image" | "type" | "size">;

/** Machines of a known type, with an image for their processor, in bounds that make sense, on which each task fits. */
export const machineRule: Rule = ({ region, wordpress }, report) => {
  const machines = wordpress?.machines;
  if (!machines) return;
  checkBounds(path, machines, report);
  checkImage(path, machines, region, report);
  checkTasks(machines, wordpress, report);
};

export function checkBounds(path: Path, { min, desired, max }: Sized, report: Report): void {
  if (min === undefined || max === undefined) return;
  if (min > max) {
    const fix = `raise max to ${min}, or lower min`;
    report([...path, "min"], { code: "SCALE_BOUNDS", want: `at most max, ${max}`, fix });
  } else if (desired !== undefined && (desired < min || desired > max)) {
    const fix = "choose a number between them, or leave it out";
    report([...path, "desired"], { code: "SCALE_BOUNDS", want: `from min to max, ${min} to ${max}`, fix });
  }
}

export function checkImage(
  path: Path,
  { image, type, size }: Imaged,
  region: string | undefined,
  report: Report,
): void {
  if (!image) return;
  if ("ids" in image && image.ids && region && !Object.hasOwn(image.ids, region)) {
    report([...path, "image", "ids"], {
      code: "AMI_REGION",
      got: `ids for ${Object.keys(image.ids).join(", ") || "no region"}`,
      want: `an id for ${region}, the region of the environment`,
      fix: `add ${region}: ami-…`,
    });
  }
  const [key, name] =
    "parameter" in image ? ["parameter", image.parameter] : "name" in image ? ["name", image.name] : [];
  if (!name || !type) return;
  const known = size?.architecture ?? machineType(type)?.architecture;
  const built = imageArchitecture(name);
  if (!known || !built || known === built) return;
  const [
    { want, fix } = {
      want: `an image for ${known}, the processors of ${type}`,
      fix: "take the other build of the image",
    },
  ] = checkArchitecture(type, name);
  const arm = "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id";
  const repair = key === "parameter" && known === "arm64" ? `write image: { parameter: ${arm} }` : fix;
  report([...path, "image", key!], { code: "ARCH_MISMATCH", got: quoted(name), want, fix: repair });
}

/** Most tasks that ever run, at whatever time of the day. */
export function highest(scaling: Scaling | undefined, count: number): number {
  if (scaling?.max === undefined) return count;
  return Math.max(scaling.max, ...present(scaling.schedule).map(([, { max }]) => max ?? 0));
}

function checkTasks(
  { type, size, max }: Machines,
  { services, prometheus, logSearch }: WordpressView,
  report: Report,
): void {
  if (!type) return;
  const everywhere = onEachMachine(prometheus, logSearch);
  const placed = present(services).flatMap(([name, { cpu, memoryMib, count, scaling }]): PlacedService[] =>
    cpu && memoryMib ? [{ name, cpu, memoryMib, count: highest(scaling, count ?? 1) }] : [],
  );
  if (machineType(type)) {
    for (const { service, prop, want, fix } of checkPlacement(
      { type, max: max ?? Number.POSITIVE_INFINITY, everywhere },
      placed,
    )) {
      const at = service === undefined ? [...path, prop] : ["wordpress", "services", service, prop];
      report(at, { code: "TASK_PLACEMENT", want, fix });
    }
  } else if (!size) {
    const want = "an EC2 instance type that Slipway knows, or one with its size";
    report([...path, "type"], { code: "INSTANCE_TYPE", want, fix: unknownTypeFix(type) });
  } else if (size.vcpu && size.memoryMib && size.architecture && max) {
    const { vcpu, memoryMib, architecture } = size;
    checkOffer(
      { name: type, vcpus: vcpu, memoryMib, architecture, networkInterfaces: 2 },
      { max, everywhere },
      placed,
      report,
    );
  }
}

/** The collector of container metrics and the forwarder of logs take their part of every machine. */
export const onEachMachine = (prometheus: object | undefined, logSearch?: object): EverywherePlaced[] => [
  ...(prometheus ? [{ name: "prometheus", ...prometheusTakes }] : []),
  ...(logSearch ? [{ name: "logSearch", ...forwarderTakes }] : []),
];

/** The same for a type that only the description knows. */
function checkOffer(
  offer: MachineType,
  { max, everywhere }: { readonly max: number; readonly everywhere: readonly EverywherePlaced[] },
  placed: readonly PlacedService[],
  report: Report,
): void {
  const tooBig = placed.filter(
    (service) => machinesFor(offer, [{ ...service, count: 1 }], everywhere) === Number.POSITIVE_INFINITY,
  );
  for (const { name } of tooBig) {
    const want = "a task that fits on one machine, beside what the kernel and the ECS agent keep";
    const fix = "lower cpu or memoryMib, or take larger machines";
    report(["wordpress", "services", name], { code: "TASK_PLACEMENT", want, fix });
  }
  const needed = tooBig.length > 0 ? 0 : machinesFor(offer, placed, everywhere);
  if (needed <= max) return;
  const want = `at least ${needed}, for the services' highest counts and one more task during a rolling update`;
  report([...path, "max"], { code: "TASK_PLACEMENT", want, fix: `raise max to ${needed}, or take larger machines` });
}
