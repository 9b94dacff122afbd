import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { domainFault, isWithin } from "../../src/core/dns-names";
import { InvalidProps } from "../../src/core/invalid-props";

export interface DnsRecordProps {
  /** The public zone, which exists: by its name, or by its id where several have the same name. */
  readonly zone: { readonly name: string } | { readonly id: string };
  /** Full name of the record, such as `www.example.org`. It may be the zone's own. */
  readonly name: string;
  /** What answers under that name, such as a load balancer. */
  readonly target: {
    readonly dnsName: string;
    /** Hosted zone of `dnsName`, not the one of the record. */
    readonly zoneId: string;
  };
  /**
   * Whether there is a second record for IPv6. The target has to have such addresses.
   * @default false
   */
  readonly ipv6?: boolean;
}

/**
 * A name in a public zone that stands for a load balancer: an alias, which follows its addresses and costs nothing to ask for. A
 * record that exists under that name is not taken over: the apply stops.
 */
export class DnsRecord extends Construct {
  /** The name given. */
  readonly name: string;

  constructor(scope: Construct, id: string, { zone, name, target, ipv6 = false }: DnsRecordProps) {
    super(scope, id);
    this.check(zone, name);
    this.name = name;
    const zoneId = "id" in zone ? zone.id : this.zoneCalled(zone.name);
    for (const type of ipv6 ? ["A", "AAAA"] : ["A"]) {
      new Route53Record(this, type.toLowerCase(), {
        ...{ zoneId, name, type },
        alias: { name: target.dnsName, zoneId: target.zoneId, evaluateTargetHealth: true },
      });
    }
  }

  private zoneCalled(name: string): string {
    return new DataAwsRoute53Zone(this, "zone", { name, privateZone: false }).zoneId;
  }

  private check(zone: DnsRecordProps["zone"], name: string): void {
    const known = "name" in zone ? { "zone.name": zone.name, name } : { name };
    for (const [prop, got] of Object.entries(known)) {
      const fault = domainFault(got);
      if (fault) throw new InvalidProps(this, { prop, got, ...fault });
    }
    if ("id" in zone || isWithin(name, zone.name)) return;
    const [want, fix] = [`in the zone ${zone.name}`, `for example www.${zone.name}`];
    throw new InvalidProps(this, { prop: "name", got: name, want, fix });
  }
}
