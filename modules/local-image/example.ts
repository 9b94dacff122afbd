import type { TerraformStack } from "cdktf";
import { LocalImage } from ".";

/** An application that is built here, and a database that is not. */
export function example(stack: TerraformStack) {
  new LocalImage(stack, "shop", {
    name: "localhost/shop:1.0.0",
    build: { by: "docker", context: "systems/shop/app", arguments: { VERSION: "1.0.0" } },
  });
  new LocalImage(stack, "postgres", { name: "docker.io/library/postgres:17" });
}
