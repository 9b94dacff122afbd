import { same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

const blocked = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

export const s301 = rule({
  id: "S3-01",
  title: "buckets refuse to become public",
  severity: "high",
  types: ["aws_s3_bucket"],
  why: "one policy or one access list that somebody adds would open every object to the world",
  fix: "make an aws_s3_bucket_public_access_block for it, with all four switches true",
  also: ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "CKV2_AWS_6", "AWS-0086", "AWS-0087", "S3.1", "S3.8"],
  inspect: (bucket, doc) => {
    const [block] = doc.referrers(bucket, "aws_s3_bucket_public_access_block");
    const open = blocked.filter((argument) => !same(block?.body[argument], true));
    return complainIf(open.length > 0, bucket, "public_access_block", open, "all four switches true");
  },
});
