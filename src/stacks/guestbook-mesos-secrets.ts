import { Construct } from "constructs";
import { GeneratedSecret } from "../../modules/generated-secret";
import { StoredSecret } from "../../modules/stored-secret";
import type { Environment, GuestbookMesos } from "../config";

/** What machines have to know and nobody may read in the code: passwords that AWS draws, and a key that the Chef server makes. */
export class GuestbookMesosSecrets extends Construct {
  /** With this key a machine registers with the Chef server. That server makes it and puts it here; until then machines wait. */
  readonly validator: StoredSecret;
  readonly gossip: GeneratedSecret;
  readonly marathon: GeneratedSecret;
  readonly sensuAdmin: GeneratedSecret;
  readonly sensuAgent: GeneratedSecret;
  readonly gocdAgent: GeneratedSecret;
  readonly membership: GeneratedSecret;

  constructor(scope: Construct, id: string, { name: environment, onRemoval }: Environment, system: GuestbookMesos) {
    super(scope, id);
    const name = `guestbook-mesos-${environment}`;
    const { secretVersions } = system;
    const generated = (key: keyof typeof secretVersions, word: string, username: string, what: string) =>
      new GeneratedSecret(this, word, {
        ...{ name, username, version: secretVersions[key], onRemoval },
        description: `${what} of ${name}`,
      });
    this.validator = new StoredSecret(this, "validator", {
      ...{ name, onRemoval },
      description: `Key with which machines of ${name} register with the Chef server, and its certificate: that server writes both`,
    });
    this.gossip = generated("gossip", "consul-gossip", "gossip", "Key of Consul's gossip");
    this.marathon = generated("marathon", "marathon", "marathon", "Account of Marathon at the Mesos masters");
    this.sensuAdmin = generated("sensuAdmin", "sensu-admin", "admin", "Account of Sensu's administrator");
    this.sensuAgent = generated("sensuAgent", "sensu-agent", "agent", "Account of Sensu's agents");
    this.gocdAgent = generated("gocdAgent", "gocd-agent", "gocd-agent", "Key with which GoCD's agents register");
    this.membership = generated(
      "membership",
      "membership",
      "frontends",
      "Key with which the front ends know each other",
    );
  }
}
