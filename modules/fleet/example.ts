import type { TerraformStack } from "cdktf";
import { Fleet } from ".";

/** Two web machines that configure themselves at their first boot, and may read one parameter to do so. */
export function example(stack: TerraformStack) {
  const web = new Fleet(stack, "web", {
    name: "guestbook-dev",
    placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
    image: { amiId: "ami-0123456789abcdef0" },
    instanceType: "t3.small",
    min: 2,
    desired: 2,
    max: 4,
    userData: "#!/bin/bash\nset -euo pipefail\necho web > /etc/role\n",
    ports: 80,
    statements: [
      {
        actions: ["ssm:GetParameter"],
        resources: ["arn:aws:ssm:eu-west-1:111122223333:parameter/slipway/dev/guestbook/role"],
      },
    ],
    onRemoval: "destroy",
  });

  web.connections.allowFromInternet("visitors");
  web.connections.allowToInternet("packages and AWS APIs");
}
