import { partitionOf } from "../../core/partition";
import { asBlock } from "../../core/terraform-json";
import type { StackDocument } from "../system";
import type { Allowance } from "./statements";

/** What Terraform does with the state of a stack that lies in S3: nothing where it lies elsewhere. A plan locks it too. */
export function stateAllowances({ document }: StackDocument, phases: readonly string[]): Allowance[] {
  const { s3 } = asBlock(asBlock(asBlock(document).terraform).backend);
  if (s3 === undefined) return [];
  const { bucket, key, region } = asBlock(s3);
  const arn = `arn:${partitionOf(String(region))}:s3:::${bucket}`;
  const writes = phases.includes("write");
  return [
    { action: "s3:ListBucket", resources: [arn], condition: { StringEquals: { "s3:prefix": [String(key)] } } },
    { action: "s3:GetObject", resources: [`${arn}/${key}`, `${arn}/${key}.tflock`] },
    { action: "s3:PutObject", resources: [...(writes ? [`${arn}/${key}`] : []), `${arn}/${key}.tflock`] },
    { action: "s3:DeleteObject", resources: [`${arn}/${key}.tflock`] },
  ];
}
