import { looksRandom, secretWithin } from "../core/secret-text";
import {
  officialConnection,
  officialPassword,
  ownConnection,
  ownEncryption,
  ownSecrets,
} from "../core/wordpress-variables";
import type { Fault } from "./mistakes";

/** Variables that a service with `database: true` gets from the platform. */
export const databaseVariables: readonly string[] = [
  ...Object.keys(ownConnection({ host: "", port: "", name: "", user: "" })),
  ...[ownEncryption, ownSecrets.password],
];

/** Variables of the official image that the system with MySQL beside WordPress sets itself. */
export const connectionVariables: readonly string[] = [
  ...Object.keys(officialConnection({ endpoint: "", name: "", user: "" })),
  officialPassword,
];
/** And one more, where the connection is encrypted. */
export const encryptionVariable = "WORDPRESS_CONFIG_EXTRA";

export function envNameFault(name: string): Fault | undefined {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) return undefined;
  const plain = name.replace(/\W+/g, "_").replace(/^(?=\d)/, "_");
  return {
    code: "ENV_NAME",
    want: "1 to 128 letters, digits and underscores, the first no digit",
    fix: /^[A-Za-z_]\w{0,127}$/.test(plain) ? `write ${plain}` : "write a name such as LOG_LEVEL",
  };
}

export function envValueFault(value: string): Fault | undefined {
  return secretWithin(value) || looksRandom(value) ? secretFault : undefined;
}

export const secretFault: Fault = {
  code: "SECRET_PLAIN",
  want: "no secret in a description: who reads it would know it",
  fix: "put it in Secrets Manager, and its ARN under secrets with the same name",
};
