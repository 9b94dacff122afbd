import { Token } from "cdktf";
import type { DaemonContainer } from "../../src/core/daemon-container";
import { literal } from "../../src/core/literal";

/** `/var/lib/docker` → `var-lib-docker`, and `/` → `root`. */
const volumeName = (folder: string) => folder.replace(/^\/|\/$/g, "").replaceAll("/", "-") || "root";

/** Folders of the machine that containers read, each once. */
export function volumesOf(containers: readonly DaemonContainer[]) {
  const folders = new Set(containers.flatMap(({ reads = {} }) => Object.values(reads)));
  return [...folders].sort().map((hostPath) => ({ name: volumeName(hostPath), hostPath }));
}

/** The containers as AWS gives them back: another text would be a new revision at every apply. */
export function containersOf(
  containers: readonly DaemonContainer[],
  { region, logGroup }: { readonly region: string; readonly logGroup: string },
): string {
  const definitions = containers.map(
    ({ name, image, cpu, memoryMib, entryPoint, command, hostPort, environment = {}, links, reads = {} }) => ({
      ...{ name, image, cpu, memory: memoryMib, essential: true },
      ...(entryPoint && { entryPoint }),
      ...(command && { command }),
      ...(links && { links, dependsOn: links.map((containerName) => ({ containerName, condition: "START" })) }),
      environment: sorted(environment).map(([key, value]) => ({ name: key, value: asWritten(value) })),
      portMappings: hostPort === undefined ? [] : [{ containerPort: hostPort, hostPort, protocol: "tcp" }],
      mountPoints: sorted(reads).map(([containerPath, folder]) => ({
        ...{ containerPath, sourceVolume: volumeName(folder), readOnly: true },
      })),
      ...{ volumesFrom: [], systemControls: [], privileged: false, readonlyRootFilesystem: true },
      dockerSecurityOptions: ["no-new-privileges"],
      linuxParameters: { initProcessEnabled: true },
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          ...{ "awslogs-group": logGroup, "awslogs-region": region, "awslogs-stream-prefix": name },
          ...{ "max-buffer-size": "5m", mode: "non-blocking" },
        },
      },
    }),
  );
  return JSON.stringify(definitions);
}

/** Text with another construct's value in it passes; any other is not for Terraform to evaluate. */
const asWritten = (text: string) => (Token.isUnresolved(text) ? text : literal(text));

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
