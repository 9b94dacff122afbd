import type { TerraformStack } from "cdktf";
import { ContainerService } from ".";

const account = "111122223333";
const balancer = "app/shop-dev-public/50dc6c495c0c9188";

/**
 * A shop that scales with its load and takes its database password from Secrets Manager, and a small blog beside it; and a page
 * without load balancer, on port 80 of its machine.
 */
export function example(stack: TerraformStack) {
  const cluster = {
    arn: `arn:aws:ecs:eu-west-1:${account}:cluster/dev`,
    name: "dev",
    capacityProvider: "dev-machines",
    execLogGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:/slipway/dev/exec",
  };
  const shared = {
    region: "eu-west-1",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    cluster,
    listener: {
      arn: `arn:aws:elasticloadbalancing:eu-west-1:${account}:listener/${balancer}/0467ef3c8400ae65`,
      loadBalancerArnSuffix: balancer,
    },
    repositoryArn: `arn:aws:ecr:eu-west-1:${account}:repository/wordpress`,
    image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/wordpress:6.8.3-1`,
  };
  new ContainerService(stack, "shop", {
    ...shared,
    name: "wordpress-dev-shop",
    route: { path: "/shop/*", host: "www.example.com", priority: 100 },
    environment: { WORDPRESS_DB_HOST: "db.internal", WORDPRESS_DB_DATABASE: "shop" },
    secrets: {
      WORDPRESS_DB_PASSWORD: {
        arn: `arn:aws:secretsmanager:eu-west-1:${account}:secret:rds!db-0a1b2c3d-Ab3dEf`,
        key: "password",
      },
    },
    cpu: 256,
    memoryMib: 768,
    exec: true,
    scaling: { min: 2, max: 6, cpuPercent: 60, memoryPercent: 75, requestsPerTarget: 600 },
  });
  new ContainerService(stack, "blog", {
    ...shared,
    name: "wordpress-dev-blog",
    route: { priority: 50_000 },
    onRemoval: "destroy",
  });
  new ContainerService(stack, "page", {
    name: "wordpress-dev-page",
    region: "eu-west-1",
    cluster,
    image: "docker.io/library/httpd:2.4.66",
    hostPort: 80,
    onRemoval: "destroy",
  });
}
