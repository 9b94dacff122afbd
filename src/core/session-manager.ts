/**
 * What a machine must be allowed to be reached through Session Manager, and no more. AWS's own policy for it,
 * AmazonSSMManagedInstanceCore, also reads every parameter of the account.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
export const sessionManagerStatement = {
  actions: [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  // AWS knows no narrower resource for these.
  resources: ["*"],
} as const;
