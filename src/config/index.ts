export type { Environment, SecretSource, Wordpress, WordpressMysql, WordpressService } from "./complete";
export { environmentJsonSchema, writeEnvironmentSchema } from "./json-schema";
export { loadEnvironment, loadEnvironments } from "./load";
export { InvalidEnvironments, type Mistake } from "./mistakes";
