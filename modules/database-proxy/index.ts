export { DatabaseProxy, type DatabaseProxyProps } from "./database-proxy";
