import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { Certificate, type CertificateProps } from ".";
import { example } from "./example";

const props = { zone: { name: "example.org" }, names: ["www.example.org", "example.org"] };
const certificate = (more: Partial<CertificateProps> = {}) =>
  synthesize((stack) => new Certificate(stack, "certificate", { ...props, ...more }));

describe("a certificate", () => {
  it("is for names of a zone, proves them by DNS and is logged in public (S2-W05, S4-W03)", () => {
    expect(certificate().one(AcmCertificate)).toMatchObject({
      domain_name: "www.example.org",
      subject_alternative_names: ["example.org"],
      validation_method: "DNS",
      options: { certificate_transparency_logging_preference: "ENABLED" },
    });
  });

  it("has a record per name, with what AWS asks for that name, in whatever order AWS lists them", () => {
    const records = certificate().all(Route53Record);
    const [second, first] = records.sort((a, b) => a.name.length - b.name.length);
    expect(first!.name).toMatch(/^\$\{one\(\[for option in aws_acm_certificate\.\w+\.domain_validation_options : /);
    expect(first!.name).toContain('option.resource_record_name if option.domain_name == "www.example.org"');
    expect(first!.records[0]).toContain("option.resource_record_value");
    expect(second!.name).toContain('option.domain_name == "example.org"');
  });

  it("keeps the addresses of its records when another name comes first", () => {
    const records = (names: string[]) =>
      certificate({ names })
        .addresses()
        .filter((address) => address.includes("route53_record"));
    expect(records(["shop.example.org", "www.example.org"])).toEqual(
      expect.arrayContaining(records(["www.example.org"])),
    );
  });

  it("is used only once AWS has seen the proof", () => {
    const { one } = certificate();
    expect(one(AcmCertificateValidation).validation_record_fqdns).toHaveLength(2);
  });

  it("gives way to its successor only when that one is there", () => {
    expect(certificate().one(AcmCertificate).lifecycle).toEqual({ create_before_destroy: true });
  });

  it("may be made in us-east-1, where CloudFront looks, and shares the proof of its twin (S2-W05)", () => {
    const twins = synthesize(example);
    const [, edge] = twins.all(AcmCertificate);
    expect(edge!.provider).toBe("aws.us-east-1");
    expect(twins.all(Route53Record)).toHaveLength(2);
    const [first, second] = twins.all(AcmCertificateValidation);
    expect(second!.validation_record_fqdns).toEqual(first!.validation_record_fqdns);
  });

  it.each<[Partial<CertificateProps>, string]>([
    [{ names: [] }, "names must be one to ten names"],
    [{ names: ["www.example.org", "www.example.org"] }, "names must be different from each other"],
    [{ names: ["*.example.org"] }, "names must be a full name"],
    [{ names: ["www.example.com"] }, "names must be in the zone example.org"],
    [{ names: [`${"a".repeat(60)}.example.org`] }, "names must be a first name of at most 64 characters"],
    [{ zone: { name: "example" } }, "zone.name must be a full name"],
  ])("refuses %j", (more, message) => {
    expect(() => certificate(more)).toThrow(`test/certificate: ${message}`);
  });
});
