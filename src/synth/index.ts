export { OutputError, type OutputErrorCode } from "./output-error";
export { type Synthesis, type SynthesizedStack, type SynthesizeOptions, synthesize } from "./synthesize";
