import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import type { Construct } from "constructs";
import type { OnRemoval } from "../../src/core/removal";
import { FlowLogs } from "./flow-logs";

interface BaseProps {
  readonly name: string;
  readonly region: string;
  readonly cidr: string;
  readonly flowLogDays: number;
  readonly onRemoval: OnRemoval;
}

/** What every network is made of, however its subnets lie: the VPC, its record of connections, and its door. */
export function layBase(scope: Construct, { name, region, cidr, flowLogDays, onRemoval }: BaseProps) {
  const vpc = new Vpc(scope, "vpc", {
    cidrBlock: cidr,
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: { Name: name },
  });
  // The group that AWS gives to whoever names none, emptied.
  new DefaultSecurityGroup(scope, "default-group", { vpcId: vpc.id, tags: { Name: `${name}-unused` } });
  new FlowLogs(scope, "flow-logs", { name, region, vpcId: vpc.id, days: flowLogDays, onRemoval });
  const internet = new InternetGateway(scope, "internet", { vpcId: vpc.id, tags: { Name: name } });
  return { vpc, internet };
}
