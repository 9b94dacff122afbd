export { LogKey, type LogKeyProps } from "./log-key";
