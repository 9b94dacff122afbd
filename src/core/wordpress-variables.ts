/** A database of WordPress, and who it logs in as. */
interface Account {
  readonly name: string;
  readonly user: string;
}

/** Under the names that our own image of WordPress reads. */
export const ownConnection = ({ host, port, name, user }: Account & { host: string; port: string }) => ({
  WORDPRESS_DB_HOST: host,
  WORDPRESS_DB_PORT: port,
  WORDPRESS_DB_DATABASE: name,
  WORDPRESS_DB_USER: user,
});

/** Whether our own image encrypts the connection: `off` or `required`. */
export const ownEncryption = "WORDPRESS_DB_TLS";

/** Secrets of our own image. The salt signs cookies. */
export const ownSecrets = { password: "WORDPRESS_DB_PASSWORD", salt: "WORDPRESS_SALT" } as const;

/** Under the names that the official image of WordPress reads. The endpoint is `host:port`. */
export const officialConnection = ({ endpoint, name, user }: Account & { endpoint: string }) => ({
  WORDPRESS_DB_HOST: endpoint,
  WORDPRESS_DB_NAME: name,
  WORDPRESS_DB_USER: user,
});

/** Secret of the official image. */
export const officialPassword = "WORDPRESS_DB_PASSWORD";

/** Keys with which the official image signs cookies, by variable: names of values in one secret. Without them each task draws its own. */
export const officialKeys: Readonly<Record<string, string>> = Object.fromEntries(
  ["auth", "secure_auth", "logged_in", "nonce"].flatMap((purpose) =>
    ["key", "salt"].map((part) => [`WORDPRESS_${purpose}_${part}`.toUpperCase(), `${purpose}_${part}`]),
  ),
);

/** What takes the place of a secret's variable where the secret is a file: both images read it. */
export const asFile = <N extends string>(variable: N): `${N}_FILE` => `${variable}_FILE`;
