export type { Group } from "./groups";
export type { Limit, WebAclProps } from "./props";
export { WebAcl } from "./web-acl";
