import { type CleanUp, docker, eventually, tryDocker, uniqueName } from "./engine";
import { mariadbImage } from "./images";

export interface Account {
  readonly username: string;
  readonly password: string;
  readonly database: string;
}

/** A database server that lets one account in. Its name on the network is what is returned. */
export async function database(
  network: string,
  { username, password, database }: Account,
  cleanUp: CleanUp,
  options: { readonly name?: string; readonly tlsOnly?: boolean } = {},
): Promise<string> {
  const { name = uniqueName("db"), tlsOnly = false } = options;
  cleanUp.container(name);
  const environment = { USERNAME: username, PASSWORD: password, DATABASE: database, TLS_ONLY: tlsOnly ? "1" : "" };
  const variables = Object.entries(environment).flatMap(([key, value]) => ["-e", `${key}=${value}`]);
  await docker("run", "-d", "--name", name, "--network", network, ...variables, await mariadbImage());
  return name;
}

/** What the server answers to a statement of an account, as a client on the same network sees it. */
export async function query(network: string, host: string, account: Account, statement: string): Promise<string> {
  const script = `printf '[client]\\nuser="%s"\\npassword="%s"\\n' "$U" "$P" > /tmp/client.cnf
    exec mariadb --defaults-extra-file=/tmp/client.cnf --host="$H" --batch --skip-column-names --execute="$S" "$D"`;
  // In an option file a backslash starts an escape.
  const variables = {
    U: account.username,
    P: account.password.replaceAll("\\", "\\\\"),
    D: account.database,
    H: host,
    S: statement,
  };
  const environment = Object.entries(variables).flatMap(([key, value]) => ["-e", `${key}=${value}`]);
  const { code, stdout, output } = await tryDocker(
    ...["run", "--rm", "--network", network, ...environment, await mariadbImage(), "sh", "-c", script],
  );
  if (code !== 0) throw new Error(output.trim());
  return stdout.trim();
}

export const untilItAnswers = (network: string, host: string, account: Account) =>
  eventually(`the database ${host}`, 30, () => query(network, host, account, "SELECT 1"));
