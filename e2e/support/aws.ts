import { type Requirement, tool } from "./requirements";
import type { Stack } from "./stacks";
import { awsProvider, standInVersion } from "./terraform";

/** Version of the provider before it, which accepts the same stacks. */
export const realVersion = "5.100.0";

/** Terraform, and an AWS provider that creates nothing anywhere: with another one a test could reach an account. */
export const terraformWithStandIn = () => terraformWith(() => awsProvider(standInVersion, "stand-in"));

/** Terraform, and the AWS provider that knows every rule of AWS about arguments. */
export const terraformWithRealProvider = () => terraformWith(() => awsProvider(realVersion, "real"));

/** The same stack for users whose other Terraform still asks for another version of the provider. */
export function askingFor(version: string, stack: Stack): Stack {
  const document = structuredClone(stack.document);
  document.terraform.required_providers.aws.version = version;
  return { ...stack, document };
}

async function terraformWith(provider: () => Promise<Requirement>): Promise<Requirement[]> {
  const terraform = tool("terraform");
  return terraform.missing === undefined ? [terraform, await provider()] : [terraform];
}
