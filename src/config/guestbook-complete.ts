import { addressPlan, zoneLetter } from "../core/address-plan";
import { hostAddress } from "../core/host-address";
import type { ParsedEnvironment } from "./shape/environment";

export type ParsedGuestbook = NonNullable<ParsedEnvironment["guestbook"]>;

/** A machine of which there is one, with its place. */
type Placed<T> = Omit<T, "address"> & { address: string; subnetCidr: string };

/** The guestbook of one environment, with every default filled in. */
export type CompleteGuestbook = Omit<ParsedGuestbook, "privateZone" | "machines" | "puppet" | "registry"> & {
  privateZone: string;
  machines: Omit<ParsedGuestbook["machines"], "inService"> & { inService: number };
  puppet: Placed<ParsedGuestbook["puppet"]>;
  registry: Placed<ParsedGuestbook["registry"]>;
};

/** Host numbers in a private subnet. AWS keeps the first four, and hands out others at random. */
export const hostNumbers = { puppet: 10, registry: 11 } as const;

export function completeGuestbook(parsed: ParsedGuestbook, environment: string): CompleteGuestbook {
  const { machines, network, puppet, registry } = parsed;
  const placed = <T extends { zone: string; address?: string | undefined }>(machine: T, host: number): Placed<T> => {
    const subnetCidr = privateSubnet(network.cidr, machine.zone);
    return { ...machine, subnetCidr, address: machine.address ?? hostAddress(subnetCidr, host) };
  };
  return {
    ...parsed,
    privateZone: parsed.privateZone ?? `guestbook-${environment}.internal`,
    machines: { ...machines, inService: machines.inService ?? machines.count },
    puppet: placed(puppet, hostNumbers.puppet),
    registry: placed(registry, hostNumbers.registry),
  };
}

/** Range of the private subnet of a zone. */
export const privateSubnet = (cidr: string, zone: string) => addressPlan(cidr).slot("private", zoneLetter(zone));
