export { LogSearch, type LogSearchProps } from "./log-search";
