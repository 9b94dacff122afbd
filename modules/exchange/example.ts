import { TerraformOutput, type TerraformStack } from "cdktf";
import { Publication, Subscription } from ".";

/** A stack of orders that tells where it is found, and reads where customers are kept from the stack that knows. */
export function example(stack: TerraformStack) {
  new Publication(stack, "published", {
    path: "/shop/dev/orders",
    values: {
      url: "https://orders.dev.example.com",
      "database-secret-arn": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf",
    },
  });
  const customers = new Subscription(stack, "customers", { path: "/shop/dev/customers", from: "customers-dev" });

  new TerraformOutput(stack, "customers_url", { value: customers.value("url") });
}
