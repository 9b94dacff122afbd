import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { describe, expect, it } from "vitest";
import { type Block, synthesize } from "../../src/testing/synthesize";
import { QuorumRunbook, type QuorumRunbookProps } from ".";

const valid: QuorumRunbookProps = {
  ...{ name: "guestbook-mesos-dev", region: "eu-west-1", description: "members of ZooKeeper" },
  members: { "zk-2": "system-zk-2", "zk-1": "system-zk-1", "zk-3": "system-zk-3" },
  ...{ memberTag: "slipway:slot", healthCommand: ["/usr/local/lib/slipway/quorum-health", "zookeeper"] },
  patienceMinutes: 30,
};
const runbook = (props: Partial<QuorumRunbookProps> = {}) =>
  synthesize((stack) => void new QuorumRunbook(stack, "zookeeper", { ...valid, ...props }));
const content = (props: Partial<QuorumRunbookProps> = {}): Block => JSON.parse(runbook(props).one(SsmDocument).content);
const steps = (props: Partial<QuorumRunbookProps> = {}): Block[] => content(props).mainSteps;
const step = (name: string) => steps().find((one) => one.name === name)!;

describe("the runbook of a quorum", () => {
  it("is a document of Systems Manager that anybody may start who may lend it its role", () => {
    expect(runbook().one(SsmDocument)).toMatchObject({
      ...{ name: "replace-guestbook-mesos-dev-zookeeper", document_type: "Automation", document_format: "JSON" },
    });
    expect(content()).toMatchObject({ schemaVersion: "0.3", assumeRole: "{{ AutomationAssumeRole }}" });
    expect(content().parameters.AutomationAssumeRole.default).toMatch(/^\$\{aws_iam_role\.zookeeper_role_\w+\.arn\}$/);
  });

  it("goes from member to member in the order of their names, and does the same with each", () => {
    const each = (word: string) => [
      ...[`find_${word}`, `check_${word}`, `replace_${word}`, `wait_for_${word}`],
      ...[`find_new_${word}`, `reach_${word}`, `verify_${word}`],
    ];
    expect(steps().map(({ name }) => name)).toEqual(["zk_1", "zk_2", "zk_3"].flatMap(each));
    expect(steps().filter(({ isEnd }) => isEnd)).toEqual([steps().at(-1)]);
  });

  it("touches no member before the quorum was seen to be whole, and goes on when it is whole again", () => {
    const asked = steps().filter(({ action }) => action === "aws:runCommand");
    expect(asked.map(({ inputs }) => inputs.InstanceIds)).toEqual(
      ["zk_1", "zk_2", "zk_3"].flatMap((word) => [
        [`{{ find_${word}.InstanceId }}`],
        [`{{ find_new_${word}.InstanceId }}`],
      ]),
    );
    for (const { inputs } of asked) {
      expect(inputs.DocumentName).toBe("AWS-RunShellScript");
      expect(inputs.Parameters.commands.at(-1)).toContain("until /usr/local/lib/slipway/quorum-health zookeeper; do");
    }
    expect(step("verify_zk_1").inputs.Parameters.commands[0]).toBe("deadline=$(($(date +%s) + 1800))");
  });

  it("stops at the first thing that fails, with every other member as it was", () => {
    for (const { onFailure } of steps()) expect(onFailure).toBe("Abort");
  });

  it("replaces one machine at a time, the old one first, and none that is new already", () => {
    expect(step("replace_zk_2").inputs).toEqual({
      ...{ Service: "autoscaling", Api: "StartInstanceRefresh", AutoScalingGroupName: "system-zk-2" },
      Preferences: { MinHealthyPercentage: 0, MaxHealthyPercentage: 100, SkipMatching: "{{ OnlyOutdated }}" },
    });
    expect(step("wait_for_zk_2")).toMatchObject({
      ...{ action: "aws:waitForAwsResourceProperty", timeoutSeconds: 1800 },
      inputs: { InstanceRefreshIds: ["{{ replace_zk_2.Id }}"], DesiredValues: ["Successful"] },
    });
  });

  it("finds the machine of a place by its tag", () => {
    expect(step("find_new_zk_3").inputs.Filters).toEqual([
      { Name: "tag:slipway:slot", Values: ["system-zk-3"] },
      { Name: "instance-state-name", Values: ["running"] },
    ]);
  });

  it("asks for no output that no step before it has", () => {
    const known = new Set<string>(["OnlyOutdated"]);
    for (const one of steps()) {
      for (const [, asked] of JSON.stringify(one.inputs).matchAll(/\{\{ ([\w.]+) \}\}/g))
        expect(known).toContain(asked);
      for (const { Name } of one.outputs ?? []) known.add(`${one.name}.${Name}`);
    }
  });

  it("may replace machines of these places, and run commands on them, no others", () => {
    const [replace, script, machines, look] = JSON.parse(runbook().one(IamRolePolicy).policy).Statement;
    expect(replace.Action).toEqual(["autoscaling:StartInstanceRefresh"]);
    expect(replace.Resource.map((arn: string) => arn.split("/").at(-1))).toEqual([
      ...["system-zk-1", "system-zk-2", "system-zk-3"],
    ]);
    expect(script.Resource[0]).toMatch(/:ssm:eu-west-1::document\/AWS-RunShellScript$/);
    expect(machines.Condition).toEqual({
      StringEquals: { "ssm:resourceTag/slipway:slot": ["system-zk-1", "system-zk-2", "system-zk-3"] },
    });
    expect(look.Condition).toEqual({ StringEquals: { "aws:RequestedRegion": "eu-west-1" } });
    for (const action of look.Action) expect(action).toMatch(/:(Describe|List|Get)/);
  });

  it("is lent to executions of this account only", () => {
    const [trust] = JSON.parse(runbook().one(IamRole).assume_role_policy).Statement;
    expect(trust.Principal).toEqual({ Service: "ssm.amazonaws.com" });
    expect(Object.keys(trust.Condition)).toEqual(["StringEquals", "ArnLike"]);
  });

  it.each<[string, Partial<QuorumRunbookProps>, string]>([
    ["two members", { members: { a: "x", b: "y" } }, "members must be three members or more"],
    ["one place twice", { members: { a: "x", b: "y", c: "x" } }, "members must be another group for each member"],
    [
      "a name that no step can have",
      { members: { a: "x", b: "y", "C 1": "z" } },
      "members must be names of lower-case",
    ],
    ["a command with a shell in it", { healthCommand: ["a;", "b"] }, "healthCommand must be words of letters"],
    ["no patience", { patienceMinutes: 1 }, "patienceMinutes must be whole minutes from 5 to 120"],
  ])("refuses %s", (_, props, message) => expect(() => runbook(props)).toThrow(message));
});
