import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "./engine";
import type { Container } from "./local-stack";
import type { Detail } from "./progress";
import { CannotRun, type Run } from "./run";

/** Milliseconds between two looks. */
const pulse = 500;

/** Waits until every container is healthy, or, where it has no check of its own, runs. */
export async function untilHealthy(
  run: Run,
  engine: Engine,
  containers: readonly Container[],
  detail: Detail,
): Promise<string> {
  const start = Date.now();
  for (;;) {
    const states = await Promise.all(
      containers.map(async (container) => ({ container, state: await engine.healthOf(container) })),
    );
    const waiting = states.filter(({ state }) => state !== "healthy" && state !== "running");
    if (waiting.length === 0) return `${containers.length} of ${containers.length} containers`;
    detail(waiting.map(({ container, state }) => `${container.service} ${state}`).join(", "));
    const late = waiting.filter(
      // What Terraform has made and is not there will not come by itself.
      ({ container, state }) => state === "missing" || Date.now() - start > container.patience * 1000,
    );
    if (late.length > 0) throw new NotHealthy(await Promise.all(late.map((each) => findings(engine, each))));
    await wait(run);
  }
}

/** Waits until the address gives a page, or leads to one: whatever else it answers, nobody can use it. */
export async function untilItAnswers(run: Run, url: string, seconds = 60): Promise<void> {
  const start = Date.now();
  for (;;) {
    const answer = await ask(run, url);
    if (answer === undefined) return;
    run.interruption.check();
    if (Date.now() - start > seconds * 1000) {
      throw new CannotRun(
        `${url} does not answer as it should after ${seconds} s: ${answer}; docker ps shows what runs`,
      );
    }
    await wait(run);
  }
}

/** Containers that did not become healthy, and the last that was heard of them. */
class NotHealthy extends CannotRun {
  constructor(private readonly findings: readonly string[]) {
    super("not healthy");
  }

  override report(): string {
    return ["error: not healthy in time", ...this.findings].join("\n");
  }
}

async function findings(
  engine: Engine,
  { container, state }: { container: Container; state: string },
): Promise<string> {
  const { name, service, patience } = container;
  const words = (await engine.lastWords(container)).map((line) => `    ${line}`);
  if (state === "missing") return `  ${service} is missing: there is no container ${name}, though Terraform knows it`;
  return [`  ${service} is ${state} after ${patience} s; docker logs ${name} ends with`, ...words].join("\n");
}

/** What is wrong with the answer; nothing when it is good. */
async function ask({ interruption }: Run, url: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.any([interruption.abort, AbortSignal.timeout(10_000)]);
    const { status, body } = await fetch(url, { redirect: "manual", signal });
    // What is not read would keep the connection, and us, from ending.
    await body?.cancel();
    return status < 400 ? undefined : `HTTP ${status}`;
  } catch (error) {
    const { cause } = error as { cause?: { code?: string; message?: string } };
    return cause?.code ?? cause?.message ?? (error as Error).message;
  }
}

async function wait({ interruption }: Run): Promise<void> {
  await pause(pulse, undefined, { signal: interruption.abort }).catch(() => {});
  interruption.check();
}
