import { TerraformOutput, type TerraformStack } from "cdktf";
import { watchedFleet } from "../../src/core/watched/machines";
import { MetricsDashboard } from ".";

/** What the machines of a shop do, on one page. */
export function example(stack: TerraformStack) {
  const machines = { watched: watchedFleet("shop-machines-1a2b3c", { min: 1, max: 4 }) };
  const { dashboardName } = new MetricsDashboard(stack, "dashboard", {
    ...{ name: "shop-dev", region: "eu-west-1", watched: { machines } },
  });
  new TerraformOutput(stack, "dashboard_name", { value: dashboardName });
}
