export type { NeededImage } from "./aws-images";
export { Interrupted, Interruption } from "./interruption";
export { isLocal } from "./local-stack";
export { launchOnAws, type StackOnAws, takeDownOnAws } from "./on-aws";
export { launchOnDocker, takeDownOnDocker } from "./on-docker";
export { Programs } from "./programs";
export { Progress } from "./progress";
export { CannotRun, type Run, type Stack, type Started } from "./run";
export { stacksOf, systems } from "./systems";
