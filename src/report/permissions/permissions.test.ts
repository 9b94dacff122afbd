import { describe, expect, it } from "vitest";
import { copyOf } from "../copy";
import { type PolicyDocument, permissions, UnknownTypes } from ".";

type Names = Record<string, Record<string, unknown>>;
const copy = { system: "shop", environment: "dev", account: "111122223333" };
const tags = { "slipway:system": "shop", "slipway:environment": "dev" };
const aws = [
  { region: "eu-west-1", default_tags: [{ tags }], allowed_account_ids: ["111122223333"] },
  { region: "us-east-1", alias: "us" },
];
const stack = (resource: Names, data: Names = {}, more: object = {}) => ({
  name: "shop-dev",
  document: { provider: { aws }, resource, data, ...more },
});
const allowed = (documents: readonly PolicyDocument[], action: string) =>
  documents.flatMap(({ Statement }) => Statement).filter(({ Action }) => Action.includes(action));
const policy = (resource: Names, data?: Names, more?: object) => permissions([stack(resource, data, more)], copy);
const ours = { "aws:ResourceTag/slipway:environment": "dev", "aws:ResourceTag/slipway:system": "shop" };
const asked = { "aws:RequestTag/slipway:environment": "dev", "aws:RequestTag/slipway:system": "shop" };
const role = (name: string, Service: string | string[]) => ({
  name,
  assume_role_policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { Service } }] }),
});

describe("a deployment policy (S2-32)", () => {
  it("names things by the beginning that all of one system and environment share", () => {
    const roles = { a: role("shop-dev-web", "ec2.amazonaws.com"), b: role("shop-dev-jobs", "ec2.amazonaws.com") };
    expect(allowed(policy({ aws_iam_role: roles }), "iam:CreateRole")).toEqual([
      expect.objectContaining({ Resource: ["arn:aws:iam::111122223333:role/shop-dev-*"] }),
    ]);
  });

  it.each([
    ["a name that is the beginning itself", "shop-dev", "shop-dev"],
    ["a name behind a path of AWS's", "/aws/rds/instance/shop-dev/error", "/aws/rds/instance/shop-dev/*"],
    ["a name that was cut, and no longer has it", "shop-d-1a2b3c", "shop-d-1a2b3c"],
    ["a name that only begins alike", "shop-development", "shop-development"],
  ])("takes %s as it is", (_, family, pattern) => {
    const tasks = policy({ aws_ecs_task_definition: { t: { family } } });
    const [statement] = allowed(tasks, "ecs:RegisterTaskDefinition");
    expect(statement?.Resource).toEqual([`arn:aws:ecs:eu-west-1:111122223333:task-definition/${pattern}:*`]);
  });

  it.each([
    ["shop-d-1a2b3c", ["shop-d-1a2b3c", "shop-d-1a2b3c:*"]],
    ["shop-dev-web", ["shop-dev-*"]],
  ])("names the log group %s as tags know it, and as all other calls do", (name, patterns) => {
    const resources = patterns.map((pattern) => `arn:aws:logs:eu-west-1:111122223333:log-group:${pattern}`);
    const documents = policy({ aws_cloudwatch_log_group: { g: { name } } });
    for (const action of ["logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:TagResource"]) {
      expect(allowed(documents, action)[0]?.Resource).toEqual(resources);
    }
  });

  it("reads the lists of addresses that AWS keeps: they belong to no account", () => {
    const documents = policy({}, { aws_ec2_managed_prefix_list: { l: { name: "com.amazonaws.global.cloudfront" } } });
    expect(allowed(documents, "ec2:GetManagedPrefixListEntries")[0]?.Resource).toEqual([
      "arn:aws:ec2:eu-west-1:aws:prefix-list/*",
    ]);
  });

  it("lets a cache write its log only where it has one", () => {
    const cache = (more: object) =>
      policy({ aws_elasticache_replication_group: { c: { replication_group_id: "c", ...more } } });
    expect(allowed(cache({ log_delivery_configuration: [{}] }), "logs:CreateLogDelivery")).toHaveLength(1);
    expect(allowed(cache({}), "logs:CreateLogDelivery")).toEqual([]);
  });

  it("gives a running machine another profile", () => {
    const documents = policy({ aws_instance: { m: {} } });
    const [change] = allowed(documents, "ec2:ReplaceIamInstanceProfileAssociation");
    expect(change).toMatchObject({
      Resource: ["arn:aws:ec2:eu-west-1:111122223333:instance/*"],
      Condition: { StringEquals: ours },
    });
  });

  it("deletes with a vault the copies of this system only, and opens no lock of a vault that stays", () => {
    const vault = (more: object) =>
      policy({
        aws_backup_vault: { v: { name: "shop-dev", ...more } },
        aws_backup_vault_lock_configuration: { l: { backup_vault_name: "${aws_backup_vault.v.name}" } },
      });
    const disposable = vault({ force_destroy: true });
    expect(allowed(disposable, "backup:DeleteRecoveryPoint")).toEqual([
      expect.objectContaining({ Condition: { StringEquals: ours } }),
    ]);
    expect(allowed(disposable, "backup:DeleteBackupVaultLockConfiguration")).toHaveLength(1);
    const kept = vault({ lifecycle: { prevent_destroy: true } });
    expect(allowed(kept, "backup:DeleteBackupVaultLockConfiguration")).toEqual([]);
    expect(allowed(kept, "backup:DeleteRecoveryPoint")).toEqual([]);
  });

  it("knows things with invented ids by their tags, and sets tags only on what it makes", () => {
    const documents = policy({ aws_subnet: { s: { vpc_id: "${aws_vpc.v.id}" } } });
    const on = (kind: string) => [`arn:aws:ec2:eu-west-1:111122223333:${kind}/*`];
    expect(allowed(documents, "ec2:DeleteSubnet")).toEqual([
      expect.objectContaining({ Resource: on("subnet"), Condition: { StringEquals: ours } }),
    ]);
    expect(allowed(documents, "ec2:CreateSubnet")).toEqual([
      expect.objectContaining({ Resource: on("subnet"), Condition: { StringEquals: asked } }),
      expect.objectContaining({ Resource: on("vpc"), Condition: { StringEquals: ours } }),
    ]);
    expect(allowed(documents, "ec2:CreateTags").map(({ Condition }) => Condition)).toEqual([
      { StringEquals: ours },
      { StringEquals: { "ec2:CreateAction": ["CreateSubnet"], ...asked } },
    ]);
  });

  it("takes over the security group that comes with a VPC, and no group of others", () => {
    const tagging = allowed(policy({ aws_default_security_group: { g: {} } }), "ec2:CreateTags");
    expect(tagging.map(({ Condition }) => Condition)).toContainEqual({
      StringEquals: asked,
      StringEqualsIfExists: ours,
    });
  });

  it("passes each role to the services that may take it, and to no other", () => {
    const roles = {
      a: role("shop-dev-web", ["ec2.amazonaws.com"]),
      b: role("shop-dev-logs", "vpc-flow-logs.amazonaws.com"),
    };
    const passes = allowed(policy({ aws_iam_role: roles }), "iam:PassRole");
    expect(passes.map(({ Resource, Condition }) => [Resource, Condition])).toEqual([
      [
        ["arn:aws:iam::111122223333:role/shop-dev-logs"],
        { StringEquals: { "iam:PassedToService": ["vpc-flow-logs.amazonaws.com"] } },
      ],
      [
        ["arn:aws:iam::111122223333:role/shop-dev-web"],
        { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com"] } },
      ],
    ]);
  });

  it("passes no role that no service takes", () => {
    const trust = JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::1:root" } }] });
    const roles = {
      people: { name: "shop-dev-people", assume_role_policy: trust },
      elsewhere: { name: "shop-dev-else", assume_role_policy: "${data.aws_iam_policy_document.trust.json}" },
    };
    expect(allowed(policy({ aws_iam_role: roles }), "iam:PassRole")).toEqual([]);
  });

  it("lets a service make its own role by the name of the service alone", () => {
    const [linked] = allowed(policy({ aws_lb: { l: { name: "shop-dev" } } }), "iam:CreateServiceLinkedRole");
    expect(linked).toMatchObject({
      Resource: ["arn:aws:iam::111122223333:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"],
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    });
  });

  it("looks at what has no ARN in its own region only, also where a provider is of another", () => {
    const look = (provider?: string) =>
      allowed(policy({}, { aws_ami: { a: { ...(provider && { provider }) } } }), "ec2:DescribeImages");
    const inRegion = (region: string) => [
      expect.objectContaining({ Resource: ["*"], Condition: { StringEquals: { "aws:RequestedRegion": region } } }),
    ];
    expect(look()).toEqual(inRegion("eu-west-1"));
    expect(look("aws.us")).toEqual(inRegion("us-east-1"));
  });

  it("follows references, also through parameters into another stack", () => {
    const platform = stack({
      aws_ecs_cluster: { c: { name: "shop-dev" } },
      aws_ssm_parameter: { p: { name: "/slipway/dev/shop/cluster", insecure_value: "${aws_ecs_cluster.c.arn}" } },
    });
    const service = {
      ...stack(
        { aws_ecs_service: { s: { name: "shop-dev-web", cluster: "${data.aws_ssm_parameter.p.insecure_value}" } } },
        { aws_ssm_parameter: { p: { name: "/slipway/dev/shop/cluster" } } },
      ),
      name: "shop-service-dev",
    };
    const documents = permissions([platform, service], copy);
    const one = (resource: string) => [`arn:aws:${resource}`];
    expect(allowed(documents, "ecs:CreateService")[0]?.Resource).toEqual(
      one("ecs:eu-west-1:111122223333:service/shop-dev/shop-dev-*"),
    );
    expect(allowed(documents, "ssm:PutParameter")[0]?.Resource).toEqual(
      one("ssm:eu-west-1:111122223333:parameter/slipway/dev/shop/*"),
    );
  });

  it("changes records by their names, and the ones that prove a name to ACM below it", () => {
    const proof =
      '${one([for option in aws_acm_certificate.c.options : option.name if option.domain_name == "shop.de"])}';
    const records = { a: { name: "Shop.de." }, b: { name: proof }, c: { name: "*.shop.de" } };
    const [change, ...others] = allowed(policy({ aws_route53_record: records }), "route53:ChangeResourceRecordSets");
    expect(others).toEqual([]);
    expect(change?.Condition).toEqual({
      "ForAllValues:StringLike": {
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["\\052.shop.de", "_*.shop.de", "shop.de"],
      },
    });
  });

  it("reaches the state in S3 by its key, and its lock file", () => {
    const s3 = { bucket: "states", key: "slipway/shop-dev.tfstate", region: "eu-west-1", use_lockfile: true };
    const documents = policy({}, {}, { terraform: { backend: { s3 } } });
    const states = "arn:aws:s3:::states";
    expect(allowed(documents, "s3:ListBucket")).toMatchObject([
      { Resource: [states], Condition: { StringEquals: { "s3:prefix": ["slipway/shop-dev.tfstate"] } } },
    ]);
    expect(allowed(documents, "s3:PutObject")[0]?.Resource).toEqual([
      `${states}/slipway/shop-dev.tfstate`,
      `${states}/slipway/shop-dev.tfstate.tflock`,
    ]);
    expect(allowed(documents, "s3:DeleteObject")[0]?.Resource).toEqual([`${states}/slipway/shop-dev.tfstate.tflock`]);
  });

  it("for a plan changes nothing but the lock of the state", () => {
    const s3 = { bucket: "states", key: "shop.tfstate", region: "eu-west-1" };
    const shop = stack(
      { aws_vpc: { v: {} }, aws_iam_role: { r: role("shop-dev-web", "ec2.amazonaws.com") } },
      {},
      {
        terraform: { backend: { s3 } },
      },
    );
    const actions = permissions([shop], copy, { readOnly: true }).flatMap(({ Statement }) => Statement);
    const changing = actions.filter(({ Action }) => Action.some((action) => !/:(Describe|Get|List)/.test(action)));
    expect(changing).toEqual([
      {
        Effect: "Allow",
        Action: ["s3:DeleteObject", "s3:PutObject"],
        Resource: ["arn:aws:s3:::states/shop.tfstate.tflock"],
      },
    ]);
  });

  it.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["eusc-de-east-1", "aws-eusc"],
  ])("writes the ARNs of %s with %s", (region, partition) => {
    const shop = {
      name: "s",
      document: {
        ...{ provider: { aws: [{ region }] }, resource: { aws_sns_topic: { t: { name: "t" } } } },
        terraform: { backend: { s3: { bucket: "states", key: "s", region } } },
      },
    };
    expect(allowed(permissions([shop], copy), "s3:ListBucket")[0]?.Resource).toEqual([`arn:${partition}:s3:::states`]);
    expect(allowed(permissions([shop], copy), "sns:CreateTopic")[0]?.Resource).toEqual([
      `arn:${partition}:sns:${region}:111122223333:t`,
    ]);
  });

  it("refuses types that nobody has said the calls of, all at once", () => {
    const build = () => policy({ aws_quantum_cat: { c: {} } }, { aws_box: { b: {} } });
    expect(build).toThrow(UnknownTypes);
    expect(build).toThrow("no permissions are known for aws_quantum_cat, data.aws_box");
  });
});

describe("whose a stack is", () => {
  it("say the tags that it puts on everything, and the account that it may change", () => {
    expect(copyOf(stack({}))).toEqual(copy);
  });

  it("leaves the account open where the description names none", () => {
    const document = { provider: { aws: [{ region: "eu-west-1", default_tags: [{ tags }] }] } };
    expect(copyOf({ name: "s", document })?.account).toBe("*");
  });

  it("is nobody's on a Docker engine", () => {
    expect(copyOf({ name: "s", document: { provider: { docker: [{}] } } })).toBeUndefined();
  });
});
