import { type Requirement, tool } from "./requirements";
import { awsProvider, standInVersion } from "./terraform";

/** Version of the provider before it, which accepts the same stacks. */
export const realVersion = "5.100.0";

/** Terraform, and an AWS provider that creates nothing anywhere: with another one a test could reach an account. */
export const terraformWithStandIn = () => terraformWith(() => awsProvider(standInVersion, "stand-in"));

/** Terraform, and the AWS provider that knows every rule of AWS about arguments. */
export const terraformWithRealProvider = () => terraformWith(() => awsProvider(realVersion, "real"));

async function terraformWith(provider: () => Promise<Requirement>): Promise<Requirement[]> {
  const terraform = tool("terraform");
  return terraform.missing === undefined ? [terraform, await provider()] : [terraform];
}
