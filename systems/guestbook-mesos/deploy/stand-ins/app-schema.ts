import Ajv from "ajv";

const text = { type: "string", minLength: 1 };
const whole = { type: "integer", minimum: 0 };
const share = { type: "number", minimum: 0, maximum: 1 };
const closed = (required: readonly string[], properties: Record<string, object>) => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});

/**
 * What Marathon 1.11 takes as an app, as far as an app in a Docker container on a bridge needs it. Marathon refuses names that it
 * does not know, and so does this.
 */
const app = closed(["id", "instances", "container", "networks"], {
  id: { type: "string", pattern: "^/?(([a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])/?)+$" },
  instances: whole,
  cpus: { type: "number", minimum: 0 },
  mem: { type: "number", minimum: 32 },
  disk: { type: "number", minimum: 0 },
  networks: {
    type: "array",
    minItems: 1,
    items: closed(["mode"], { mode: { enum: ["container", "container/bridge", "host"] }, name: text }),
  },
  container: closed(["type", "docker"], {
    type: { enum: ["DOCKER", "MESOS"] },
    docker: closed(["image"], {
      image: text,
      forcePullImage: { type: "boolean" },
      privileged: { type: "boolean" },
      parameters: { type: "array", items: closed(["key", "value"], { key: text, value: { type: "string" } }) },
    }),
    portMappings: {
      type: "array",
      items: closed(["containerPort"], {
        containerPort: { ...whole, maximum: 65535 },
        hostPort: { ...whole, maximum: 65535 },
        servicePort: { ...whole, maximum: 65535 },
        protocol: { enum: ["tcp", "udp", "udp,tcp"] },
        name: { type: "string", pattern: "^[a-z0-9-]{1,63}$" },
        labels: { type: "object" },
      }),
    },
    volumes: { type: "array" },
  }),
  healthChecks: {
    type: "array",
    items: closed(["protocol"], {
      protocol: { enum: ["HTTP", "HTTPS", "TCP", "COMMAND", "MESOS_HTTP", "MESOS_HTTPS", "MESOS_TCP"] },
      path: { type: "string", pattern: "^/" },
      portIndex: whole,
      port: whole,
      command: { type: "object" },
      gracePeriodSeconds: whole,
      intervalSeconds: whole,
      timeoutSeconds: whole,
      maxConsecutiveFailures: whole,
      delaySeconds: whole,
      ipProtocol: { enum: ["IPv4", "IPv6"] },
    }),
  },
  constraints: {
    type: "array",
    items: {
      type: "array",
      minItems: 2,
      maxItems: 3,
      items: { type: "string" },
      prefixItems: [text, { enum: ["UNIQUE", "CLUSTER", "GROUP_BY", "LIKE", "UNLIKE", "MAX_PER", "IS"] }],
    },
  },
  upgradeStrategy: closed([], { minimumHealthCapacity: share, maximumOverCapacity: share }),
  backoffSeconds: whole,
  backoffFactor: { type: "number", minimum: 1 },
  maxLaunchDelaySeconds: whole,
  taskKillGracePeriodSeconds: whole,
  env: { type: "object", additionalProperties: { type: "string" } },
  labels: { type: "object", additionalProperties: { type: "string" } },
  user: text,
  cmd: text,
  args: { type: "array", items: text },
  acceptedResourceRoles: { type: "array", items: text },
  dependencies: { type: "array", items: text },
  killSelection: { enum: ["YOUNGEST_FIRST", "OLDEST_FIRST"] },
});

const check = new Ajv({ strict: false, allErrors: true }).compile(app);

/** What Marathon would say against an app: path and errors; nothing where it takes it. */
export function complaints(definition: unknown): { path: string; errors: string[] }[] {
  check(definition);
  return (check.errors ?? []).map(({ instancePath, message = "", params }) => ({
    path: instancePath || "/",
    errors: [`${message} ${JSON.stringify(params)}`],
  }));
}
