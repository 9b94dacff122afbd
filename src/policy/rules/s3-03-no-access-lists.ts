import { asBlock, blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const s303 = rule({
  id: "S3-03",
  title: "objects belong to who has the bucket, and no access list says otherwise",
  severity: "medium",
  types: ["aws_s3_bucket"],
  why: "an object that another account wrote could not be read, and its list could make it public",
  fix: 'make an aws_s3_bucket_ownership_controls with object_ownership = "BucketOwnerEnforced"',
  also: ["CKV2_AWS_65", "S3.12"],
  inspect: (bucket, doc) => {
    const [given] = doc
      .referrers(bucket, "aws_s3_bucket_ownership_controls")
      .map(({ body }) => asBlock(blocks(body.rule)[0]).object_ownership);
    return complainIf(given !== "BucketOwnerEnforced", bucket, "object_ownership", given, "BucketOwnerEnforced");
  },
});
