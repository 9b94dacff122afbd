export type { Environment, SecretSource, Wordpress, WordpressService } from "./complete";
export { environmentJsonSchema, writeEnvironmentSchema } from "./json-schema";
export { loadEnvironment, loadEnvironments } from "./load";
export { InvalidEnvironments, type Mistake } from "./mistakes";
