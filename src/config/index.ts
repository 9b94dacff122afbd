export { type BootPlan, readBootPlans } from "./boot-plans";
export type {
  Dashboard,
  Environment,
  Guestbook,
  SecretSource,
  Wordpress,
  WordpressMysql,
  WordpressService,
} from "./complete";
export { environmentJsonSchema, writeEnvironmentSchema } from "./json-schema";
export { loadEnvironment, loadEnvironments } from "./load";
export { InvalidEnvironments, type Mistake } from "./mistakes";
export { readSystemFiles, type SystemFile, systemFile } from "./system-files";
