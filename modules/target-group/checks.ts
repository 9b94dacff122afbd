import type { Complaint } from "../../src/core/invalid-props";
import { planListenerRules } from "../../src/core/listener-rules";
import { isWhole } from "../../src/core/whole";
import type { Settings } from "./props";

/** What AWS would refuse, or what would leave every machine out of service. */
export function* complaints(service: string, settings: Settings): Generator<Complaint> {
  const { port, deregistrationSeconds, health, route } = settings;
  const numbers = [
    ["port", port, 1, 65_535, "take the port that the machines listen on"],
    ["deregistrationSeconds", deregistrationSeconds, 0, 3_600, "30 is enough for requests of a few seconds"],
    ["health.intervalSeconds", health.intervalSeconds, 5, 300, "leave it out for 15"],
    ["health.timeoutSeconds", health.timeoutSeconds, 2, 120, "leave it out for 5"],
    ["health.healthyThreshold", health.healthyThreshold, 2, 10, "leave it out for 2"],
    ["health.unhealthyThreshold", health.unhealthyThreshold, 2, 10, "leave it out for 2"],
  ] as const;
  for (const [prop, got, min, max, fix] of numbers) {
    if (!isWhole(got, min, max)) yield { prop, got, want: `a whole number from ${min} to ${max}`, fix };
  }
  if (health.timeoutSeconds >= health.intervalSeconds) {
    const want = `less than health.intervalSeconds, which is ${health.intervalSeconds}`;
    yield { prop: "health.timeoutSeconds", got: health.timeoutSeconds, want, fix: "check less often or answer faster" };
  }
  // A space or a control character would end the request line; braces could start a Terraform expression.
  if (!/^\/[!-z|~]{0,1023}$/.test(health.path)) {
    const want = "a path of at most 1024 characters that starts with /, without spaces and braces";
    yield { prop: "health.path", got: health.path, want, fix: "leave it out for /healthz" };
  }
  const ranges = health.matcher.split(",").map((range) => /^([2-4]\d\d)(?:-([2-4]\d\d))?$/.exec(range));
  if (!ranges.every((range) => range && Number(range[1]) <= Number(range[2] ?? range[1]))) {
    const want = "HTTP codes from 200 to 499: one, a list such as 200,301 or a range such as 200-302";
    yield { prop: "health.matcher", got: health.matcher, want, fix: "leave it out for 200" };
  }
  for (const mistake of planListenerRules({ [service]: route }).mistakes) {
    const { kind, want, fix } = mistake;
    yield { prop: `route.${kind}`, got: "got" in mistake ? mistake.got : undefined, want, fix };
  }
}
