import type { Block } from "../../core/terraform-json";
import { aws, drop, set, setInside, specify } from "../testing/specify";
import { iam01 } from "./iam-01-not-everything";
import { iam02 } from "./iam-02-no-wildcard-actions";
import { iam03 } from "./iam-03-named-resources";
import { iam04 } from "./iam-04-no-credentials";
import { iam05 } from "./iam-05-no-mass-reading";
import { iam07 } from "./iam-07-no-escalation";
import { iam09 } from "./iam-09-trust";
import { iam11 } from "./iam-11-no-administrators";
import { iam13 } from "./iam-13-no-users";
import { x15 } from "./x-15-policy-size";
import { x20 } from "./x-20-readable-documents";

const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const secret = { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: ["${aws_x.y.arn}"] };
const allowed = (...statements: object[]) => aws({ aws_iam_role_policy: { p: { policy: policy(...statements) } } });
const statement = "aws_iam_role_policy/p/policy//Statement/0";
const denial = allowed({ Effect: "Deny", Action: "*", Resource: "*" });

/** A role whose policy is written as a data source instead of as JSON. */
const written = (body: object): Block =>
  aws(
    { aws_iam_role_policy: { p: { policy: "${data.aws_iam_policy_document.d.json}" } } },
    { data: { aws_iam_policy_document: { d: { statement: [{ resources: ["*"], ...body }] } } } },
  );
const inDocument = (argument: string, value: unknown) =>
  [set(`data/aws_iam_policy_document/d/statement/0/${argument}`, value, "aws_iam_role_policy.p")] as const;

specify(iam01, {
  good: [allowed(secret), written({ actions: ["s3:ListAllMyBuckets"] })],
  broken: {
    "one does": [setInside(`${statement}/Action`, "*"), setInside(`${statement}/Resource`, "*")],
    "one does in other words": [setInside(`${statement}/Action`, "*:*"), setInside(`${statement}/Resource`, ["*"])],
    "one forbids a little only": [
      setInside(`${statement}/Action`, undefined),
      setInside(`${statement}/NotAction`, "iam:*"),
      setInside(`${statement}/Resource`, "*"),
    ],
    "a role has it inside": set("aws_iam_role/r/inline_policy", [
      { policy: policy({ Effect: "Allow", Action: "*", Resource: "*" }) },
    ]),
  },
  elsewhere: [denial, aws({ aws_iam_role: { r: {} } })],
});

specify(iam01, {
  good: written({ actions: ["s3:ListAllMyBuckets"] }),
  broken: { "a policy document does": inDocument("actions", ["*"]) },
  elsewhere: written({ effect: "Deny", actions: ["*"] }),
});

specify(iam02, {
  good: [allowed(secret), allowed({ ...secret, Action: "ec2:Describe*" })],
  broken: {
    "one names a service": setInside(`${statement}/Action`, "s3:*"),
    "one names everything": setInside(`${statement}/Action/1`, "*"),
    "one names everything else": [
      setInside(`${statement}/NotAction`, "iam:PassRole"),
      setInside(`${statement}/Action`, undefined),
    ],
  },
  elsewhere: denial,
});

specify(iam03, {
  good: [
    allowed(secret),
    allowed({ Effect: "Allow", Action: ["ecr:GetAuthorizationToken", "ec2:DescribeInstances"], Resource: "*" }),
    allowed({ ...secret, Resource: "*", Action: "ecs:Poll", Condition: { ArnEquals: { "ecs:cluster": "x" } } }),
  ],
  broken: {
    "a statement touches everything": setInside(`${statement}/Resource`, "*"),
    "a statement touches everything else": [
      setInside(`${statement}/NotResource`, "arn:aws:s3:::x"),
      setInside(`${statement}/Resource`, undefined),
    ],
  },
  elsewhere: denial,
});

specify(iam04, {
  good: allowed(secret),
  broken: {
    "it makes access keys": setInside(`${statement}/Action`, "iam:CreateAccessKey"),
    "a pattern takes it in": setInside(`${statement}/Action`, "iam:Create*"),
    "the case is different, which IAM ignores": setInside(`${statement}/Action`, "IAM:createaccesskey"),
  },
  elsewhere: denial,
});

specify(iam05, {
  good: [
    allowed(secret),
    allowed({
      ...secret,
      Resource: "arn:aws:ssm:eu-west-1:111122223333:parameter/slipway/dev/*",
      Action: "ssm:GetParameter",
    }),
    allowed({ ...secret, Action: "ecr:GetAuthorizationToken", Resource: "*" }),
  ],
  broken: {
    "all secrets are read": setInside(`${statement}/Resource`, "*"),
    "all secrets are read by ARN": setInside(`${statement}/Resource`, "arn:aws:secretsmanager:*:*:secret:*"),
    "all parameters are read": [
      setInside(`${statement}/Action`, "ssm:Get*"),
      setInside(`${statement}/Resource`, "arn:aws:ssm:eu-west-1:111122223333:parameter/*"),
    ],
    "all objects are read": [
      setInside(`${statement}/Action`, "s3:GetObject"),
      setInside(`${statement}/Resource`, "arn:aws:s3:::*/*"),
    ],
  },
  elsewhere: denial,
});

const pass = { Action: "iam:PassRole", Resource: "${aws_iam_role.r.arn}", Effect: "Allow" };
specify(iam07, {
  good: [
    allowed({ ...pass, Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } } }),
    allowed(secret),
  ],
  broken: {
    "it passes its role to any service": setInside(`${statement}/Condition`, undefined),
    "it passes any role": setInside(`${statement}/Resource`, "*"),
    "it passes any role by ARN": setInside(`${statement}/Resource`, "arn:aws:iam::111122223333:role/*"),
    "it writes policies": setInside(`${statement}/Action`, "iam:PutRolePolicy"),
    "a pattern takes it in": setInside(`${statement}/Action`, "iam:*Policy"),
  },
  elsewhere: denial,
});

const role = (Principal: unknown, Condition?: object) =>
  aws({
    aws_iam_role: {
      r: { assume_role_policy: policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal, Condition }) },
    },
  });
const trust = "aws_iam_role/r/assume_role_policy//Statement/0/Principal";
specify(iam09, {
  good: [
    role({ Service: "ecs-tasks.amazonaws.com" }),
    role({ AWS: "111122223333" }, { StringEquals: { "sts:ExternalId": "x" } }),
  ],
  broken: {
    "one trusts all": setInside(trust, "*"),
    "one trusts all accounts": setInside(trust, { AWS: ["*"] }),
    "one trusts everybody in an account": setInside(trust, { AWS: "arn:aws:iam::111122223333:root" }),
  },
  elsewhere: allowed(secret),
});

const agent = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy";
const attached = aws({ aws_iam_role_policy_attachment: { a: { policy_arn: agent } } });
const attach = (policyArn: string) => set("aws_iam_role_policy_attachment/a/policy_arn", policyArn);
const lookUp = (body: object) => [
  set("data/aws_iam_policy/p", body, "aws_iam_role_policy_attachment.a"),
  attach("${data.aws_iam_policy.p.arn}"),
];

specify(iam05, {
  good: [
    attached,
    aws({ aws_iam_role_policy_attachment: { a: { policy_arn: "${aws_iam_policy.p.arn}" } } }),
    // A policy of the account's own is judged by its statements, whatever its name.
    aws({ aws_iam_role: { r: { managed_policy_arns: ["arn:aws:iam::111122223333:policy/ReadOnlyAccess"] } } }),
  ],
  broken: {
    "AWS's policy for Session Manager reads every parameter": attach(
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    ),
    "in any partition": attach("arn:${data.aws_partition.p.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"),
    "so does the one before it": attach("arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM"),
    "a policy reads everything": attach("arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess"),
    "a policy reads all secrets": set("aws_iam_role/r/managed_policy_arns", [
      agent,
      "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
    ]),
    "a policy reads all objects": attach("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"),
    "one of several does": set("aws_iam_role_policy_attachments_exclusive/e/policy_arns", [
      agent,
      "arn:aws:iam::aws:policy/AmazonS3FullAccess",
    ]),
    "it is looked up by its name": lookUp({ name: "AmazonSSMManagedInstanceCore" }),
    "it is looked up by its ARN": lookUp({ arn: "arn:aws:iam::aws:policy/SecretsManagerReadWrite" }),
  },
  elsewhere: denial,
});

specify(iam11, {
  good: attached,
  broken: {
    "one is": set("aws_iam_role_policy_attachment/a/policy_arn", "arn:aws:iam::aws:policy/AdministratorAccess"),
    "one nearly is": set("aws_iam_role_policy_attachment/a/policy_arn", "arn:aws-cn:iam::aws:policy/IAMFullAccess"),
    "a role names it itself": set("aws_iam_role/r/managed_policy_arns", ["arn:aws:iam::aws:policy/PowerUserAccess"]),
  },
  elsewhere: allowed(secret),
});

specify(iam13, {
  good: role({ Service: "ec2.amazonaws.com" }),
  broken: {
    "a user is made": set("aws_iam_user/u", { name: "deploy" }),
    "a key is made": set("aws_iam_access_key/k", { user: "deploy" }),
  },
  elsewhere: allowed(secret),
});

const many = (count: number) => Array.from({ length: count }, (_, index) => `arn:aws:s3:::bucket-${index}/*`);
specify(x15, {
  good: [allowed({ ...secret, Resource: many(300) }), role({ Service: "ec2.amazonaws.com" })],
  broken: {
    "a policy of a role is longer than 10240": setInside(`${statement}/Resource`, many(600)),
    "a policy by itself is longer than 6144": set("aws_iam_policy/p", { policy: policy({ Resource: many(300) }) }),
    "a trust policy is longer than 2048": set("aws_iam_role/r", {
      assume_role_policy: policy({ Principal: { AWS: many(100) } }),
    }),
  },
  elsewhere: aws({ aws_ecr_repository_policy: { p: { policy: policy({ Resource: many(600) }) } } }),
});

specify(x20, {
  good: [
    allowed(secret),
    written({ actions: ["s3:ListAllMyBuckets"] }),
    // A reference with quotes of its own inside JSON, as Terraform and nobody else reads it.
    aws({
      aws_iam_role_policy: { p: { policy: policy(secret).replace("${aws_x.y.arn}", '${aws_x.y["a"].arn}') } },
      aws_ecs_task_definition: { t: { container_definitions: '[{"name":"a","image":"${aws_x.y["a"].url}"}]' } },
    }),
  ],
  broken: {
    "Terraform writes a policy": set("aws_iam_role_policy/p/policy", '${jsonencode({"Statement" = []})}'),
    "a policy is read from a file": set("aws_iam_role_policy/p/policy", '${file("policy.json")}'),
    "a policy is broken": set("aws_iam_role_policy/p/policy", '{"Statement": ['),
    "a document is changed on the way": set(
      "aws_iam_role_policy/p/policy",
      '${replace(data.aws_iam_policy_document.d.json, "s3:Get", "s3:")}',
    ),
    "Terraform writes the containers": set("aws_ecs_task_definition/t", {
      container_definitions: "${local.containers}",
    }),
  },
  elsewhere: [aws({ aws_ecr_lifecycle_policy: { p: { policy: "${local.x}" } } }), aws({ aws_iam_role: { r: {} } })],
});

specify(iam09, {
  good: aws(
    { aws_iam_role: { r: { assume_role_policy: "${data.aws_iam_policy_document.t.json}" } } },
    {
      data: {
        aws_iam_policy_document: { t: { statement: { principals: [{ type: "Service", identifiers: ["ecs"] }] } } },
      },
    },
  ),
  broken: {
    "a policy document trusts all": set(
      "data/aws_iam_policy_document/t/statement/principals/0/identifiers",
      ["*"],
      "aws_iam_role.r",
    ),
    "a policy document trusts all but one": [
      set("data/aws_iam_policy_document/t/statement/not_principals", [{ identifiers: ["x"] }], "aws_iam_role.r"),
      drop("data/aws_iam_policy_document/t/statement/principals"),
    ],
  },
  elsewhere: allowed(secret),
});
