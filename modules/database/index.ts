export { Database } from "./database";
export type { Engine } from "./engines";
export type { DatabaseProps } from "./props";
