import { regionFault } from "../regions";
import { text } from "./field";

/** Where a system of its own lives. */
export const systemRegion = text("AWS region of this system. Without it, that of the environment.", {
  code: "REGION_UNKNOWN",
  want: "an AWS region",
  fix: "write a region such as eu-west-3",
  check: regionFault,
}).optional();
