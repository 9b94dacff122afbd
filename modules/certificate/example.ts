import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { Certificate } from ".";

/** A certificate for a load balancer, and its twin for CloudFront, which takes those of us-east-1 only. */
export function example(stack: TerraformStack) {
  const zone = { name: "example.org" };
  const names = ["www.example.org", "example.org"];
  const here = new Certificate(stack, "certificate", { zone, names });
  const provider = new AwsProvider(stack, "us-east-1", { region: "us-east-1", alias: "us-east-1" });
  const edge = new Certificate(stack, "edge-certificate", { zone, names, provider, provenBy: here });

  new TerraformOutput(stack, "certificates", { value: [here.arn, edge.arn] });
}
