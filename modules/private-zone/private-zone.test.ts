import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { PrivateZone, type PrivateZoneProps } from ".";

const zone = (build: (made: PrivateZone) => unknown = () => {}, props: Partial<PrivateZoneProps> = {}) =>
  synthesize((stack) => {
    build(new PrivateZone(stack, "names", { name: "guestbook-dev.internal", vpcId: "vpc-1", ...props }));
  });

describe("a private zone", () => {
  it("is known to the machines of one network only", () => {
    expect(zone().one(Route53Zone)).toMatchObject({ name: "guestbook-dev.internal", vpc: [{ vpc_id: "vpc-1" }] });
  });

  it("gives a fixed address a name that machines can be configured with (S0-28)", () => {
    let full = "";
    const { one } = zone((made) => {
      full = made.address("puppet", "10.0.24.10");
    });
    expect(full).toBe("puppet.guestbook-dev.internal");
    expect(one(Route53Record)).toMatchObject({ name: full, type: "A", ttl: 60, records: ["10.0.24.10"] });
    expect(one(Route53Record).zone_id).toMatch(/^\$\{aws_route53_zone\.names_zone_\w+\.zone_id\}$/);
  });

  it("gives a name to an address that is known only after apply", () => {
    const { one } = synthesize((stack) => {
      const { privateIp } = new NetworkInterface(stack, "interface", { subnetId: "subnet-a" });
      new PrivateZone(stack, "names", { name: "shop.internal", vpcId: "vpc-1" }).address("puppet", privateIp);
    });
    expect(one(Route53Record).records).toEqual([expect.stringMatching(/^\$\{aws_network_interface\..*private_ip\}$/)]);
  });

  it("gives another name to a host that has one", () => {
    const { one } = zone((made) => made.alias("cache", "master.visits.euw1.cache.amazonaws.com"));
    expect(one(Route53Record)).toMatchObject({
      ...{ name: "cache.guestbook-dev.internal", type: "CNAME", records: ["master.visits.euw1.cache.amazonaws.com"] },
    });
  });

  it("goes with records that others made only where everything may go", () => {
    expect(zone().one(Route53Zone).force_destroy).toBe(false);
    expect(zone(undefined, { onRemoval: "destroy" }).one(Route53Zone).force_destroy).toBe(true);
  });

  it("lets a name have one meaning", () => {
    const twice = (made: PrivateZone) => [made.address("puppet", "10.0.24.10"), made.alias("puppet", "a.example.org")];
    expect(() => zone(twice)).toThrow("There is already a Construct with name 'record-puppet'");
  });

  it.each<[string, (made: PrivateZone) => unknown, string]>([
    ["an address that is none", (made) => made.address("puppet", "10.0.24"), "address must be an IPv4 address"],
    [
      "an address with leading zeros",
      (made) => made.address("puppet", "10.0.24.010"),
      "address must be an IPv4 address",
    ],
    ["a full name of a host", (made) => made.address("puppet.", "10.0.24.10"), "host must be a name within the zone"],
    ["an address as another name", (made) => made.alias("cache", "visits"), "target must be a full name"],
  ])("refuses %s", (_, build, message) => {
    expect(() => zone(build)).toThrow(`test/names: ${message}`);
  });

  it("refuses a name that no machine asks DNS for", () => {
    expect(() => zone(undefined, { name: "guestbook.local" })).toThrow(
      "test/names: name must be a name outside .local",
    );
  });
});
