import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Connections } from "../connections";
import { Instances } from ".";

/** Two web machines in two zones that configure themselves at their first boot, both behind a load balancer. */
export function example(stack: TerraformStack) {
  const entrance = new Construct(stack, "entrance");
  const connections = new Connections(entrance, "connections", { vpcId: "vpc-1", ports: 80 });
  const targetGroupArn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/guestbook/50dc6c495c0c9188";
  const web = new Instances(stack, "web", {
    name: "guestbook-dev",
    placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
    image: { amiId: "ami-0123456789abcdef0" },
    instanceType: "t3.small",
    count: 2,
    // In a stack: a target group, as it is.
    registry: {
      register: (key, targetId) => void new LbTargetGroupAttachment(entrance, key, { targetGroupArn, targetId }),
    },
    userData: '#cloud-config\n{"packages":["puppet-agent"]}\n',
    ports: 80,
  });

  web.connections.allowFrom({ connections }, "visitors' requests");
  web.connections.allowToInternet("packages and AWS APIs");
}
