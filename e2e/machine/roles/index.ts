import { frontend } from "./frontend";
import { mysql } from "./mysql";
import type { RoleUnderTest } from "./role";
import { webworkerDashboard } from "./webworker-dashboard";
import { wordpress } from "./wordpress";
import { zookeeper } from "./zookeeper";

/** Every role with a machine image. A new one is a line here, and a file beside this one. */
export const roles: readonly RoleUnderTest[] = [frontend, mysql, webworkerDashboard, wordpress, zookeeper];
