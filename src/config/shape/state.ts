import * as z from "zod";
import { arnForms } from "../../core/arn";
import { regionFault } from "../regions";
import { oneOf, section, text } from "./field";

const bucket = text("S3 bucket that holds the state. It must exist already, with versioning on.", {
  code: "S3_NAME",
  want: "the name of an S3 bucket: 3 to 63 lower-case letters, digits and dashes",
  fix: "copy the name of the bucket from the S3 console",
  // Dots are allowed in buckets, but break TLS; the prefixes and suffixes belong to AWS.
  pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9]([a-z0-9-]{1,61})[a-z0-9](?<!-s3alias|--ol-s3|--x-s3|--table-s3)$/,
});

const prefix = text("First part of the keys in the bucket; the name of the stack follows.", {
  code: "STATE_PREFIX",
  want: "1 to 200 letters, digits and characters of _.-, in parts divided by single slashes",
  fix: "write a prefix such as slipway, without a slash at either end",
  pattern: /^(?=.{1,200}$)[A-Za-z0-9_-][A-Za-z0-9_.-]*(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/,
});

const kmsKeyArn = text("KMS key that encrypts the state. Without it, S3 uses its own.", {
  code: "ARN_FORM",
  want: "the ARN of a KMS key",
  fix: "copy it from the KMS console: arn:aws:kms:<region>:<account>:key/<id>",
  pattern: arnForms.key,
});

const workspaceName = "letters, digits, dashes and underscores";

/** Where Terraform keeps what it knows of the stacks. */
export const state = oneOf(
  "Where Terraform keeps the state of the stacks.",
  [
    section("In files beside the project: for one person, on one machine.", { backend: z.literal("local") }),
    section("In an S3 bucket, with a lock file.", {
      backend: z.literal("s3"),
      bucket,
      region: text("Region of the bucket.", {
        code: "REGION_UNKNOWN",
        want: "an AWS region",
        fix: "write the region of the bucket, such as eu-west-1",
        check: regionFault,
      }),
      prefix: prefix.default("slipway"),
      kmsKeyArn: kmsKeyArn.optional(),
    }),
    section("In HCP Terraform or Terraform Enterprise, a workspace per stack.", {
      backend: z.literal("cloud"),
      organization: text("Organization that has the workspaces.", {
        code: "CLOUD_NAME",
        want: `1 to 40 ${workspaceName}`,
        fix: "copy the name of the organization from its address",
        pattern: /^[A-Za-z0-9_-]{1,40}$/,
      }),
      workspacePrefix: text("First part of the workspaces' names; the name of the stack follows.", {
        code: "CLOUD_NAME",
        want: `at most 40 ${workspaceName}`,
        fix: "write a prefix such as slipway-",
        pattern: /^[A-Za-z0-9_-]{0,40}$/,
      }).default("slipway-"),
      hostname: text("Host of a Terraform Enterprise. Without it, HCP Terraform.", {
        code: "DNS_NAME",
        want: "a host name such as terraform.example.com, without https://",
        fix: "write the name only",
        pattern: /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
      }).optional(),
    }),
  ],
  {
    code: "STATE_BACKEND",
    by: "backend",
    want: "local, s3 or cloud",
    fix: "write backend: local, or backend: s3 with bucket and region",
  },
);
