import { TerraformOutput, type TerraformStack } from "cdktf";
import { ContainerDaemon } from ".";

/** On every machine, something that reads its temperature and says so. */
export function example(stack: TerraformStack) {
  const { logGroupName } = new ContainerDaemon(stack, "thermometer", {
    ...{ name: "shop-dev-thermometer", region: "eu-west-1" },
    cluster: { arn: "arn:aws:ecs:eu-west-1:111122223333:cluster/shop-dev", name: "shop-dev" },
    containers: [
      {
        ...{ name: "thermometer", image: "docker.io/example/thermometer:1.2.0", cpu: 16, memoryMib: 32 },
        reads: { "/host/sys": "/sys" },
      },
    ],
  });
  new TerraformOutput(stack, "log", { value: logGroupName });
}
