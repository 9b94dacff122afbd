import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { LocalContainer } from "../../modules/local-container";
import { LocalImage } from "../../modules/local-image";
import type { LocalEnvironment, LocalGuestbookMesos } from "../config";
import { ports } from "../core/guestbook-mesos-ports";
import { becomesUser } from "./local-databases";
import { LocalGround } from "./local-ground";

/** What the stack takes from `systems/guestbook-mesos`. */
export interface GuestbookMesosLocalFiles {
  /** The application as Marathon is told, `deploy/guestbook.json`. */
  readonly app: MarathonApp;
  /** Number of the application's version. */
  readonly version: string;
}

interface MarathonApp {
  /** MiB. */
  readonly mem: number;
  readonly container: { readonly portMappings: readonly { readonly containerPort: number }[] };
  readonly healthChecks: readonly {
    readonly path: string;
    readonly gracePeriodSeconds: number;
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly maxConsecutiveFailures: number;
  }[];
  readonly env: Readonly<Record<string, string>>;
}

/** Version of Consul, as in the image of the machines. */
const consulVersion = "1.22.5";
/** nginx: its workers are another user, to whom it sends signals. */
const nginxPowers = [...becomesUser, "CAP_KILL", "CAP_NET_BIND_SERVICE"] as const;

/** The front end, discovery and the application on the Docker engine of this machine: nginx, Consul, one task. */
export class GuestbookMesosLocalStack extends TerraformStack {
  constructor(
    scope: Construct,
    id: string,
    environment: LocalEnvironment,
    system: LocalGuestbookMesos,
    { app, version }: GuestbookMesosLocalFiles,
  ) {
    super(scope, id);
    const ground = new LocalGround(this, environment, "guestbook-mesos");
    const { path, ...check } = app.healthChecks[0]!;

    // What exists.
    const consul = new LocalContainer(this, "consul", {
      ...ground.service("consul"),
      image: new LocalImage(this, "consul-image", { name: `docker.io/hashicorp/consul:${consulVersion}` }),
      command: ["agent"],
      files: { "/consul/config/guestbook-mesos.json": `${JSON.stringify(discovery(app), undefined, 2)}\n` },
      volumes: { "/consul/data": ground.volume(this, "data", "consul") },
      // Answers only where there is a leader.
      health: { test: ["CMD", "consul", "operator", "raft", "list-peers"] },
      capabilities: becomesUser,
      memoryMib: 256,
    });
    const guestbook = new LocalContainer(this, "guestbook", {
      ...ground.service("guestbook"),
      image: new LocalImage(this, "guestbook-image", {
        name: `localhost/guestbook-mesos:${version}`,
        build: { by: "docker", context: "systems/guestbook-mesos/app", arguments: { VERSION: version } },
      }),
      health: {
        test: ["CMD", "curl", "--fail", "--silent", "--output", "/dev/null", `http://127.0.0.1${path}`],
        ...{ intervalSeconds: check.intervalSeconds, timeoutSeconds: check.timeoutSeconds },
        ...{ retries: check.maxConsecutiveFailures, startSeconds: check.gracePeriodSeconds },
      },
      capabilities: nginxPowers,
      memoryMib: app.mem,
    });
    new LocalContainer(this, "front", {
      ...ground.service("front"),
      image: new LocalImage(this, "front-image", {
        name: `localhost/guestbook-mesos-front:${version}`,
        build: { by: "docker", context: "systems/guestbook-mesos/local/front", arguments: {} },
      }),
      // The whole way, to the guestbook: the front end's own /healthz answers before Consul has said where that is.
      health: { test: ["CMD", "curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1/"] },
      capabilities: nginxPowers,
      port: { inside: ports.http, outside: system.port },
      memoryMib: 128,
      after: [consul, guestbook],
    });

    ground.answersAt(system.port);
  }
}

/** One server, which knows the application as registrator would register its container. */
function discovery({ container, env }: MarathonApp) {
  const port = container.portMappings[0]!.containerPort;
  const check = (word: string) => env[`SERVICE_${port}_CHECK_${word}`];
  const name = env.SERVICE_NAME;
  return {
    ...{ node_name: "consul", server: true, bootstrap_expect: 1, data_dir: "/consul/data" },
    ...{ client_addr: "0.0.0.0", ports: { http: ports.consulApi, dns: ports.consulDns }, disable_update_check: true },
    service: {
      ...{ name, address: "guestbook", port },
      check: {
        ...{ name: check("HTTP"), http: `http://guestbook:${port}${check("HTTP")}` },
        ...{ interval: check("INTERVAL"), timeout: check("TIMEOUT") },
      },
    },
  };
}
