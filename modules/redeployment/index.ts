export { Redeployment, type RedeploymentProps } from "./redeployment";
