export { rows } from "./actions";
export { managedPolicySize, type PolicyDocument, sizeOf } from "./documents";
export { copyOf, permissions, UnknownTypes } from "./permissions";
