import { parse } from "yaml";
import * as z from "zod";
import { InvalidSystemFiles, readPlainText } from "./system-files";

/** One service of a stack file of Docker Swarm, with the settings filled in. */
export interface SwarmService {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Port that the swarm publishes, and the one of the container behind it. */
  readonly port?: { readonly published: number; readonly target: number };
  readonly health: {
    readonly test: readonly string[];
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly retries: number;
    readonly startSeconds: number;
  };
  /** File in the container, by the secret's name in the stack. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly memoryMib: number;
  readonly stopSeconds: number;
  readonly readOnly: boolean;
}

const seconds = z
  .string()
  .regex(/^\d+s$/)
  .transform((text) => Number.parseInt(text, 10));
const service = z.object({
  image: z.string(),
  environment: z.record(z.string(), z.coerce.string()).default({}),
  ports: z.array(z.object({ target: z.number(), published: z.number() })).default([]),
  healthcheck: z.object({
    ...{ test: z.array(z.string()), retries: z.number() },
    ...{ interval: seconds, timeout: seconds, start_period: seconds },
  }),
  secrets: z.array(z.object({ source: z.string(), target: z.string() })).default([]),
  deploy: z.object({ resources: z.object({ limits: z.object({ memory: z.string().regex(/^\d+M$/) }) }) }),
  stop_grace_period: seconds,
  read_only: z.boolean().default(false),
});
const stack = z.object({ services: z.record(z.string(), service) });

/**
 * The services of a stack file, by name, as `docker stack deploy` would see them with these settings.
 *
 * @param root folder of the project
 * @param path of the file, relative to it
 * @param settings variables of the file; where one is missing, the file's own default stands
 * @throws InvalidSystemFiles with all that is wrong
 */
export function readSwarmStack(
  root: string,
  path: string,
  settings: Readonly<Record<string, string>>,
): Readonly<Record<string, SwarmService>> {
  const complaints: string[] = [];
  const text = readPlainText(root, path, complaints) ?? "";
  const filled = text.replace(/\$\{(\w+)(?::-([^}]*)|:\?([^}]*))?\}/g, (_, name, usual, wanted) => {
    const value = settings[name] ?? usual;
    if (value === undefined) complaints.push(`${path}: ${name} must be set${wanted ? `: ${wanted}` : ""}`);
    return value ?? "";
  });
  const read = complaints.length === 0 ? stack.safeParse(parse(filled, { merge: true })) : undefined;
  for (const { path: steps, message } of read?.error?.issues ?? []) {
    complaints.push(`${path}: ${steps.join(".")}: ${message}`);
  }
  if (!read?.success) throw new InvalidSystemFiles(complaints);
  return Object.fromEntries(Object.entries(read.data.services).map(([name, one]) => [name, plain(one)]));
}

function plain({ image, environment, ports, healthcheck, secrets, deploy, ...rest }: z.output<typeof service>) {
  const { test, interval, timeout, retries, start_period } = healthcheck;
  return {
    ...{ image, environment, port: ports[0] },
    health: {
      ...{ test, retries, intervalSeconds: interval, timeoutSeconds: timeout, startSeconds: start_period },
    },
    secrets: Object.fromEntries(secrets.map(({ source, target }) => [source, target])),
    memoryMib: Number.parseInt(deploy.resources.limits.memory, 10),
    stopSeconds: rest.stop_grace_period,
    readOnly: rest.read_only,
  };
}
