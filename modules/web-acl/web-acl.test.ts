import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { describe, expect, it } from "vitest";
import { type Block, synthesize } from "../../src/testing/synthesize";
import { WebAcl, type WebAclProps } from ".";
import { example } from "./example";
import { groups } from "./groups";

const login = { path: "/wp-login.php", requests: 100 };
const xmlrpc = { path: "/xmlrpc.php", requests: 50 };
const acl = (props: Partial<WebAclProps> = {}) =>
  synthesize((stack) => new WebAcl(stack, "acl", { name: "shop", scope: "REGIONAL", ...props }));
const rules = (props: Partial<WebAclProps> = {}): Block[] => acl(props).one(Wafv2WebAcl).rule;
const rule = (name: string, props: Partial<WebAclProps> = {}) => rules(props).find((each) => each.name === name)!;
const managedIn = (all: Block[]) =>
  all.flatMap(({ statement }) => statement.managed_rule_group_statement?.name ?? []).sort();

describe("a web ACL", () => {
  it("has AWS's rules for WordPress, PHP, SQL, known attacks and addresses that attack others (S3-W05, S3-W11)", () => {
    expect(managedIn(rules())).toEqual([
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesPHPRuleSet",
      "AWSManagedRulesSQLiRuleSet",
      "AWSManagedRulesWordPressRuleSet",
    ]);
    expect(rules().every(({ override_action }) => "none" in override_action)).toBe(true);
  });

  it("limits how often one address may try a password, however the path is written (S3-W11)", () => {
    const { action, statement } = rule("login", { limits: { login } });
    expect(action).toEqual({ block: {} });
    const { limit, aggregate_key_type, scope_down_statement } = statement.rate_based_statement;
    expect({ limit, aggregate_key_type }).toEqual({ limit: 100, aggregate_key_type: "IP" });
    const { search_string, text_transformation } = scope_down_statement.byte_match_statement;
    expect(search_string).toBe("/wp-login.php");
    expect(text_transformation.map(({ type }: Block) => type)).toEqual(["URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"]);
  });

  it("gives every rule a place of its own, and cheap rules that refuse most the first ones (bad input 38)", () => {
    const all = rules({ limits: { login, xmlrpc }, requests: 5000 });
    const places = all.map(({ priority }) => priority);
    expect(new Set(places).size).toBe(places.length);
    expect(all.map(({ name }) => name).slice(0, 4)).toEqual(["reputation", "login", "xmlrpc", "requests"]);
    const metrics = all.map(({ visibility_config }) => visibility_config.metric_name);
    expect(new Set(metrics).size).toBe(metrics.length);
  });

  it("stays within the 1500 units that its price includes, with room for some limits (bad input 37)", () => {
    const units = Object.values(groups).reduce((sum, group) => sum + group.units, 0);
    // A limit takes 2, its path 2 and each of three transformations 10.
    expect(units + 4 * 34).toBeLessThanOrEqual(1500);
  });

  it("lets uploads and posts of WordPress through, which are large and HTML", () => {
    const { rule_action_override } = rule("common").statement.managed_rule_group_statement;
    expect(rule_action_override).toEqual([
      { name: "SizeRestrictions_BODY", action_to_use: { count: {} } },
      { name: "CrossSiteScripting_BODY", action_to_use: { count: {} } },
    ]);
  });

  it("only counts where asked to: all rules, or new ones", () => {
    for (const { name, action, override_action } of rules({ mode: "count", limits: { login } })) {
      expect([name, action ?? override_action]).toEqual([name, { count: {} }]);
    }
    expect(rule("php", { counted: ["php"] }).override_action).toEqual({ count: {} });
    expect(rule("sql", { counted: ["php"] }).override_action).toEqual({ none: {} });
  });

  it("logs what it refuses or counts, without cookies, where WAF may write (bad input 53)", () => {
    const { one } = acl({ logDays: 365 });
    expect(one(CloudwatchLogGroup)).toMatchObject({ name: "aws-waf-logs-shop", retention_in_days: 365 });
    const logging = one(Wafv2WebAclLoggingConfiguration);
    expect(logging.redacted_fields.map(({ single_header }: Block) => single_header.name)).toEqual([
      "authorization",
      "cookie",
    ]);
    expect(logging.logging_filter.default_behavior).toBe("DROP");
  });

  it("stands before the load balancers that it is given (S3-W05)", () => {
    expect(synthesize(example).one(Wafv2WebAclAssociation).resource_arn).toContain("loadbalancer/app/shop");
  });

  it.each<[Partial<WebAclProps>, string]>([
    [{ name: "a.b" }, "name must be 1 to 100 letters, digits and dashes"],
    [{ groups: ["linux" as "php"] }, "groups must be one of reputation, common"],
    [{ groups: ["php", "php"] }, "groups must be different from each other"],
    [{ limits: { Login: login } }, "limits must be lower-case letters"],
    [{ limits: { php: login } }, "limits must be lower-case letters"],
    [{ limits: { login: { ...login, path: "wp-login.php" } } }, "limits.login.path must be the start of a path"],
    [{ limits: { login: { ...login, requests: 9 } } }, "limits.login.requests must be a whole number"],
    [{ requests: 1 }, "requests must be a whole number"],
    [{ counted: ["login"] }, "counted must be a rule of this ACL"],
    [{ logDays: 2 }, "logDays must be"],
  ])("refuses %j", (props, message) => {
    expect(() => acl(props)).toThrow(`test/acl: ${message}`);
  });
});
