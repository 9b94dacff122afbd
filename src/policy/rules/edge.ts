import type { Rule } from "../rule";
import { acm01 } from "./acm-01-renewal";
import { acm02 } from "./acm-02-public-log";
import { acm03 } from "./acm-03-whole-names";
import { cdn01 } from "./cdn-01-viewers-https";
import { cdn02 } from "./cdn-02-tls-version";
import { cdn03 } from "./cdn-03-server-names";
import { cdn04 } from "./cdn-04-origin-tls";
import { cdn05 } from "./cdn-05-origin-https";
import { cdn06 } from "./cdn-06-logs";
import { cdn07 } from "./cdn-07-web-acl";
import { cdn13 } from "./cdn-13-answer-headers";
import { cdn14 } from "./cdn-14-hsts";
import { cdn16 } from "./cdn-16-hidden-origins";
import { waf01 } from "./waf-01-managed-groups";
import { waf02 } from "./waf-02-actions";
import { waf04 } from "./waf-04-logs";
import { waf05 } from "./waf-05-metrics";
import { waf06 } from "./waf-06-classic";

/** Distributions, web ACLs, certificates. */
export const edge: readonly Rule[] = [
  ...[cdn01, cdn02, cdn03, cdn04, cdn05, cdn06, cdn07, cdn13, cdn14, cdn16],
  ...[waf01, waf02, waf04, waf05, waf06, acm01, acm02, acm03],
];
