export { FrontEnds } from "./front-ends";
export type { FrontEndFacts, FrontEndPlace, FrontEndsProps } from "./front-ends-props";
