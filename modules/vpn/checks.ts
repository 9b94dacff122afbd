import type { Complaint } from "../../src/core/invalid-props";
import { logDaysFault } from "../../src/core/log-days";
import {
  amazonAsnFault,
  deviceAddressFault,
  deviceAsnFault,
  insideCidrFault,
  remoteRangeFault,
} from "../../src/core/vpn-addresses";
import type { VpnDevice, VpnProps } from "./props";

type Checked = VpnProps & Required<Pick<VpnProps, "amazonAsn" | "logDays">>;
type Fault = Pick<Complaint, "want" | "fix"> | undefined;

export const defaultDeviceAsn = 65_000;

/** Everything wrong with the props that can be known without asking AWS, in the order of the props. */
export function* complaintsAbout(props: Checked): Generator<Complaint> {
  const { name, network, remoteRanges, amazonAsn, logDays } = props;
  if (!/^[a-z][a-z0-9-]{0,99}$/.test(name)) {
    const want = "1 to 100 lower-case letters, digits and dashes, the first a letter";
    yield { prop: "name", got: name, want, fix: "name it after system and environment, such as shop-production" };
  }
  yield* about("amazonAsn", amazonAsn, amazonAsnFault(amazonAsn));
  yield* aboutDevices(props);
  if (remoteRanges.length === 0) {
    const want = "at least one range of the other side";
    yield { prop: "remoteRanges", got: remoteRanges, want, fix: "name the ranges that the devices announce" };
  }
  for (const range of remoteRanges) yield* about("remoteRanges", range, remoteRangeFault(range, network.cidr));
  yield* aboutTwins("remoteRanges", remoteRanges, "name each range once");
  if (Object.keys(network.privateRouteTableIds).length === 0) {
    const fix = "without one, no machine finds the way to the other side";
    yield { prop: "network.privateRouteTableIds", got: {}, want: "at least one route table", fix };
  }
  yield* about("logDays", logDays, logDaysFault(logDays));
}

function* aboutDevices({ devices, amazonAsn }: Checked): Generator<Complaint> {
  const all = Object.entries(devices);
  if (all.length !== 2) {
    const fix = "one device is a single point of failure; name a second on another address";
    yield { prop: "devices", got: Object.keys(devices), want: "two devices", fix };
  }
  for (const [key, device] of all) {
    if (!/^[a-z](-?[a-z0-9])*$/.test(key)) {
      const want = "names of lower-case letters, digits and single dashes";
      yield { prop: "devices", got: key, want, fix: "name a device after its place, such as north" };
    }
    if (/^every-tunnel$|-tunnel-[12]$/.test(key)) {
      const fix = `the alarm of another thing is called ${key}-down: name the device after its place, such as north`;
      yield { prop: "devices", got: key, want: "names that no alarm has", fix };
    }
    yield* aboutDevice(`devices.${key}`, device, amazonAsn);
  }
  const values = all.map(([, device]) => device);
  yield* aboutTwins(
    "devices",
    values.map(({ address }) => address),
    "AWS knows a device by its address: give the second device its own",
  );
  const inside = values.flatMap(({ insideCidrs = [] }) => [...insideCidrs]);
  yield* aboutTwins("devices", inside, "give each tunnel a range of its own");
}

function* aboutDevice(path: string, device: VpnDevice, amazonAsn: number): Generator<Complaint> {
  const { address, asn = defaultDeviceAsn, insideCidrs = [] } = device;
  yield* about(`${path}.address`, address, deviceAddressFault(address));
  yield* about(`${path}.asn`, asn, deviceAsnFault(asn, amazonAsn));
  for (const cidr of insideCidrs) yield* about(`${path}.insideCidrs`, cidr, insideCidrFault(cidr));
}

function* aboutTwins(prop: string, values: readonly string[], fix: string): Generator<Complaint> {
  const twin = values.find((value, i) => values.indexOf(value) !== i);
  if (twin !== undefined) yield { prop, got: twin, want: "different from each other", fix };
}

function* about(prop: string, got: unknown, fault: Fault): Generator<Complaint> {
  if (fault) yield { prop, got, want: fault.want, fix: fault.fix };
}
