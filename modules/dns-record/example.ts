import { TerraformOutput, type TerraformStack } from "cdktf";
import { DnsRecord } from ".";

/** The shop under its own name. */
export function example(stack: TerraformStack) {
  const { name } = new DnsRecord(stack, "www", {
    zone: { name: "example.org" },
    name: "shop.example.org",
    target: { dnsName: "shop-1234567890.eu-west-1.elb.amazonaws.com", zoneId: "Z32O12XQLNTSW2" },
  });

  new TerraformOutput(stack, "url", { value: `http://${name}` });
}
