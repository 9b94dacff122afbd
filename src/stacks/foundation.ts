import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  type TerraformProvider,
  type TerraformStack,
} from "cdktf";
import type { Environment } from "../config";
import { literal } from "../core/literal";
import { edgeRegion } from "../core/watched/edges";

/**
 * What every stack stands on: the AWS provider, the place of its state, and the oldest Terraform that understands it.
 *
 * Every resource carries the tags of the description, and three of ours that say which system, environment and removal
 * policy it belongs to. Tag values are plain text known at synthesis: unknown ones in default tags never stop drifting.
 */
export function layFoundation(stack: TerraformStack, environment: Environment, system: string): void {
  new AwsProvider(stack, "aws", { region: environment.region, ...accountAndTags(environment, system) });
  // 1.11 is the first release with write-only arguments and with lock files in the S3 backend out of preview.
  stack.addOverride("terraform.required_version", ">= 1.11.0");
  keepState(stack, environment.state);
}

/**
 * A second provider for what only us-east-1 has: certificates, web ACLs and logs of CloudFront. It is there where somebody asks for
 * it, so that no other stack has one.
 */
export function edgeProvider(stack: TerraformStack, environment: Environment, system: string): TerraformProvider {
  const id = edgeRegion;
  const known = knownEdgeProvider(stack);
  return known ?? new AwsProvider(stack, id, { region: id, alias: id, ...accountAndTags(environment, system) });
}

/** The same, if somebody has asked for it. */
export function knownEdgeProvider(stack: TerraformStack): TerraformProvider | undefined {
  return stack.node.tryFindChild(edgeRegion) as AwsProvider | undefined;
}

function accountAndTags(environment: Environment, system: string) {
  const { account, tags } = environment;
  const own = Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, literal(value)]));
  return {
    allowedAccountIds: account === undefined ? undefined : [account],
    defaultTags: [{ tags: { ...own, ...systemTags(environment, system) } }],
  };
}

/** Tags of ours, by which people, reports and policies tell systems and environments apart. */
export function systemTags({ name, onRemoval }: Environment, system: string): Record<string, string> {
  return { "slipway:system": system, "slipway:environment": name, "slipway:on-removal": onRemoval };
}

function keepState(stack: TerraformStack, state: Environment["state"]): void {
  const { id } = stack.node;
  switch (state.backend) {
    case "local":
      // Relative to the stack's folder (cdktf.out/stacks/<stack>), so that the output names no folder of this machine.
      new LocalBackend(stack, { path: `../../../terraform.${id}.tfstate` });
      return;
    case "s3":
      new S3Backend(stack, {
        bucket: state.bucket,
        region: state.region,
        key: `${state.prefix}/${id}.tfstate`,
        encrypt: true,
        kmsKeyId: state.kmsKeyArn,
      }).addOverride("use_lockfile", true); // the bindings only know the retired DynamoDB table
      return;
    case "cloud":
      new CloudBackend(stack, {
        hostname: state.hostname,
        organization: state.organization,
        workspaces: new NamedCloudWorkspace(`${state.workspacePrefix}${id}`),
      });
  }
}
