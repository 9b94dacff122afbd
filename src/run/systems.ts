import { didYouMean } from "../core/did-you-mean";
import { CannotRun } from "./run";

interface System {
  /** Its stacks on AWS, without the environment's name: owners of values before their readers. */
  readonly stacks: readonly string[];
  /** What nobody but the user can do on AWS. @default - nothing */
  readonly byHand?: string;
}

const page = (system: string) => `docs/systems/${system}.md, Deploy`;

/** The systems that can be started, by the name of their page. */
export const systems: Readonly<Record<string, System>> = {
  wordpress: { stacks: ["wordpress-platform", "wordpress-service"] },
  "wordpress-mysql": { stacks: ["wordpress-mysql"] },
  guestbook: {
    stacks: ["guestbook"],
    byHand: `the database's URL, the VPN and the first version are yours to give: ${page("guestbook")}, from step 2`,
  },
  dashboard: {
    stacks: ["dashboard"],
    byHand: `the database is loaded once, from a bastion: ${page("dashboard")}, step 3`,
  },
  "guestbook-mesos": {
    stacks: ["guestbook-mesos"],
    byHand: `the hashes of what the images are made of, and the first version, are yours to give: ${page("guestbook-mesos")}`,
  },
};

/**
 * The stacks of one copy of a system, in the order in which they are made.
 *
 * @param described ids of all stacks of the environment
 * @throws CannotRun for a system that does not exist, or that the environment does not describe
 */
export function stacksOf(system: string, environment: string, described: readonly string[]): readonly string[] {
  if (!Object.hasOwn(systems, system))
    throw new CannotRun(`there is no system ${system}${otherThan(system, Object.keys(systems))}`);
  const found = copyOf(system, environment, described);
  if (found.length > 0) return found;
  const there = Object.keys(systems).filter((each) => copyOf(each, environment, described).length > 0);
  const others = there.length > 0 ? `it has ${there.join(", ")}` : "it has none";
  throw new CannotRun(
    `the environment ${environment} does not describe ${system}; ${others}. Describe it in environments/${environment}.yaml, ` +
      "or choose another one with --environment",
  );
}

/** Those of `described` that are the system's, if any. On Docker a system is one stack of its own name. */
export function copyOf(system: string, environment: string, described: readonly string[]): readonly string[] {
  const whole = `${system}-${environment}`;
  if (described.includes(whole)) return [whole];
  const { stacks = [] } = systems[system] ?? {};
  return stacks.map((stack) => `${stack}-${environment}`).filter((id) => described.includes(id));
}

function otherThan(word: string, known: readonly string[]): string {
  const meant = didYouMean(word, known);
  return meant ? `; did you mean ${meant}?` : `; the systems are ${known.join(", ")}`;
}
