interface Runbook {
  readonly clusterArn: string;
  readonly serviceName: string;
  readonly roleArn: string;
}

/**
 * What Automation does: one call to ECS, then it waits for the tasks, so that the execution tells whether they came up.
 *
 * `Service` and `service` are two things: whose API is called, and what the API calls the ECS service.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeawsapi.html
 */
export function runbook({ clusterArn, serviceName, roleArn }: Runbook): string {
  return JSON.stringify({
    schemaVersion: "0.3",
    description: `Starts the tasks of ${serviceName} anew, with what their secrets hold now`,
    assumeRole: "{{ AutomationAssumeRole }}",
    parameters: {
      AutomationAssumeRole: { type: "String", description: "Role that may redeploy the service", default: roleArn },
    },
    mainSteps: [
      {
        name: "redeploy",
        action: "aws:executeAwsApi",
        // ECS throttles, or the service is just being changed.
        maxAttempts: 3,
        onFailure: "Abort",
        inputs: {
          Service: "ecs",
          Api: "UpdateService",
          cluster: clusterArn,
          service: serviceName,
          forceNewDeployment: true,
        },
      },
      {
        name: "waitForTasks",
        action: "aws:waitForAwsResourceProperty",
        timeoutSeconds: 1800,
        onFailure: "Abort",
        isEnd: true,
        inputs: {
          Service: "ecs",
          Api: "DescribeServices",
          cluster: clusterArn,
          services: [serviceName],
          // ECS lists the newest deployment first. AWS does not promise it: otherwise the wait would end too early.
          PropertySelector: "$.services[0].deployments[0].rolloutState",
          DesiredValues: ["COMPLETED"],
        },
      },
    ],
  });
}
