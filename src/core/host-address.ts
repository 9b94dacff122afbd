import { Netmask } from "netmask";

/**
 * The address with this number in a range, counted from its first.
 *
 * @example hostAddress("10.200.24.0/21", 10) // "10.200.24.10"
 */
export function hostAddress(cidr: string, number: number): string {
  const { base, size } = new Netmask(cidr);
  if (!(number >= 0 && number < size)) {
    throw new RangeError(`${cidr} has ${size} addresses, none with number ${number}`);
  }
  return new Netmask(`${base}/32`).next(number).base;
}
