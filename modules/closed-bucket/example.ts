import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { closedBucket } from ".";

/** Reports that somebody else's service writes, and that go after a year. */
export function example(stack: TerraformStack) {
  const reports = new Construct(stack, "reports");

  closedBucket(reports, {
    name: "shop-dev-reports",
    versions: false,
    expiry: { id: "old-reports", expiration: [{ days: 365 }] },
    allow: (arn) => [
      {
        ...{ Sid: "ReportsArrive", Effect: "Allow", Principal: { Service: "billingreports.amazonaws.com" } },
        ...{ Action: "s3:PutObject", Resource: `${arn}/reports/*` },
      },
    ],
    onRemoval: "destroy",
  });
}
