/**
 * What happens to data when its resource disappears from the code.
 *
 * - `keep`: AWS refuses to delete it, and Terraform refuses to plan its destruction.
 * - `destroy`: it goes with the stack, without a last copy.
 */
export type OnRemoval = "keep" | "destroy";
