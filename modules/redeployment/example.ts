import { TerraformOutput, type TerraformStack } from "cdktf";
import { Redeployment } from ".";

/** A blog whose database password AWS rotates every seven days. */
export function example(stack: TerraformStack) {
  const redeployment = new Redeployment(stack, "redeployment", {
    name: "blog-dev",
    region: "eu-west-1",
    secretArns: ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-2c1f-AbCdEf"],
    cluster: { arn: "arn:aws:ecs:eu-west-1:111122223333:cluster/blog-dev" },
    service: { name: "blog-dev" },
  });

  new TerraformOutput(stack, "redeploy-command", {
    value: `aws ssm start-automation-execution --document-name ${redeployment.documentName}`,
  });
}
