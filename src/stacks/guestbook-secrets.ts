import { Construct } from "constructs";
import { GeneratedSecret } from "../../modules/generated-secret";
import type { Statement } from "../../modules/machine-role";
import { StoredSecret } from "../../modules/stored-secret";
import type { Environment, Guestbook } from "../config";

/** What machines have to know and nobody may read in the code: two passwords that AWS draws, and one that a person fills in. */
export class GuestbookSecrets extends Construct {
  /** With this key a machine applies for a certificate: the password is the challenge in its request. */
  readonly presharedKey: GeneratedSecret;
  /** The one account of the registry, for whoever pushes and pulls. */
  readonly registryAccount: GeneratedSecret;
  /** Where the database is, and how it is opened. */
  readonly databaseUrl: StoredSecret;

  constructor(scope: Construct, id: string, { name: environment, onRemoval }: Environment, system: Guestbook) {
    super(scope, id);
    const name = `guestbook-${environment}`;
    const { secretVersions } = system;
    this.presharedKey = new GeneratedSecret(this, "preshared-key", {
      ...{ name, username: "agent", version: secretVersions.presharedKey, onRemoval },
      description: `With this key a machine of ${name} applies for a certificate of the Puppet server`,
    });
    this.registryAccount = new GeneratedSecret(this, "registry-account", {
      ...{ name, username: "guestbook", version: secretVersions.registryAccount, onRemoval },
      description: `Account of the image registry of ${name}`,
    });
    this.databaseUrl = new StoredSecret(this, "database-url", {
      ...{ name, onRemoval },
      description: `Database of ${name}: its URL, postgres:// with user, password, host and name, as its owners know them`,
    });
  }
}

/** The right to read secrets: these, and no others. */
export function mayRead(...secrets: readonly { readonly arn: string }[]): Statement {
  return { actions: ["secretsmanager:GetSecretValue"], resources: secrets.map(({ arn }) => arn) };
}
