import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbProxy } from "@cdktf/provider-aws/lib/db-proxy";
import { DbProxyDefaultTargetGroup } from "@cdktf/provider-aws/lib/db-proxy-default-target-group";
import { DbProxyTarget } from "@cdktf/provider-aws/lib/db-proxy-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { DatabaseProxy, type DatabaseProxyProps } from ".";
import { example } from "./example";

const secretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-1-AbCdEf";
const proxy = (props: Partial<DatabaseProxyProps> = {}) =>
  synthesize(
    (stack) =>
      new DatabaseProxy(stack, "proxy", {
        ...{ name: "shop", engine: "mysql", instance: "shop", secretArn },
        placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
        ...props,
      }),
  );

describe("a database proxy", () => {
  it("stands before one RDS instance, in its subnets", () => {
    const { one } = proxy();
    expect(one(DbProxy)).toMatchObject({ engine_family: "MYSQL", vpc_subnet_ids: ["subnet-a", "subnet-b"] });
    expect(one(DbProxyTarget).db_instance_identifier).toBe("shop");
  });

  it("refuses who comes without TLS or without the password of the database", () => {
    expect(proxy().one(DbProxy)).toMatchObject({
      require_tls: true,
      auth: [
        { auth_scheme: "SECRETS", secret_arn: secretArn, client_password_auth_type: "MYSQL_CACHING_SHA2_PASSWORD" },
      ],
    });
    expect(proxy({ engine: "postgres" }).one(DbProxy).auth[0].client_password_auth_type).toBe("POSTGRES_SCRAM_SHA_256");
  });

  it("may read that one secret, and is a role for RDS of this account only", () => {
    const { one } = proxy();
    expect(JSON.parse(one(IamRolePolicy).policy).Statement).toEqual([
      { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: secretArn },
    ]);
    expect(JSON.parse(one(IamRole).assume_role_policy).Statement[0]).toMatchObject({
      Principal: { Service: "rds.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": expect.stringContaining("aws_caller_identity") } },
    });
  });

  it("leaves some connections to who goes past it", () => {
    const percent = (connectionsPercent?: number) =>
      proxy({ connectionsPercent }).one(DbProxyDefaultTargetGroup).connection_pool_config.max_connections_percent;
    expect([percent(), percent(50)]).toEqual([90, 50]);
  });

  it("lets nobody in until told to", () => {
    expect(proxy().all(VpcSecurityGroupIngressRule)).toEqual([]);
    expect(synthesize(example).one(VpcSecurityGroupIngressRule)).toMatchObject({ from_port: 3306, to_port: 3306 });
  });

  it("writes to a log that does not grow for ever", () => {
    expect(proxy().one(CloudwatchLogGroup)).toMatchObject({ name: "/aws/rds/proxy/shop", retention_in_days: 30 });
  });

  it.each<[Partial<DatabaseProxyProps>, string]>([
    [{ name: "Shop" }, "name must be 1 to 60 lower-case letters"],
    [{ name: "shop-" }, "name must be 1 to 60 lower-case letters"],
    [{ connectionsPercent: 0 }, "connectionsPercent must be a whole number from 1 to 100"],
    [{ logDays: 2 }, "logDays must be"],
  ])("refuses %j", (props, message) => {
    expect(() => proxy(props)).toThrow(`test/proxy: ${message}`);
  });
});
