import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { domainFault, isWithin } from "../../src/core/dns-names";
import { InvalidProps } from "../../src/core/invalid-props";
import { watchedCertificate } from "../../src/core/watched/edges";
import type { Watchable, Watched } from "../../src/core/watched/watched";

/** Longest name that a certificate is made for; other names may have 253 characters. */
const mainNameLimit = 64;

export interface CertificateProps {
  /** The public zone that all names lie in, which exists. */
  readonly zone: { readonly name: string };
  /** Full names that it is for, at most 64 characters the first; no patterns. Another list is another certificate. */
  readonly names: readonly string[];
  /**
   * Provider of the region where it is made. A certificate is of use in its own region only, and for CloudFront in us-east-1.
   * @default - the provider of the stack
   */
  readonly provider?: TerraformProvider;
  /**
   * A certificate for the same names, whose proof counts for this one too: AWS asks an account for one record per name, whatever
   * the region.
   * @default - it has records of its own
   */
  readonly provenBy?: Certificate;
}

/**
 * A certificate of ACM, which proves by records in Route 53 that the names are ours, and renews itself for as long as the records are
 * there. It costs nothing. An apply waits until AWS has seen the proof: minutes, or for ever where the zone is not the one
 * that the world asks, and after 75 minutes it gives up.
 *
 * A proof that is there already, such as that of another environment, is taken over: it can have no other content. Whoever goes first
 * takes it along, and the next apply of the other one brings it back.
 */
export class Certificate extends Construct implements Watchable {
  /** ARN, from when the certificate can be used. Known only after apply. */
  readonly arn: string;
  /** In the region where it was made. */
  readonly watched: Watched;
  /** Full names of the records that prove it. */
  private readonly proofs: readonly string[];

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    this.check(props);
    const { names, provider, provenBy } = props;
    const [domainName, ...others] = names;
    const certificate = new AcmCertificate(this, "certificate", {
      domainName: domainName!,
      subjectAlternativeNames: others.length > 0 ? others : undefined,
      validationMethod: "DNS",
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
      tags: { Name: domainName! },
      provider,
      // Whoever uses it moves to its successor first.
      lifecycle: { createBeforeDestroy: true },
    });
    this.watched = watchedCertificate(certificate.arn);
    this.proofs = provenBy?.proofs ?? this.prove(certificate, props);
    this.arn = new AcmCertificateValidation(this, "proven", {
      certificateArn: certificate.arn,
      validationRecordFqdns: [...this.proofs],
      provider,
    }).certificateArn;
  }

  /** A record per name, at an address made of the name: AWS lists what it wants in no order that lasts. */
  private prove(certificate: AcmCertificate, { zone, names }: CertificateProps): string[] {
    const { zoneId } = new DataAwsRoute53Zone(this, "zone", { name: zone.name, privateZone: false });
    const wanted = `${certificate.terraformResourceType}.${certificate.friendlyUniqueId}.domain_validation_options`;
    return names.map((name) => {
      const of = (part: string) =>
        `\${one([for option in ${wanted} : option.resource_record_${part} if option.domain_name == "${name}"])}`;
      return new Route53Record(this, `proof-${name.replaceAll(".", "-")}`, {
        zoneId,
        name: of("name"),
        type: of("type"),
        records: [of("value")],
        ttl: 300,
        allowOverwrite: true,
      }).fqdn;
    });
  }

  private check({ zone, names, provenBy }: CertificateProps): void {
    const refuse = (prop: string, got: unknown, want: string, fix: string) => {
      throw new InvalidProps(this, { prop, got, want, fix });
    };
    if (names.length === 0 || names.length > 10) {
      refuse("names", names, "one to ten names", "AWS takes ten in one certificate: make another one for more");
    }
    if (new Set(names).size < names.length) refuse("names", names, "different from each other", "name each once");
    for (const got of [zone.name, ...names]) {
      const fault = domainFault(got);
      if (fault) refuse(got === zone.name ? "zone.name" : "names", got, fault.want, fault.fix);
      if (!isWithin(got, zone.name)) refuse("names", got, `in the zone ${zone.name}`, `for example www.${zone.name}`);
    }
    if (names[0]!.length > mainNameLimit) {
      refuse("names", names[0], `a first name of at most ${mainNameLimit} characters`, "put a shorter one first");
    }
    if (provenBy && provenBy.proofs.length !== names.length) {
      refuse("provenBy", names, "the names of that certificate", "give both the same names");
    }
  }
}
