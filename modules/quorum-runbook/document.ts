import type { QuorumRunbookProps } from "./props";

type Step = Readonly<Record<string, unknown>>;

/** Seconds between two looks at a member. */
const pauseSeconds = 15;

/**
 * What Automation does, member after member: it asks whether the quorum is whole, has the machine replaced, and waits until the quorum is
 * whole again. Whatever fails ends it there, with the other members as they were; started again, it goes on where it stopped, as machines
 * of the newest template are left alone.
 *
 * `Service` is whose API is called; the other inputs are the API's own.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 */
export function runbookOf(props: QuorumRunbookProps, roleArn: string): string {
  return JSON.stringify({
    schemaVersion: "0.3",
    description: `Replaces the machines of the ${props.description} of ${props.name} one by one, and waits for the quorum in between`,
    assumeRole: "{{ AutomationAssumeRole }}",
    parameters: {
      AutomationAssumeRole: { type: "String", description: "Role that may replace the machines", default: roleArn },
      OnlyOutdated: {
        type: "Boolean",
        description: "Leave machines alone that started from the newest template",
        default: true,
      },
    },
    mainSteps: stepsOf(props),
  });
}

function stepsOf(props: QuorumRunbookProps): Step[] {
  const members = Object.entries(props.members).sort(([a], [b]) => (a < b ? -1 : 1));
  return members.flatMap(([member, group], index) =>
    memberSteps(member.replaceAll("-", "_"), group, props, index === members.length - 1),
  );
}

/** Names of steps have no dashes: outputs of steps are asked for by `step.output`. */
function memberSteps(word: string, group: string, props: QuorumRunbookProps, last: boolean): Step[] {
  const { patienceMinutes } = props;
  const seconds = patienceMinutes * 60;
  return [
    machineIn(`find_${word}`, group, props),
    health(`check_${word}`, `find_${word}`, props, 60),
    {
      ...call(`replace_${word}`),
      inputs: {
        ...{ Service: "autoscaling", Api: "StartInstanceRefresh", AutoScalingGroupName: group },
        Preferences: { MinHealthyPercentage: 0, MaxHealthyPercentage: 100, SkipMatching: "{{ OnlyOutdated }}" },
      },
      outputs: [{ Name: "Id", Selector: "$.InstanceRefreshId", Type: "String" }],
    },
    {
      ...{
        name: `wait_for_${word}`,
        action: "aws:waitForAwsResourceProperty",
        timeoutSeconds: seconds,
        onFailure: "Abort",
      },
      inputs: {
        ...{ Service: "autoscaling", Api: "DescribeInstanceRefreshes", AutoScalingGroupName: group },
        InstanceRefreshIds: [`{{ replace_${word}.Id }}`],
        ...{ PropertySelector: "$.InstanceRefreshes[0].Status", DesiredValues: ["Successful"] },
      },
    },
    machineIn(`find_new_${word}`, group, props),
    {
      ...{
        name: `reach_${word}`,
        action: "aws:waitForAwsResourceProperty",
        timeoutSeconds: seconds,
        onFailure: "Abort",
      },
      inputs: {
        ...{ Service: "ssm", Api: "DescribeInstanceInformation" },
        Filters: [{ Key: "InstanceIds", Values: [`{{ find_new_${word}.InstanceId }}`] }],
        ...{ PropertySelector: "$.InstanceInformationList[0].PingStatus", DesiredValues: ["Online"] },
      },
    },
    { ...health(`verify_${word}`, `find_new_${word}`, props, seconds), ...(last && { isEnd: true }) },
  ];
}

/** AWS throttles now and then. */
const call = (name: string) => ({ name, action: "aws:executeAwsApi", maxAttempts: 3, onFailure: "Abort" });

/** The machine that runs in a place: the step fails where there is none. */
function machineIn(name: string, group: string, { memberTag }: QuorumRunbookProps): Step {
  return {
    ...call(name),
    inputs: {
      ...{ Service: "ec2", Api: "DescribeInstances" },
      Filters: [
        { Name: `tag:${memberTag}`, Values: [group] },
        { Name: "instance-state-name", Values: ["running"] },
      ],
    },
    outputs: [{ Name: "InstanceId", Selector: "$.Reservations[0].Instances[0].InstanceId", Type: "String" }],
  };
}

/** Asks the machine for its health until it is well, at most for so many seconds. */
function health(name: string, finder: string, { healthCommand }: QuorumRunbookProps, seconds: number): Step {
  const program = healthCommand.join(" ");
  return {
    ...{ name, action: "aws:runCommand", timeoutSeconds: seconds + 120, onFailure: "Abort" },
    inputs: {
      DocumentName: "AWS-RunShellScript",
      InstanceIds: [`{{ ${finder}.InstanceId }}`],
      Parameters: {
        commands: [
          `deadline=$(($(date +%s) + ${seconds}))`,
          `until ${program}; do [ "$(date +%s)" -lt "$deadline" ] || exit 1; sleep ${pauseSeconds}; done`,
        ],
        executionTimeout: [`${seconds + 60}`],
      },
    },
  };
}
