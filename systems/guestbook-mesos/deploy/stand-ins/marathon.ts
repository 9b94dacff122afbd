import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { complaints } from "./app-schema";

export interface App {
  readonly id: string;
  readonly instances: number;
  readonly container: { readonly docker: { readonly image: string } };
  readonly labels: Readonly<Record<string, string>>;
}

interface Task {
  readonly id: string;
  readonly version: string;
  readonly image: string;
  healthy: boolean;
}

interface Deployment {
  readonly id: string;
  /** Version that the app gets; nothing where it is removed. */
  readonly version?: string;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly body: unknown;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Stands in for Marathon: its API and the order of its doings, with no cluster behind it. Tasks change by one step whenever
 * somebody asks for the deployments, so that nothing depends on time.
 */
export class Marathon {
  /** How tasks of an image fare, by the end of its name. @default - they become healthy */
  readonly fates: Record<string, "fails" | "stays unhealthy"> = {};
  readonly requests: Request[] = [];
  /** So many requests are answered by 503, as while a leader is elected. */
  unavailable = 0;
  /** What it has against any app, beside what its schema has. */
  objections: { path: string; errors: string[] }[] = [];
  /** Runs before each step. */
  beforeStep: () => void = () => {};
  app: (App & { readonly version: string }) | undefined;
  tasks: Task[] = [];
  deployments: Deployment[] = [];
  private failure: object | undefined;
  private number = 0;
  private readonly versions: Record<string, App> = {};
  private readonly server: Server = createServer(async (request, response) => {
    const { status, body } = this.answer(await read(request));
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });

  async listen(): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(0, "127.0.0.1", listening));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Has an app run at once. */
  runs(app: App): void {
    this.begin(app);
    while (this.deployments.length > 0) this.step();
  }

  /** The requests that could change something, as `METHOD path`. */
  get changes(): string[] {
    return this.requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);
  }

  private answer(request: Request): Answer {
    this.requests.push(request);
    const { method, path, query } = request;
    if (this.unavailable > 0) {
      this.unavailable -= 1;
      return message(503, "Could not determine the current leader");
    }
    if (path === "/v2/deployments" && method === "GET") {
      if (this.deployments.length > 0) this.step();
      return { status: 200, body: this.deployments.map(({ id, version }) => ({ id, version, currentStep: 1 })) };
    }
    const id = /^\/v2\/apps(\/.+)$/.exec(path)?.[1];
    if (!id) return message(404, `${path} is nothing of Marathon's`);
    if (method === "PUT" || method === "DELETE") {
      if (this.deployments.length > 0 && query.force !== "true") return this.locked();
      return method === "PUT" ? this.put(id, request.body as App & { version?: string }) : this.remove(id);
    }
    if (this.app?.id !== id) return message(404, `App '${id}' does not exist`);
    return { status: 200, body: { app: this.shown(this.app) } };
  }

  private shown(app: App): object {
    const healthy = this.tasks.filter((task) => task.healthy).length;
    const counts = { tasksRunning: this.tasks.length, tasksHealthy: healthy, tasksStaged: 0 };
    const unhealthy = this.tasks.length - healthy;
    const deployments = this.deployments.map(({ id }) => ({ id }));
    return {
      ...app,
      ...counts,
      tasksUnhealthy: unhealthy,
      deployments,
      tasks: this.tasks,
      lastTaskFailure: this.failure,
    };
  }

  private locked(): Answer {
    const words = "App is locked by one or more deployments. Override with the option '?force=true'.";
    return { status: 409, body: { message: words, deployments: this.deployments.map(({ id }) => ({ id })) } };
  }

  private put(id: string, body: App & { version?: string }): Answer {
    if (Object.keys(body).join() === "version") {
      const earlier = this.versions[body.version!];
      return earlier ? this.begin(earlier) : message(404, `App '${id}' with version ${body.version} does not exist`);
    }
    const details = [...this.objections, ...complaints(body)];
    if (details.length > 0) return { status: 422, body: { message: "Object is not valid", details } };
    return this.begin(body);
  }

  private begin(app: App): Answer {
    const version = this.stamp();
    this.versions[version] = app;
    const created = this.app === undefined;
    this.app = { ...app, version };
    return this.deploy(version, created ? 201 : 200);
  }

  private remove(id: string): Answer {
    if (this.app?.id !== id) return message(404, `App '${id}' does not exist`);
    return this.deploy(undefined, 200);
  }

  private deploy(version: string | undefined, status: number): Answer {
    this.number += 1;
    this.deployments = [{ id: `deployment-${this.number}`, version }];
    return { status, body: { deploymentId: `deployment-${this.number}`, version: version ?? this.stamp() } };
  }

  /** One task more of the new version, or one less of the old. */
  private step(): void {
    this.beforeStep();
    const [deployment] = this.deployments;
    if (!deployment) return;
    const old = this.tasks.findIndex(({ version }) => version !== deployment.version);
    if (!deployment.version) {
      this.tasks.pop();
      if (this.tasks.length === 0) this.app = undefined;
    } else if (!this.launch(deployment.version)) {
      return;
    } else if (old >= 0) {
      this.tasks.splice(old, 1);
    }
    const left = this.tasks.filter(({ version, healthy }) => version !== deployment.version || !healthy).length;
    const wanted = deployment.version ? this.app!.instances : 0;
    if (left === 0 && this.tasks.length === wanted) this.deployments = [];
  }

  /** Whether the deployment may go on. */
  private launch(version: string): boolean {
    const { instances, container } = this.app!;
    const { image } = container.docker;
    if (this.tasks.filter((task) => task.version === version).length === instances) return true;
    const fate = Object.entries(this.fates).find(([end]) => image.endsWith(end))?.[1];
    this.number += 1;
    const id = `guestbook.${this.number}`;
    if (fate === "fails") {
      this.failure = {
        taskId: id,
        version,
        state: "TASK_FAILED",
        message: "Container exited with status 1",
        host: "10.0.0.7",
      };
      return false;
    }
    if (fate && this.tasks.some((task) => task.version === version)) return false;
    this.tasks.push({ id, version, image, healthy: !fate });
    return !fate;
  }

  private stamp(): string {
    this.number += 1;
    return new Date(Date.UTC(2026, 0, 1) + this.number * 1000).toISOString();
  }
}

const message = (status: number, words: string): Answer => ({ status, body: { message: words } });

async function read(request: IncomingMessage): Promise<Request> {
  let text = "";
  for await (const chunk of request) text += chunk;
  const { pathname, searchParams } = new URL(request.url!, "http://marathon");
  const body = text ? JSON.parse(text) : undefined;
  return { method: request.method!, path: pathname, query: Object.fromEntries(searchParams), body };
}
