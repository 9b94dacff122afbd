import { isSwitch, namesSecret } from "../../core/secret-text";
import { leastCpuToMeasure } from "../../core/watched/services";
import type { Report } from "../report";
import { databaseVariables, secretFault } from "../variables";
import { present, type Rule, type WordpressView } from "./rule";

type Service = NonNullable<NonNullable<WordpressView["services"]>[string]>;
/** ECS takes task definitions of up to 64 KiB; what is not variables needs little. */
const mostVariableBytes = 60_000;

/** What the fields of one service say about each other. */
export const serviceRule: Rule = ({ wordpress }, report) => {
  for (const [name, service] of present(wordpress?.services)) {
    const path = ["wordpress", "services", name];
    const here: Report = (rest, fault) => report([...path, ...rest], fault);
    checkVariables(service, service.database ? whereAsked : nothing, here);
    checkScaling(service, here);
    checkHealth(service, here);
    if (service.files && !("files" in wordpress!)) {
      const want = "the files of the system beside it, of which this is a folder";
      here(["files"], { code: "FILES_MISSING", want, fix: "add files: {} to wordpress, or remove it here" });
    }
  }
};

/** Variables that Slipway sets itself, and where one can say that it shall not. */
interface Own {
  readonly names: readonly string[];
  readonly as?: string;
  readonly unless?: string;
}
const nothing: Own = { names: [] };
const whereAsked: Own = {
  names: databaseVariables,
  as: ", as it does with database: true",
  unless: ", or write database: false",
};

/** No secret in clear text, nothing twice, and nothing that Slipway sets itself. */
export function checkVariables(
  { environment, secrets }: Pick<Service, "environment" | "secrets">,
  { names: taken, as = "", unless = "" }: Own,
  report: Report,
): void {
  const names = [
    ...Object.keys(environment ?? {}).map((name) => ["environment", name]),
    ...Object.keys(secrets ?? {}).map((name) => ["secrets", name]),
  ];
  for (const [where, name] of names as [string, string][]) {
    if (taken.includes(name)) {
      const want = `a variable that Slipway does not set itself${as}`;
      report([where, name], {
        code: "ENV_DUP",
        want,
        fix: `remove it${unless}`,
        on: "key",
      });
    }
  }
  for (const [name, value] of present(environment)) {
    if (Object.hasOwn(secrets ?? {}, name)) {
      const want = "each variable once, under environment or under secrets";
      report(["environment", name], { code: "ENV_DUP", want, fix: "remove it here", on: "key" });
    } else if (namesSecret(name) && !isSwitch(value)) {
      report(["environment", name], secretFault);
    }
  }
  const bytes = Buffer.byteLength(JSON.stringify([environment, secrets]));
  if (bytes > mostVariableBytes) {
    const want = `at most ${mostVariableBytes} bytes of variables and secrets: ECS takes 64 KiB in all`;
    report(["environment"], {
      code: "TASK_SIZE",
      got: `${bytes} bytes`,
      want,
      fix: "put long values into the image or into a secret",
    });
  }
}

export function checkScaling(
  { scaling, count, cpu }: Pick<Service, "scaling" | "count" | "cpu">,
  report: Report,
): void {
  if (!scaling) return;
  const { min, max, cpuPercent, memoryPercent, requestsPerTarget } = scaling;
  const ordered = min !== undefined && max !== undefined && min <= max;
  if (min !== undefined && max !== undefined && min > max) {
    report(["scaling", "min"], {
      code: "SCALE_BOUNDS",
      want: `at most max, ${max}`,
      fix: `raise max to ${min}, or lower min`,
    });
  }
  if (ordered && count !== undefined && (count < min || count > max)) {
    const fix = "choose a number between them, or leave it out";
    report(["count"], { code: "SCALE_BOUNDS", want: `from scaling.min to scaling.max, ${min} to ${max}`, fix });
  }
  if (cpuPercent !== undefined && cpu !== undefined && cpu < leastCpuToMeasure) {
    report(["scaling", "cpuPercent"], {
      code: "SCALE_TARGET",
      want: `cpu of ${leastCpuToMeasure} units or more beside it, as the percentage is of cpu: ${cpuPercent} % of ${cpu} units is any request`,
      fix: "set cpu to what a task needs, such as 256",
    });
  }
  for (const [name, bounds] of present(scaling.schedule)) {
    if (bounds.min === undefined || bounds.max === undefined || bounds.min <= bounds.max) continue;
    const [want, fix] = [`at most max, ${bounds.max}`, `raise max to ${bounds.min}, or lower min`];
    report(["scaling", "schedule", name, "min"], { code: "SCALE_BOUNDS", want, fix });
  }
  if (cpuPercent ?? memoryPercent ?? requestsPerTarget ?? scaling.schedule) return;
  const want = "something to aim at: cpuPercent, memoryPercent, requestsPerTarget or schedule";
  report(["scaling"], { code: "SCALE_TARGET", want, fix: "add for example requestsPerTarget: 600" });
}

export function checkHealth({ health }: Pick<Service, "health">, report: Report): void {
  const { intervalSeconds, timeoutSeconds, matcher } = health ?? {};
  if (intervalSeconds !== undefined && timeoutSeconds !== undefined && timeoutSeconds >= intervalSeconds) {
    const want = `less than intervalSeconds, ${intervalSeconds}`;
    report(["health", "timeoutSeconds"], {
      code: "HC_TIMEOUT",
      want,
      fix: `write ${Math.max(2, intervalSeconds - 1)} or less`,
    });
  }
  const falling = matcher
    ?.split(",")
    .find((range) => Number(range.slice(0, 3)) > Number(range.slice(-3)) || range.length > 7);
  if (falling) {
    report(["health", "matcher"], {
      code: "HC_MATCHER",
      want: "ranges of two codes, the smaller one first",
      fix: "write for example 200-302",
    });
  }
}
