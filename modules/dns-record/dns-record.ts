import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { complaintsAbout } from "./checks";
import type { DnsRecordProps, Share } from "./props";

/** Whoever has looked an address up believes it for so long. */
const ttlSeconds = 60;

/**
 * A name in a public zone that stands for a load balancer or a distribution: an alias, which follows its addresses and costs
 * nothing to ask for; or for an address that stays. A record that exists under that name is not taken over: the apply stops.
 *
 * Several records may share a name, by weight or by where visitors are: two versions, or copies in several regions.
 */
export class DnsRecord extends Construct {
  /** The name given. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: DnsRecordProps) {
    super(scope, id);
    for (const complaint of complaintsAbout(props)) throw new InvalidProps(this, complaint);
    const { zone, name, target, ipv6 = false, share, healthPath } = props;
    this.name = name;
    const zoneId = "id" in zone ? zone.id : this.zoneCalled(zone.name);
    if ("ipv4" in target) {
      const routing = share && routingOf(share);
      new Route53Record(this, "a", {
        ...{ zoneId, name, type: "A", ...routing },
        ttl: ttlSeconds,
        records: [target.ipv4],
      });
      return;
    }
    const healthCheckId = healthPath === undefined ? undefined : this.asked(target.dnsName, healthPath);
    for (const type of ipv6 ? ["A", "AAAA"] : ["A"]) {
      new Route53Record(this, type.toLowerCase(), {
        ...{ zoneId, name, type, healthCheckId, ...(share && routingOf(share)) },
        alias: { name: target.dnsName, zoneId: target.zoneId, evaluateTargetHealth: true },
      });
    }
  }

  private zoneCalled(name: string): string {
    return new DataAwsRoute53Zone(this, "zone", { name, privateZone: false }).zoneId;
  }

  /** What answers is asked by its own name: under the record's, any of its fellows might answer. */
  private asked(fqdn: string, resourcePath: string): string {
    return new Route53HealthCheck(this, "health", {
      ...{ type: "HTTPS", port: 443, fqdn, resourcePath },
      ...{ failureThreshold: 3, requestInterval: 30 },
      tags: { Name: this.name },
    }).id;
  }
}

function routingOf({ key: setIdentifier, ...share }: Share) {
  if ("weight" in share) return { setIdentifier, weightedRoutingPolicy: { weight: share.weight } };
  return { setIdentifier, geolocationRoutingPolicy: share };
}
