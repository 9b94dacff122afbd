import { join } from "node:path";
import { type Environment, loadEnvironment } from "../config";
import { WordpressPlatformStack } from "../stacks/wordpress-platform";
import { WordpressServiceStack } from "../stacks/wordpress-service";
import { inThrowAwayApp, type Synthesized } from "./synthesize";

/** A description as it stands in `environments/`. */
export function described(name: "dev" | "production"): Environment {
  return loadEnvironment(join(__dirname, "../../environments", `${name}.yaml`));
}

export function platformOf(environment: Environment): Synthesized {
  const id = `wordpress-platform-${environment.name}`;
  return inThrowAwayApp((app) => new WordpressPlatformStack(app, id, environment, environment.wordpress!));
}

export function serviceOf(environment: Environment): Synthesized {
  const id = `wordpress-service-${environment.name}`;
  return inThrowAwayApp((app) => new WordpressServiceStack(app, id, environment, environment.wordpress!));
}
