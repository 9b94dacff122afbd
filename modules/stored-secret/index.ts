export { StoredSecret, type StoredSecretProps } from "./stored-secret";
