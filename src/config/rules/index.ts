import { arnRule } from "./arns";
import { dashboardRule } from "./dashboard";
import { databaseRule } from "./database";
import { entranceRule } from "./entrances";
import { guestbookRule } from "./guestbook";
import { guestbookMesosRule } from "./guestbook-mesos";
import { loadBalancingRule } from "./load-balancing";
import { machineRule } from "./machines";
import { nameRule } from "./names";
import { networkRule } from "./network";
import { observationRule } from "./observation";
import { removalRule } from "./removal";
import type { Rule } from "./rule";
import { safetyRule } from "./safety";
import { serviceRule } from "./services";
import { tagRule } from "./tags";
import { wordpressMysqlRule } from "./wordpress-mysql";

export { acrossRule, type Neighbour } from "./across";

/** What the fields of one environment must not say together. */
export const rules: readonly Rule[] = [
  ...[
    arnRule,
    dashboardRule,
    databaseRule,
    entranceRule,
    guestbookRule,
    guestbookMesosRule,
    loadBalancingRule,
    machineRule,
    nameRule,
  ],
  ...[networkRule, observationRule, removalRule, safetyRule, serviceRule, tagRule, wordpressMysqlRule],
];
