export type { CacheEngine } from "../../src/core/cache-engines";
export { Cache } from "./cache";
export type { CacheProps } from "./props";
