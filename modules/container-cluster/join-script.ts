import { agentReserveMib } from "../../src/core/placement-check";
import { envFile } from "./env-file";

/**
 * User data of a machine with AWS's ECS-optimized Amazon Linux: its agent reads the file after cloud-init is done, and joins.
 * @see https://github.com/aws/amazon-ecs-agent#environment-variables
 */
export function joinScript(cluster: string): string {
  const settings = envFile({
    ECS_CLUSTER: cluster,
    // What the check of placement counts with.
    ECS_RESERVED_MEMORY: `${agentReserveMib}`,
    // Tasks with an interface of their own bypass the hop limit that keeps others from the machine's credentials.
    ECS_AWSVPC_BLOCK_IMDS: "true",
    // Tasks log with the rights of their own execution role: the machines have none to write logs.
    ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE: "true",
    // For requests still running when their container is told to stop. A task definition may say otherwise.
    ECS_CONTAINER_STOP_TIMEOUT: "60s",
    // Frees the disk of stopped tasks after one hour instead of three, and of images that none has used for half of one.
    ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: "1h",
    ECS_IMAGE_MINIMUM_CLEANUP_AGE: "30m",
  });
  return `#!/bin/bash
set -euo pipefail
mkdir -p /etc/ecs
cat > /etc/ecs/ecs.config <<'END'
${settings}END
`;
}
