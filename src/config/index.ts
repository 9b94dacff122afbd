export { type BootPlan, readBootPlans } from "./boot-plans";
export {
  type AnyEnvironment,
  type Dashboard,
  type Environment,
  type Guestbook,
  type GuestbookMesos,
  isLocal,
  type SecretSource,
  type Wordpress,
  type WordpressMysql,
  type WordpressService,
} from "./complete";
export type { ManagementMachines, MesosPlace } from "./guestbook-mesos-complete";
export { environmentJsonSchema, writeEnvironmentSchema } from "./json-schema";
export { loadEnvironment, loadEnvironments, loadLocalEnvironment } from "./load";
export type {
  LocalDashboard,
  LocalEnvironment,
  LocalGuestbook,
  LocalGuestbookMesos,
  LocalWordpress,
  LocalWordpressMysql,
} from "./local-complete";
export { InvalidEnvironments, type Mistake } from "./mistakes";
export { readSwarmStack, type SwarmService } from "./swarm-stack";
export { readSystemFiles, type SystemFile, systemFile } from "./system-files";
