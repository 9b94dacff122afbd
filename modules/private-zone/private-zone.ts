import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { parseCidr } from "../../src/core/address-plan";
import { domainFault, hostFault, privateDomainFault } from "../../src/core/dns-names";
import { InvalidProps } from "../../src/core/invalid-props";
import type { OnRemoval } from "../../src/core/removal";

/** Whoever has looked a name up believes it for so long. */
const ttlSeconds = 60;

export interface PrivateZoneProps {
  /** Name of the zone, such as `guestbook-dev.internal`. Another name is another zone. */
  readonly name: string;
  /** Network whose machines see it. Its DNS has to be switched on. */
  readonly vpcId: string;
  /**
   * With `keep`, AWS refuses to delete the zone while it has records that somebody else made.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/** Names that only the machines of one network know. Costs by the month. */
export class PrivateZone extends Construct {
  /** The name given. */
  readonly name: string;
  readonly zoneId: string;

  constructor(scope: Construct, id: string, { name, vpcId, onRemoval = "keep" }: PrivateZoneProps) {
    super(scope, id);
    this.refuse("name", name, privateDomainFault(name));
    this.name = name;
    this.zoneId = new Route53Zone(this, "zone", {
      name,
      comment: `names within ${this.node.path}`,
      vpc: [{ vpcId }],
      forceDestroy: onRemoval === "destroy",
    }).zoneId;
  }

  /**
   * Gives an IPv4 address a name within the zone.
   * @returns the full name
   */
  address(host: string, ipv4: string): string {
    const fault = Token.isUnresolved(ipv4) ? undefined : parseCidr(`${ipv4}/32`).fault;
    const want = "an IPv4 address";
    this.refuse("address", ipv4, fault && { want, fix: "write four numbers from 0 to 255 without leading zeros" });
    return this.record(host, "A", ipv4);
  }

  /**
   * Gives a host that has a name already another one, within the zone.
   * @returns the full name
   */
  alias(host: string, target: string): string {
    this.refuse("target", target, Token.isUnresolved(target) ? undefined : domainFault(target));
    return this.record(host, "CNAME", target);
  }

  private record(host: string, type: "A" | "CNAME", value: string): string {
    this.refuse("host", host, hostFault(host));
    const name = `${host}.${this.name}`;
    // One id for both types: DNS lets a name have only one of them.
    new Route53Record(this, `record-${host.replaceAll(".", "-")}`, {
      ...{ zoneId: this.zoneId, name, type, ttl: ttlSeconds, records: [value] },
    });
    return name;
  }

  private refuse(prop: string, got: string, fault: { want: string; fix: string } | undefined): void {
    if (fault) throw new InvalidProps(this, { prop, got, ...fault });
  }
}
