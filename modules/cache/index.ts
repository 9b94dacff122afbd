export { Cache } from "./cache";
export type { CacheEngine } from "./engines";
export type { CacheProps } from "./props";
