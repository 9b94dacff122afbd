import { describe, expect, it } from "vitest";
import { type Change, refusalOf } from "./description";

const cases: [title: string, change: Change, message: string][] = [
  [
    "an account that became a number (bad inputs 115, 119)",
    { top: "account: 011122223333" },
    `
dev.yaml:2:10 ACCOUNT_ID
  at    account
  got   011122223333
  want  12 digits in quotes
  fix   put it in quotes: "011122223333"`,
  ],
  [
    "an account of 11 digits (bad input 119)",
    { top: 'account: "11112222333"' },
    `
dev.yaml:2:10 ACCOUNT_ID
  at    account
  got   "11112222333"
  want  12 digits in quotes
  fix   copy the account's number from the AWS console`,
  ],
  [
    "a backend that does not exist",
    { top: "state: { backend: gcs }" },
    `
dev.yaml:2:19 STATE_BACKEND
  at    state.backend
  got   "gcs"
  want  local, s3 or cloud
  fix   write backend: local, or backend: s3 with bucket and region`,
  ],
  [
    "a bucket that S3 refuses (bad input 49)",
    { top: "state: { backend: s3, bucket: My_Bucket, region: eu-west-1 }" },
    `
dev.yaml:2:31 S3_NAME
  at    state.bucket
  got   "My_Bucket"
  want  the name of an S3 bucket: 3 to 63 lower-case letters, digits and dashes
  fix   copy the name of the bucket from the S3 console`,
  ],
  [
    "a bucket without a region",
    { top: "state: { backend: s3, bucket: slipway-state }" },
    `
dev.yaml:2:1 KEY_MISSING
  at    state.region
  got   nothing
  want  an AWS region
  fix   add region`,
  ],
  [
    "a state key of another region",
    {
      top: "state: { backend: s3, bucket: slipway-state, region: eu-west-1, kmsKeyArn: arn:aws:kms:us-east-1:111122223333:key/0f5c4f2e }",
    },
    `
dev.yaml:2:76 ARN_REGION
  at    state.kmsKeyArn
  got   "arn:aws:kms:us-east-1:111122223333:key/0f5c4f2e"
  want  an ARN of eu-west-1, the region of the bucket
  fix   copy the ARN of the one in eu-west-1, or make one there`,
  ],
  [
    "an address instead of a host name",
    { top: 'state: { backend: cloud, organization: acme, hostname: "https://tfe.example.com/" }' },
    `
dev.yaml:2:56 DNS_NAME
  at    state.hostname
  got   "https://tfe.example.com/"
  want  a host name such as terraform.example.com, without https://
  fix   write the name only`,
  ],
  [
    "a removal that is neither kept nor destroyed",
    { top: "onRemoval: delete" },
    `
dev.yaml:2:12 ON_REMOVAL
  at    onRemoval
  got   "delete"
  want  keep or destroy
  fix   write keep, unless nobody would miss the data`,
  ],
  [
    "a reason to destroy what is kept",
    { top: "removalReason: It was only a load test." },
    `
dev.yaml:2:16 REMOVAL_REASON
  at    removalReason
  got   "It was only a load test."
  want  nothing where data are kept
  fix   remove it, or write onRemoval: destroy`,
  ],
];

describe("mistakes in the account and the state", () => {
  it.each(cases)("include %s", (_, change, message) => {
    expect(`\n${refusalOf(change)}`).toBe(message);
  });
});
