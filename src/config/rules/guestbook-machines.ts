import { hostAddressFault } from "../../core/flat-range";
import { hostAddress } from "../../core/host-address";
import { machineType, unknownTypeFix } from "../../core/machine-types";
import { imageArchitecture } from "../../core/placement-check";
import { hostNumbers, privateSubnet } from "../guestbook-complete";
import type { Report } from "../report";
import { quoted } from "../yaml/tree";
import type { GuestbookView } from "./rule";

const kinds = ["puppet", "registry"] as const;

/** Machines of known types that fit the image, and places for those of which there is one. */
export function checkGuestbookMachines(view: GuestbookView, report: Report): void {
  for (const kind of ["machines", ...kinds] as const) checkMachine(kind, view, report);
  for (const kind of kinds) checkPlace(kind, view, report);
  checkAddresses(view, report);
  checkService(view, report);
}

/** A JVM of 1 GiB, the system, and room for compiling catalogues. */
const puppetMemoryMib = 2048;

function checkMachine(kind: "machines" | (typeof kinds)[number], view: GuestbookView, report: Report): void {
  const type = view[kind]?.type;
  if (!type) return;
  const known = machineType(type);
  if (!known) {
    const want = "an EC2 instance type that Slipway knows";
    report([kind, "type"], { code: "INSTANCE_TYPE", want, fix: unknownTypeFix(type) });
    return;
  }
  const built = view.image?.name ? imageArchitecture(view.image.name) : undefined;
  if (built && built !== known.architecture) {
    const want = `a type with ${built} processors, for which the image is built`;
    report([kind, "type"], {
      code: "ARCH_MISMATCH",
      got: quoted(type),
      want,
      fix: `take another type, or the image for ${known.architecture}`,
    });
  }
  if (kind === "puppet" && known.memoryMib < puppetMemoryMib) {
    const want = `a type with ${puppetMemoryMib} MiB of memory or more: ${type} has ${known.memoryMib}`;
    report([kind, "type"], { code: "PUPPET_MEMORY", want, fix: "write t3.medium" });
  }
}

function checkPlace(kind: (typeof kinds)[number], { network, ...view }: GuestbookView, report: Report): void {
  const { zone, address } = view[kind] ?? {};
  if (!zone || !network?.zones || network.zones.includes(undefined)) return;
  if (!network.zones.includes(zone)) {
    const want = `one of network.zones: ${network.zones.join(", ")}`;
    report([kind, "zone"], { code: "NET_AZ_UNKNOWN", want, fix: "write one of them, or add it there" });
    return;
  }
  const subnet = subnetOf(network.cidr, zone);
  const fault = address && subnet ? hostAddressFault(address, subnet) : undefined;
  if (fault) report([kind, "address"], { code: "NET_ADDRESS", ...fault });
}

function subnetOf(cidr: string | undefined, zone: string): string | undefined {
  // A zone that no region has is reported where it stands in network.zones.
  return cidr && /[a-f]$/.test(zone) ? privateSubnet(cidr, zone) : undefined;
}

function checkAddresses({ network, puppet, registry }: GuestbookView, report: Report): void {
  const [server, other] = (
    [
      [puppet, hostNumbers.puppet],
      [registry, hostNumbers.registry],
    ] as const
  ).map(([machine, number]) => {
    const subnet = machine?.zone && subnetOf(network?.cidr, machine.zone);
    return machine && subnet ? ("address" in machine ? machine.address : hostAddress(subnet, number)) : undefined;
  });
  if (!server || server !== other) return;
  const fix = "leave both addresses out, or give each its own";
  const at = registry && "address" in registry ? "registry" : "puppet";
  report([at, "address"], { code: "NET_ADDRESS", want: "an address that no other machine has", fix });
}

function checkService({ machines }: GuestbookView, report: Report): void {
  if (machines?.count !== undefined && machines.inService !== undefined && machines.inService > machines.count) {
    const want = `at most count, ${machines.count}`;
    const fix = `raise count to ${machines.inService}, or lower it`;
    report(["machines", "inService"], { code: "SCALE_BOUNDS", want, fix });
  }
}
