import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, Fn, Lazy, LocalBackend, TerraformOutput, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";

/** A stack that uses every way of writing a value that cdktf knows, for tests of synthesis. */
export class ExampleStack extends TerraformStack {
  readonly vpc: Vpc;

  constructor(scope: Construct, id: string, services = 2) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1", defaultTags: [{ tags: { system: "example" } }] });
    new AwsProvider(this, "aws-us", { region: "us-east-1", alias: "us" });
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    this.addOverride("terraform.required_version", ">= 1.11.0");
    const zones = new DataAwsAvailabilityZones(this, "zones", { state: "available" });
    this.vpc = new Vpc(this, "vpc", {
      cidrBlock: "10.0.0.0/16",
      tags: { Name: 'a "quoted" näme \u2028 → ${literal}', empty: "" },
    });
    new Subnet(this, "subnet", {
      vpcId: this.vpc.id,
      cidrBlock: Fn.cidrsubnet(this.vpc.cidrBlock, 4, 1),
      availabilityZone: Fn.element(zones.names, 0),
      dependsOn: [this.vpc],
    });
    const group = new SecurityGroup(this, "group", {
      vpcId: this.vpc.id,
      name: `group of ${this.vpc.id} and ${this.vpc.arn}`,
    });
    group.addOverride("lifecycle.create_before_destroy", true);
    for (let service = 0; service < services; service++) this.addService(`service-${service}`, service);
    new TerraformOutput(new Construct(this, "outputs"), "vpc-id", { value: this.vpc.id, description: "the VPC" });
    new TerraformOutput(this, "zone-names", { value: zones.names, sensitive: true });
  }

  private addService(id: string, number: number): void {
    const scope = new Construct(this, id);
    const target = new LbTargetGroup(scope, "target", {
      name: id,
      port: Token.asNumber(Lazy.numberValue({ produce: () => 8000 + number })),
      protocol: "HTTP",
      vpcId: this.vpc.id,
      healthCheck: { path: "/", interval: 30, healthyThreshold: 2 },
      tags: { weight: `${1e21 + number}`, empty: "" },
    });
    new CloudwatchMetricAlarm(scope, "alarm", {
      alarmName: `${id} is down`,
      comparisonOperator: "LessThanThreshold",
      evaluationPeriods: 2,
      threshold: number / 3,
      dimensions: { TargetGroup: target.arnSuffix },
      alarmActions: Lazy.listValue({ produce: () => [`arn:aws:sns:eu-west-1:111122223333:${id}`, this.vpc.arn] }),
      okActions: [],
    });
  }
}

/** Two stacks that share nothing. */
export function exampleApp(outdir: string, services = 2): App {
  const app = new App({ outdir, stackTraces: false });
  new ExampleStack(app, "one", services);
  new ExampleStack(app, "two", 0);
  return app;
}
