export { QuorumStep, type QuorumStepProps } from "./quorum-step";
