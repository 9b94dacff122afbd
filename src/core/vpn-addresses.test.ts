import { describe, expect, it } from "vitest";
import { amazonAsnFault, deviceAddressFault, deviceAsnFault, insideCidrFault, remoteRangeFault } from "./vpn-addresses";

describe("the address of a VPN device", () => {
  it.each(["203.0.113.12", "198.51.100.1", "8.8.8.8", "172.32.0.1", "100.128.0.1"])("may be %s", (address) =>
    expect(deviceAddressFault(address)).toBeUndefined());

  it.each([
    ["10.0.0.1", "10.0.0.0/8"],
    ["172.31.255.255", "172.16.0.0/12"],
    ["192.168.1.1", "192.168.0.0/16"],
    ["100.64.0.1", "100.64.0.0/10"],
    ["127.0.0.1", "127.0.0.0/8"],
    ["169.254.1.1", "169.254.0.0/16"],
    ["0.0.0.0", "0.0.0.0/8"],
    ["224.0.0.1", "224.0.0.0/3"],
    ["255.255.255.255", "224.0.0.0/3"],
  ])("may not be %s, which is in %s", (address, range) => {
    expect(deviceAddressFault(address)?.fix).toContain(range);
  });

  it.each(["", "vpn.example.org", "203.0.113.012", "2001:db8::1", "203.0.113.12/32"])("may not be %j", (address) => {
    expect(deviceAddressFault(address)).toMatchObject({ want: "an IPv4 address that the internet reaches" });
  });
});

describe("the range inside a tunnel", () => {
  it.each(["169.254.10.0/30", "169.254.0.4/30", "169.254.255.252/30"])("may be %s", (cidr) =>
    expect(insideCidrFault(cidr)).toBeUndefined());

  it.each([
    ["169.254.10.0/29", "a /30 of 169.254.0.0/16"],
    ["10.0.0.0/30", "a /30 of 169.254.0.0/16"],
    ["169.254.10.1/30", "the first address of its range"],
    ["169.254.0.0/30", "none of 169.254.0.0/30"],
    ["169.254.5.0/30", "none of 169.254.0.0/30"],
    ["169.254.169.252/30", "none of 169.254.0.0/30"],
  ])("may not be %s", (cidr, want) => {
    expect(insideCidrFault(cidr)?.want).toContain(want);
  });
});

describe("a network behind a VPN", () => {
  it.each(["192.168.40.0/24", "10.1.0.0/16", "172.16.0.0/16"])("may be %s beside 10.0.0.0/16", (range) =>
    expect(remoteRangeFault(range, "10.0.0.0/16")).toBeUndefined());

  it.each([
    ["10.0.4.0/24", "apart from 10.0.0.0/16, the range of the VPC"],
    ["10.0.0.0/8", "apart from 10.0.0.0/16, the range of the VPC"],
    ["0.0.0.0/0", "apart from 10.0.0.0/16, the range of the VPC"],
    ["172.17.4.0/24", "outside 172.17.0.0/16"],
    ["192.168.40.1/24", "the first address of its range"],
  ])("may not be %s", (range, want) => {
    expect(remoteRangeFault(range, "10.0.0.0/16")?.want).toBe(want);
  });
});

describe("an AS number", () => {
  it.each([64_512, 65_534, 4_200_000_000, 4_294_967_294])("may be %d on Amazon's side", (asn) =>
    expect(amazonAsnFault(asn)).toBeUndefined());

  it.each([
    0,
    64_511,
    65_535,
    4_199_999_999,
    4_294_967_295,
    64_512.5,
    Number.NaN,
  ])("may not be %d on Amazon's side", (asn) => expect(amazonAsnFault(asn)?.want).toContain("a private AS number"));

  it.each([1, 65_000, 3215, 4_200_000_000])("may be %d on a device", (asn) =>
    expect(deviceAsnFault(asn, 64_512)).toBeUndefined());

  it.each([0, -1, 7224, 9059, 23_456, 65_535, 4_294_967_295, 65_000.5])("may not be %d on a device", (asn) =>
    expect(deviceAsnFault(asn, 64_512)?.want).toContain("an AS number of one's own"));

  it("may not be the same on both sides", () => {
    expect(deviceAsnFault(64_512, 64_512)?.want).toBe("another AS number than Amazon's side, 64512");
  });
});
