export { rows } from "./actions";
export { managedPolicySize, type PolicyDocument, sizeOf } from "./documents";
export { permissions, UnknownTypes } from "./permissions";
