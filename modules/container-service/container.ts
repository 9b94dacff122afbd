import { Token } from "cdktf";
import { literal } from "../../src/core/literal";
import { toForwarder } from "../../src/core/log-forwarder";
import type { SecretReference } from "./references";
import type { Settings } from "./settings";

/** Longest time, in seconds, that ECS waits between asking a container to stop and killing it. */
const longestStop = 120;
const stopMargin = 10;

const filesVolume = "files";

/** The shared files as a volume: encrypted on the way, and only for the task's role, whatever else the machine may do. */
export function volumesOf({ files }: Pick<Settings, "files">) {
  return (
    files && [
      {
        name: filesVolume,
        efsVolumeConfiguration: {
          fileSystemId: files.fileSystem.fileSystemId,
          transitEncryption: "ENABLED",
          authorizationConfig: { accessPointId: files.accessPoint.accessPointId, iam: "ENABLED" },
        },
      },
    ]
  );
}

/**
 * The container of a task as AWS gives it back: defaults written out, lists sorted, nothing empty left to its choice. A
 * text that differs from AWS's would be a new revision, and a deployment, at every apply.
 */
export function containerDefinitions(settings: Settings, logGroupName: string): string {
  const { name, region, image, port, cpu, memoryMib, environment, secrets, drainSeconds, readonlyRoot } = settings;
  const { way, files, output } = settings;
  const container = {
    name,
    image,
    cpu,
    memory: memoryMib,
    essential: true,
    environment: sorted(environment).map(([name, value]) => ({ name, value: asWritten(value) })),
    secrets: sorted(secrets).map(([name, secret]) => ({ name, valueFrom: valueFrom(secret) })),
    // 0: Docker chooses a free one, so that several tasks fit on a machine.
    portMappings: [{ containerPort: port, hostPort: "hostPort" in way ? way.hostPort : 0, protocol: "tcp" }],
    mountPoints: files ? [{ sourceVolume: filesVolume, containerPath: files.path, readOnly: false }] : [],
    volumesFrom: [],
    systemControls: [],
    privileged: false,
    // A program in the image that would make its caller root does not: who breaks into the application stays who it is.
    dockerSecurityOptions: ["no-new-privileges"],
    readonlyRootFilesystem: readonlyRoot,
    // Reaps what the main process leaves behind, and hands it the signal to stop.
    linuxParameters: { initProcessEnabled: true },
    // A request that is still running when the load balancer lets go is not cut off.
    stopTimeout: Math.min(drainSeconds + stopMargin, longestStop),
    logConfiguration: output === "forwarder" ? toForwarder(name) : toCloudwatch(name, region, logGroupName),
  };
  return JSON.stringify([container]);
}

const toCloudwatch = (name: string, region: string, group: string) => ({
  logDriver: "awslogs",
  options: {
    "awslogs-group": group,
    "awslogs-region": region,
    "awslogs-stream-prefix": name,
    // The application goes on when CloudWatch does not answer; what exceeds the buffer is lost.
    "max-buffer-size": "25m",
    mode: "non-blocking",
  },
});

/** A reference to another construct's value passes; any other text is not for Terraform to evaluate. */
function asWritten(text: string): string {
  return Token.isUnresolved(text) ? text : literal(text);
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function valueFrom({ arn, key }: SecretReference): string {
  return key === undefined ? arn : `${arn}:${key}::`;
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
