import { choice, listOf, logDays, section, whole } from "./field";

const limit = { code: "WAF_LIMIT", min: 10, max: 2_000_000_000 } as const;

const webGroups = ["reputation", "common", "bad-inputs", "sql"] as const;
/** Groups of rules for a site of WordPress are all that the module knows. */
const siteRules = [
  "reputation",
  "common",
  "bad-inputs",
  "wordpress",
  "php",
  "sql",
  "login",
  "xmlrpc",
  "requests",
] as const;

const shared = {
  mode: choice(
    "Whether requests that a rule is against are refused, or let through and written down. Begin with count, for a week.",
    ["block", "count"],
    { code: "WAF_MODE" },
  ).default("block"),
  requests: whole("Requests from one address in five minutes. Without it, no limit.", limit).optional(),
  logDays: logDays("How long the log of refused requests is kept").default(30),
};

const counted = <const W extends readonly string[]>(words: W) =>
  listOf("Rules that only count, while the others refuse.", choice("A rule.", words, { code: "WAF_RULE" })).default([]);

/** What stands before any web application. */
export const webAcl = section(
  "A web ACL of WAF before it: what looks like an attack is refused. Billed by the month and by the request.",
  { ...shared, counted: counted([...webGroups, "requests"]) },
);

/** What stands before WordPress. */
export const siteWebAcl = section(
  "A web ACL of WAF before it, with rules for WordPress, PHP and SQL. Billed by the month and by the request.",
  {
    ...shared,
    loginRequests: whole("Requests for wp-login.php from one address in five minutes.", limit).default(100),
    xmlrpcRequests: whole("Requests for xmlrpc.php from one address in five minutes.", limit).default(50),
    counted: counted(siteRules),
  },
);
