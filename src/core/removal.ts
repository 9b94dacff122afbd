/**
 * Whether data may go with its resource.
 *
 * - `keep`: while the resource is in the code, Terraform refuses to plan its end or its replacement (`prevent_destroy`).
 *   Removed from the code, that guard is removed with it, and what is left is AWS's: it refuses to delete a database or load
 *   balancer under deletion protection and a repository that has images. Log groups are left where they are (`skip_destroy`):
 *   whoever makes the resource again under its old name imports them first.
 * - `destroy`: it goes with the stack, without a last copy.
 */
export type OnRemoval = "keep" | "destroy";
