import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { DnsRecord, type DnsRecordProps, type Share } from ".";

const target = { dnsName: "shop.eu-west-1.elb.amazonaws.com", zoneId: "Z32O12XQLNTSW2" };
const record = (props: Partial<DnsRecordProps> = {}) =>
  synthesize(
    (stack) =>
      new DnsRecord(stack, "www", { zone: { name: "example.org" }, name: "shop.example.org", target, ...props }),
  );

describe("a DNS record", () => {
  it("is an alias of a load balancer, in a public zone found by its name (S0-32)", () => {
    const { one } = record();
    expect(one(DataAwsRoute53Zone)).toMatchObject({ name: "example.org", private_zone: false });
    expect(one(Route53Record)).toMatchObject({
      ...{ name: "shop.example.org", type: "A" },
      zone_id: expect.stringMatching(/^\$\{data\.aws_route53_zone\.www_zone_\w+\.zone_id\}$/),
      alias: { name: target.dnsName, zone_id: target.zoneId },
    });
  });

  it("answers only while the load balancer is well", () => {
    expect(record().one(Route53Record).alias.evaluate_target_health).toBe(true);
  });

  it("holds an address that stays, such as an Elastic IP, where there is no load balancer (S1-45)", () => {
    const found = record({ target: { ipv4: "203.0.113.7" } }).one(Route53Record);
    expect(found).toMatchObject({ type: "A", ttl: 60, records: ["203.0.113.7"] });
    expect(found).not.toHaveProperty("alias");
    const share = { key: "dev", weight: 10 };
    expect(() => record({ target: { ipv4: "203.0.113.7" }, share, healthPath: "/" })).toThrow(
      "healthPath must be left out where the target is an address",
    );
  });

  it("takes over no record that somebody else made", () => {
    expect(record().one(Route53Record)).not.toHaveProperty("allow_overwrite");
  });

  it("looks for no zone whose id is given", () => {
    const { one, all } = record({ zone: { id: "Z123" } });
    expect(one(Route53Record).zone_id).toBe("Z123");
    expect(all(DataAwsRoute53Zone)).toEqual([]);
  });

  it("has a second record for IPv6 where asked, and the first keeps its address", () => {
    const both = record({ ipv6: true });
    expect(both.all(Route53Record).map(({ type }) => type)).toEqual(["A", "AAAA"]);
    expect(both.addresses()).toEqual(expect.arrayContaining(record().addresses()));
  });

  it("may be the zone itself", () => {
    expect(record({ name: "example.org" }).one(Route53Record).name).toBe("example.org");
  });

  it("shares its visitors by weight, as for a new version (S2-W04)", () => {
    const both = synthesize((stack) => {
      const common = { zone: { name: "example.org" }, name: "shop.example.org", target };
      new DnsRecord(stack, "now", { ...common, share: { key: "now", weight: 90 } });
      new DnsRecord(stack, "next", { ...common, share: { key: "next", weight: 10 } });
    });
    const shares = both.all(Route53Record).map((each) => [each.set_identifier, each.weighted_routing_policy.weight]);
    expect(Object.fromEntries(shares)).toEqual({ now: 90, next: 10 });
  });

  it("answers visitors of a continent or a country, or all that no other record does (S2-W04)", () => {
    const placed = (share: Share) => record({ share }).one(Route53Record).geolocation_routing_policy;
    expect(placed({ key: "eu", continent: "EU" })).toEqual({ continent: "EU" });
    expect(placed({ key: "de", country: "DE" })).toEqual({ country: "DE" });
    expect(placed({ key: "rest", country: "*" })).toEqual({ country: "*" });
  });

  it("leaves its visitors to its fellows while its own target does not answer, where asked (S2-W04)", () => {
    const { one } = record({ share: { key: "eu", continent: "EU" }, healthPath: "/health" });
    expect(one(Route53HealthCheck)).toMatchObject({ type: "HTTPS", fqdn: target.dnsName, resource_path: "/health" });
    expect(one(Route53Record).health_check_id).toMatch(/^\$\{aws_route53_health_check\.\w+\.id\}$/);
    expect(record().all(Route53HealthCheck)).toEqual([]);
  });

  it.each<[Partial<DnsRecordProps>, string]>([
    [{ share: { key: "a b", weight: 1 } }, "share.key must be 1 to 100 lower-case letters"],
    [{ share: { key: "a", weight: 256 } }, "share.weight must be a whole number from 0 to 255"],
    [{ share: { key: "a", continent: "Europe" } }, "share.continent must be one of AF, AN"],
    [{ share: { key: "a", country: "de" } }, "share.country must be two capital letters, or *"],
    [{ healthPath: "/" }, "healthPath must be beside a share"],
    [{ share: { key: "a", weight: 1 }, healthPath: "health" }, "healthPath must be a path of at most 255"],
    [{ name: "shop.example.com" }, "name must be in the zone example.org"],
    [{ name: "badexample.org" }, "name must be in the zone example.org"],
    [{ name: "https://shop.example.org" }, "name must be a full name such as shop.example.org"],
    [{ zone: { name: "example.org." } }, "zone.name must be a full name such as shop.example.org"],
    [{ zone: { id: "Z123" }, name: "shop" }, "name must be a full name such as shop.example.org"],
  ])("refuses %j", (props, message) => {
    expect(() => record(props)).toThrow(`test/www: ${message}`);
  });
});
