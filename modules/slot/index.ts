export { Slot } from "./slot";
export type { SlotFacts, SlotProps } from "./slot-props";
