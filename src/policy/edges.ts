import { asBlock, type Block, blocks, list } from "../core/terraform-json";
import type { Entry } from "./doc";

/** How a distribution answers, by default and by path. */
export function behaviors({ body }: Entry): readonly Block[] {
  return [...blocks(body.default_cache_behavior), ...blocks(body.ordered_cache_behavior)];
}

/** How CloudFront speaks to a server, by the internet or inside a VPC. */
export interface OriginTalk {
  readonly argument: string;
  readonly policy: unknown;
  readonly protocols: readonly unknown[];
}

/** Of a distribution or a VPC origin. Buckets behind a distribution have no such thing. */
export function originTalks({ type, body }: Entry): readonly OriginTalk[] {
  if (type === "aws_cloudfront_vpc_origin") {
    return blocks(body.vpc_origin_endpoint_config).map((endpoint) => ({
      argument: "vpc_origin_endpoint_config",
      policy: endpoint.origin_protocol_policy,
      protocols: blocks(endpoint.origin_ssl_protocols).flatMap(({ items }) => list(items)),
    }));
  }
  return blocks(body.origin).flatMap((origin) =>
    blocks(origin.custom_origin_config).map((config) => ({
      argument: "origin.custom_origin_config",
      policy: config.origin_protocol_policy,
      protocols: list(config.origin_ssl_protocols),
    })),
  );
}

/** Names of the groups of rules that AWS keeps, in a web ACL. */
export function managedGroups({ body }: Entry): readonly string[] {
  return blocks(body.rule)
    .map(({ statement }) => asBlock(blocks(statement)[0]))
    .flatMap(({ managed_rule_group_statement }) => blocks(managed_rule_group_statement))
    .map(({ name }) => String(name));
}
