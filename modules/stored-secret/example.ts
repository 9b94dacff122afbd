import { TerraformOutput, type TerraformStack } from "cdktf";
import { StoredSecret } from ".";

/** Where the shop's database is, and how it is opened: known to the people who run it. */
export function example(stack: TerraformStack) {
  const database = new StoredSecret(stack, "database-url", {
    name: "shop-dev",
    description: "Database of the shop, as a URL of PostgreSQL with user and password",
  });

  new TerraformOutput(stack, "how-to-fill", { value: database.fillCommand });
}
