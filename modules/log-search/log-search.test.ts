import { OpensearchDomain } from "@cdktf/provider-aws/lib/opensearch-domain";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { LogSearch, type LogSearchProps } from ".";

const search = (more: Partial<LogSearchProps> = {}) =>
  synthesize(
    (stack) =>
      new LogSearch(stack, "search", {
        ...{ name: "shop-dev-logs", region: "eu-west-1" },
        placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b", "subnet-c"] },
        administratorArn: "arn:aws:iam::111122223333:role/log-administrators",
        ...more,
      }),
  );
const domain = (more: Partial<LogSearchProps> = {}) => search(more).one(OpensearchDomain);

describe("a search over logs (S2-W14)", () => {
  it("is encrypted where it lies and where it moves, and speaks TLS only", () => {
    expect(domain()).toMatchObject({
      ...{ encrypt_at_rest: { enabled: true }, node_to_node_encryption: { enabled: true } },
      domain_endpoint_options: { enforce_https: true, tls_security_policy: "Policy-Min-TLS-1-2-PFS-2023-10" },
    });
  });

  it("lies inside the network, where nobody reaches it until told to", () => {
    expect(domain().vpc_options.subnet_ids).toEqual(["subnet-a", "subnet-b"]);
    expect(search().all(VpcSecurityGroupIngressRule)).toEqual([]);
  });

  it("gives rights by role, and has no password", () => {
    expect(domain().advanced_security_options).toEqual({
      ...{ enabled: true, internal_user_database_enabled: false, anonymous_auth_enabled: false },
      master_user_options: { master_user_arn: "arn:aws:iam::111122223333:role/log-administrators" },
    });
    expect(search().json).not.toContain("password");
  });

  it("admits nobody of another account", () => {
    const [{ Principal, Resource }] = JSON.parse(domain().access_policies).Statement;
    expect(Principal.AWS).toMatch(/^arn:\$\{.*partition\}:iam::\$\{.*account_id\}:root$/);
    expect(Resource).toMatch(/:domain\/shop-dev-logs\/\*$/);
  });

  it.each([
    [1, false, undefined, 1],
    [2, true, { availability_zone_count: 2 }, 2],
    [3, true, { availability_zone_count: 3 }, 3],
  ] as const)("puts %i nodes into as many zones", (nodes, aware, zones, subnets) => {
    const { cluster_config, vpc_options } = domain({ nodes });
    expect(cluster_config).toMatchObject({ instance_count: nodes, zone_awareness_enabled: aware });
    expect(cluster_config.zone_awareness_config).toEqual(zones);
    expect(vpc_options.subnet_ids).toHaveLength(subnets);
  });

  it.each<[string, Partial<LogSearchProps>]>([
    ["name must be 3 to 28", { name: "a-name-of-a-domain-that-is-too-long" }],
    ["nodes must be 1, 2 or 3", { nodes: 3, placement: { vpcId: "vpc-1", subnetIds: ["subnet-a"] } }],
    ["nodeType must be a type such as", { nodeType: "t3.small" }],
    ["volumeGib must be a whole number", { volumeGib: 5 }],
    ["administratorArn must be the ARN", { administratorArn: "arn:aws:sts::111122223333:assumed-role/x/y" }],
  ])("refuses what AWS would: %s", (message, more) => {
    expect(() => search(more)).toThrow(`test/search: ${message}`);
  });
});
