import { amazonAsnFault, deviceAddressFault, deviceAsnFault, remoteRangeFault } from "../../core/vpn-addresses";
import type { Report } from "../report";
import { type GuestbookView, present } from "./rule";

/** Two devices, so that one may fail; each at a public address of its own; and networks that can be told apart. */
export function checkVpn({ vpn, network, database }: GuestbookView, report: Report): void {
  const { devices, amazonAsn } = vpn ?? {};
  const range = network?.cidr && database?.remoteCidr && remoteRangeFault(database.remoteCidr, network.cidr);
  if (range) report(["database", "remoteCidr"], { code: "NET_CIDR_CONFLICT", ...range });
  const ours = amazonAsn === undefined ? undefined : amazonAsnFault(amazonAsn);
  if (ours) report(["vpn", "amazonAsn"], { code: "VPN_ASN", ...ours });
  if (!devices) return;
  checkCount(Object.keys(devices), report);
  const first = new Map<string, string>();
  for (const [name, { address, asn }] of present(devices)) {
    const at = ["vpn", "devices", name];
    const fault = address === undefined ? undefined : (deviceAddressFault(address) ?? twinFault(first.get(address)));
    if (fault) report([...at, "address"], { code: "VPN_ADDRESS", ...fault });
    if (address !== undefined && !first.has(address)) first.set(address, name);
    const theirs = asn === undefined || amazonAsn === undefined ? undefined : deviceAsnFault(asn, amazonAsn);
    if (theirs) report([...at, "asn"], { code: "VPN_ASN", got: `${asn}`, ...theirs });
  }
}

function checkCount(names: readonly string[], report: Report): void {
  if (names.length === 2) return;
  const want = "two devices: with one, nothing is left while it is serviced or has failed";
  const fix = names.length < 2 ? "add the second device of the data centre" : "keep the two that carry the traffic";
  report(["vpn", "devices"], { code: "VPN_DEVICES", got: names.join(", ") || "none", want, fix });
}

function twinFault(other: string | undefined): { want: string; fix: string } | undefined {
  if (other === undefined) return undefined;
  return {
    want: `an address that no other device has: it is that of ${other}`,
    fix: "write the address of each device",
  };
}
