import { describe, expect, it } from "vitest";
import { checkStacks, judgeStacks, report, rules, type Suppression, summary } from ".";
import { net03 } from "./rules/net-03-public-addresses";
import { sg01 } from "./rules/sg-01-descriptions";
import { manyServices } from "./testing/large";

const reason = "the edge nodes of this tier have no Elastic IP";
const today = "2026-06-15";

const stack = (body: object = {}, name = "platform") => ({
  name,
  document: { resource: { aws_subnet: { a: { "//": { metadata: { path: `${name}/network/a` } }, ...body } } } },
});
const inCode = (...suppress: object[]) =>
  stack({ "//": { metadata: { path: "platform/network/a" }, policy: { suppress } } });
const judge = (stacks: { name: string; document: object }[], suppressions: Suppression[] = []) =>
  judgeStacks(stacks, { rules: [net03, sg01], suppressions, today });

describe("the gate", () => {
  it("says what is wrong, where, what was given, what was wanted, and how to repair it", () => {
    expect(checkStacks([stack({ map_public_ip_on_launch: true })], { rules: [net03] })).toEqual([
      {
        ...{ rule: "NET-03", title: net03.title, severity: "high", why: net03.why, fix: net03.fix },
        ...{ stack: "platform", address: "aws_subnet.a", path: "platform/network/a" },
        ...{ argument: "map_public_ip_on_launch", given: "true", wanted: "false" },
      },
    ]);
  });

  it("says everything at once, of all stacks, the worst first", () => {
    const group = { name: "z", document: { resource: { aws_security_group: { g: {} } } } };
    const { findings } = judge([group, stack({}, "b"), stack({}, "a")]);
    expect(findings.map(({ rule, stack }) => `${rule} ${stack}`)).toEqual(["NET-03 a", "NET-03 b", "SG-01 z"]);
  });

  it("leaves the documents as they are", () => {
    const document = manyServices(2);
    const before = JSON.stringify(document);
    checkStacks([{ name: "a", document }]);
    expect(JSON.stringify(document)).toBe(before);
  });

  it("survives documents that are no documents", () => {
    for (const document of [
      {},
      { resource: [] },
      { resource: { aws_vpc: null } },
      { resource: { aws_lb: { x: "y" } } },
    ]) {
      expect(() => checkStacks([{ name: "odd", document }])).not.toThrow();
    }
  });

  it("passes a thousand services in good order", () => {
    const found = checkStacks([{ name: "large", document: manyServices(3) }]).map(({ rule, address }) => [
      rule,
      address,
    ]);
    expect(found).toEqual([
      ["NET-02", "aws_vpc.main"],
      ["NET-01", "aws_vpc.main"],
    ]);
  });

  it("reads 20,000 resources in a time in proportion to their number", () => {
    const best = (services: number) => {
      const stacks = [{ name: "large", document: manyServices(services) }];
      const times = Array.from({ length: 5 }, () => {
        // Time on the processor: what others do on the machine meanwhile is not counted.
        const start = process.cpuUsage();
        judgeStacks(stacks);
        const { user, system } = process.cpuUsage(start);
        return user + system;
      });
      return Math.min(...times);
    };
    best(250);
    expect(best(1000) / best(250)).toBeLessThan(4 * 2.5);
  });
});

describe("a suppression in the code", () => {
  it("accepts the findings of its rule at its resource, and nowhere else", () => {
    const verdict = judge([inCode({ rule: "NET-03", reason }), stack({}, "other")]);
    expect(verdict.findings.map(({ stack }) => stack)).toEqual(["other"]);
    expect(verdict.accepted).toEqual([expect.objectContaining({ stack: "platform", reason, source: "code" })]);
  });

  it("is counted apart when the generator wrote it", () => {
    const verdict = judge([inCode({ rule: "NET-03", reason, source: "generator" })]);
    expect(verdict.accepted.map(({ source }) => source)).toEqual(["generator"]);
    expect(summary(verdict)).toBe(
      "2 rules over 1 resource: 0 findings, 0 accepted by people, 1 accepted by the generator",
    );
  });

  it("may be one block instead of a list, as Terraform allows everywhere", () => {
    const one = stack({ "//": { policy: { suppress: { rule: "NET-03", reason } } } });
    expect(judge([one]).findings).toEqual([]);
  });
});

describe("a suppression of the environment", () => {
  it.each([
    "aws_subnet.a",
    "aws_subnet.*",
    "platform/network/a",
    "platform/*",
    "*",
  ])("finds its place by %s", (resource) => {
    const verdict = judge([stack()], [{ rule: "NET-03", resource, reason, expires: today }]);
    expect(verdict.findings).toEqual([]);
    expect(verdict.accepted).toEqual([expect.objectContaining({ source: "environment", reason })]);
  });

  it.each(["aws_subnet", "aws_subnetXa", "network/a", "platform"])("takes %s for what it says", (resource) => {
    const rules = judge([stack()], [{ rule: "NET-03", resource, reason }]).findings.map(({ rule }) => rule);
    expect(rules).toEqual(["ACK-03", "NET-03"]);
  });
});

describe.each([
  ["names a rule that does not exist", { rule: "NET-99", reason }, "ACK-01"],
  ["says too little", { rule: "NET-03", reason: "because I say so!!!" }, "ACK-02"],
  ["says nothing but blanks", { rule: "NET-03", reason: `${" ".repeat(30)}x` }, "ACK-02"],
  ["repeats the rule", { rule: "NET-03", reason: net03.why }, "ACK-02"],
  ["accepts what was never found", { rule: "SG-01", reason }, "ACK-03"],
  ["has expired", { rule: "NET-03", reason, expires: "2026-06-14" }, "ACK-04"],
  ["ends on no day", { rule: "NET-03", reason, expires: "2026-02-30" }, "ACK-05"],
  ["ends in other words", { rule: "NET-03", reason, expires: "next year" }, "ACK-05"],
])("a suppression that %s", (_, suppression, id) => {
  it("is a finding itself, and accepts nothing", () => {
    const fromCode = judge([inCode(suppression)]);
    const fromEnvironment = judge([stack()], [{ resource: "aws_subnet.a", ...suppression }]);
    for (const { findings, accepted } of [fromCode, fromEnvironment]) {
      expect(findings.map(({ rule }) => rule).sort()).toEqual([id, "NET-03"]);
      expect(accepted).toEqual([]);
    }
  });
});

describe("a suppression without text where text belongs", () => {
  it("is a finding, not a crash", () => {
    expect(judge([inCode({}, { rule: 7, reason: null })]).findings.map(({ rule }) => rule)).toEqual([
      "ACK-01",
      "ACK-01",
      "NET-03",
    ]);
  });
});

describe("the report", () => {
  it("is empty when nothing was found", () => expect(report([])).toBe(""));

  it("tells each rule once and every place", () => {
    const { findings } = judge([stack({}, "a"), stack({ map_public_ip_on_launch: true }, "b")]);
    expect(report(findings)).toBe(
      [
        "The policy refuses the output: 2 findings of 1 rule.",
        "",
        `NET-03 (high): ${net03.title}`,
        `  why: ${net03.why}`,
        `  fix: ${net03.fix}`,
        "  - a: aws_subnet.a (a/network/a)",
        "      map_public_ip_on_launch: got nothing, wanted false",
        "  - b: aws_subnet.a (b/network/a)",
        "      map_public_ip_on_launch: got true, wanted false",
      ].join("\n"),
    );
  });

  it("shows the beginning of a long value only", () => {
    const description = "é".repeat(5000);
    const document = { resource: { aws_security_group: { g: { description } } } };
    expect(report(checkStacks([{ name: "a", document }], { rules: [sg01] })).length).toBeLessThan(1000);
  });
});

describe("the catalogue", () => {
  it("has every rule once", () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it.each(
    rules.map((rule) => [rule.id, rule] as const),
  )("tells of %s what holds, why, and how to repair it", (id, rule) => {
    expect(id).toMatch(/^[A-Z][A-Z0-9]*-\d{1,2}$/);
    for (const text of [rule.title, rule.why, rule.fix]) expect(text).toMatch(/^.{20,}[^.]$/);
    expect(rule.types.length).toBeGreaterThan(0);
    for (const other of rule.also)
      expect(other).toMatch(/^(CKV2?_AWS_\d+|CKV_SECRET_\d+|AWS-\d{4}|[A-Za-z0-9]+\.\d+)$/);
  });
});
