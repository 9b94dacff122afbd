import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { arnHead } from "../../src/core/arn";
import { containerPathFault } from "../../src/core/container-path";
import { type Complaint, InvalidProps } from "../../src/core/invalid-props";
import { planListenerRules } from "../../src/core/listener-rules";
import { logDaysFault } from "../../src/core/log-days";
import { isTimeZone, scheduleFault } from "../../src/core/schedule";
import { isWhole } from "../../src/core/whole";
import type { ScalingProps } from "./entry-props";
import { environmentComplaints } from "./environment-checks";
import { imageComplaints } from "./image-check";
import type { Balanced, Direct, Settings } from "./settings";

/** Throws for the first thing that AWS, or the first task, would refuse. */
export function checkSettings(at: IConstruct, settings: Settings): void {
  for (const complaints of [names, numbers, health, route, imageComplaints, environmentComplaints, scaling, files]) {
    for (const complaint of complaints(settings)) throw new InvalidProps(at, complaint);
  }
}

function* names({ name, cluster, way, repositoryArn }: Settings): Iterable<Complaint> {
  if (!/^[A-Za-z][A-Za-z0-9-]{0,254}$/.test(name)) {
    const want = "at most 255 letters, digits and dashes, a letter first";
    yield { prop: "name", got: name, want, fix: "join system, environment and service with dashes" };
  }
  const listenerArn = "hostPort" in way ? undefined : way.listener.arn;
  const arns = [
    ["cluster.arn", cluster.arn, "ecs", "cluster/", "a cluster's name is not enough: the service would be replaced"],
    ["listener.arn", listenerArn, "elasticloadbalancing", "listener/app/", "pass the load balancer's listenerArn"],
    ["repositoryArn", repositoryArn, "ecr", "repository/", "pass the repository's ARN, not its address"],
  ] as const;
  for (const [prop, got, service, resource, fix] of arns) {
    const arn = new RegExp(`${arnHead(service)}${resource}.`);
    if (got !== undefined && !Token.isUnresolved(got) && !arn.test(got)) {
      yield { prop, got, want: `an ARN such as arn:aws:${service}:<region>:<account>:${resource}<name>`, fix };
    }
  }
}

function* numbers(settings: Settings): Iterable<Complaint> {
  const { way } = settings;
  const ranges: Range[] = [
    ["port", settings.port, 1, 65_535, "take the port that the image listens on"],
    ["cpu", settings.cpu, 1, 196_608, "1024 units are one vCPU"],
    ["memoryMib", settings.memoryMib, 6, 33_554_432, "512 is enough for a small site"],
    ["count", settings.count, 0, 5_000, "each task is one copy"],
    ["drainSeconds", settings.drainSeconds, 0, 3_600, "30 is enough for requests of a few seconds"],
    ...("hostPort" in way ? hostPortRanges(way) : healthRanges(way)),
  ];
  for (const [prop, got, min, max, fix] of ranges) {
    if (!isWhole(got, min, max)) yield { prop, got, want: `a whole number from ${min} to ${max}`, fix };
  }
  const fault = logDaysFault(settings.logDays);
  if (fault) yield { prop: "logDays", got: settings.logDays, ...fault };
}

type Range = [prop: string, got: number, min: number, max: number, fix: string];

const hostPortRanges = ({ hostPort }: Direct): Range[] => [
  ["hostPort", hostPort, 1, 32_767, "Docker gives the ports above to tasks that name none"],
];

const healthRanges = ({ health }: Balanced): Range[] => [
  ["health.intervalSeconds", health.intervalSeconds, 5, 300, "leave it out for 30"],
  ["health.timeoutSeconds", health.timeoutSeconds, 2, 120, "leave it out for 5"],
  ["health.healthyThreshold", health.healthyThreshold, 2, 10, "leave it out for 2"],
  ["health.unhealthyThreshold", health.unhealthyThreshold, 2, 10, "leave it out for 3"],
  ["health.graceSeconds", health.graceSeconds, 0, 2_147_483_647, "leave it out for 120"],
];

function* health({ way }: Settings): Iterable<Complaint> {
  if ("hostPort" in way) return;
  const { path, matcher, intervalSeconds, timeoutSeconds } = way.health;
  // A space or a control character would end the request line; braces could start a Terraform expression.
  if (!/^\/[!-z|~]{0,1023}$/.test(path)) {
    const want = "a path of at most 1024 characters that starts with /, without spaces and braces";
    yield { prop: "health.path", got: path, want, fix: "write / for the front page" };
  }
  const ranges = matcher.split(",").map((range) => /^([2-4]\d\d)(?:-([2-4]\d\d))?$/.exec(range));
  if (!ranges.every((range) => range && Number(range[1]) <= Number(range[2] ?? range[1]))) {
    const want = "HTTP codes from 200 to 499: one, a list such as 200,301 or a range such as 200-302";
    yield { prop: "health.matcher", got: matcher, want, fix: "leave it out for 200-302" };
  }
  if (timeoutSeconds >= intervalSeconds) {
    const want = `less than health.intervalSeconds, which is ${intervalSeconds}`;
    yield { prop: "health.timeoutSeconds", got: timeoutSeconds, want, fix: "check less often or answer faster" };
  }
}

function* route({ name, way }: Settings): Iterable<Complaint> {
  if ("hostPort" in way) return;
  for (const mistake of planListenerRules({ [name]: way.route }).mistakes) {
    const { kind, want, fix } = mistake;
    yield { prop: `route.${kind}`, got: "got" in mistake ? mistake.got : undefined, want, fix };
  }
}

function* scaling({ way, count }: Settings): Iterable<Complaint> {
  if ("hostPort" in way || !way.scaling) return;
  const { min, max, cpuPercent, memoryPercent, requestsPerTarget } = way.scaling;
  const ranges = [
    // A service without tasks has no load that could wake it.
    ["scaling.min", min, 1, 5_000, "to stop a service, leave scaling out and set count to 0"],
    ["scaling.max", max, min, 5_000, "write a max that is not below min"],
    ["count", count, min, max, "leave it out to start with scaling.min"],
    ["scaling.cpuPercent", cpuPercent ?? 1, 1, 100, "60 leaves room for a sudden load"],
    ["scaling.memoryPercent", memoryPercent ?? 1, 1, 100, "70 leaves room for a sudden load"],
    ["scaling.requestsPerTarget", requestsPerTarget ?? 1, 1, 1_000_000_000, "count the requests per minute and task"],
  ] as const;
  for (const [prop, got, from, to, fix] of ranges) {
    if (!isWhole(got, from, to)) yield { prop, got, want: `a whole number from ${from} to ${to}`, fix };
  }
  yield* scheduled(way.scaling.schedule ?? {});
  const aims = [cpuPercent, memoryPercent, requestsPerTarget, way.scaling.schedule];
  if (aims.every((aim) => aim === undefined)) {
    const want = "bounds with at least one of cpuPercent, memoryPercent, requestsPerTarget and schedule";
    yield { prop: "scaling", got: way.scaling, want, fix: "add cpuPercent: 60, or leave scaling out" };
  }
}

function* scheduled(schedule: NonNullable<ScalingProps["schedule"]>): Iterable<Complaint> {
  for (const [name, { at, timeZone = "UTC", min, max }] of Object.entries(schedule)) {
    const prop = `scaling.schedule.${name}`;
    const fault = scheduleFault(at);
    if (fault) yield { prop: `${prop}.at`, got: at, ...fault };
    if (!isTimeZone(timeZone)) {
      yield {
        prop: `${prop}.timeZone`,
        got: timeZone,
        want: "the name of a time zone",
        fix: "write for example Europe/Paris",
      };
    }
    if (!isWhole(min, 1, 5_000) || !isWhole(max, min, 5_000)) {
      const want = "whole numbers from 1 to 5000 with min not above max";
      yield { prop, got: { min, max }, want, fix: "from 0, nothing would ever start a task again" };
    }
  }
}

function* files({ files: shared }: Settings): Iterable<Complaint> {
  if (!shared || containerPathFault(shared.path) === undefined) return;
  yield { prop: "files.path", got: shared.path, ...containerPathFault(shared.path)! };
}
