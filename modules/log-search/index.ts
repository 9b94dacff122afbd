export { LogSearch } from "./log-search";
export type { LogSearchProps } from "./props";
