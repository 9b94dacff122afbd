import type { Entry } from "./doc";

/** Whether it balances HTTP requests; AWS makes such a one when nothing is said. */
export function isApplication({ body }: Entry): boolean {
  return (body.load_balancer_type ?? "application") === "application";
}
