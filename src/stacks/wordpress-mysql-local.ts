import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { LocalContainer, LocalSecrets } from "../../modules/local-container";
import { LocalImage } from "../../modules/local-image";
import type { LocalEnvironment, LocalWordpressMysql } from "../config";
import { asFile, officialConnection, officialPassword } from "../core/wordpress-variables";
import { becomesUser, mysql } from "./local-databases";
import { LocalGround } from "./local-ground";

/** The official image of WordPress and MySQL, on the Docker engine of this machine. */
export class WordpressMysqlLocalStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: LocalEnvironment, system: LocalWordpressMysql) {
    super(scope, id);
    const ground = new LocalGround(this, environment, "wordpress-mysql");
    const { image, port, memoryMib, environment: variables } = system;
    const { version, name, user } = system.database;

    // What exists.
    const secrets = new LocalSecrets(this, "secrets");
    const password = secrets.letters("database-password");
    const account = { name, user, password, rootPassword: secrets.letters("database-root-password") };
    const database = mysql(this, "mysql", ground, { service: "mysql", version, ...account });
    const file = "/run/secrets/database-password";
    new LocalContainer(this, "wordpress", {
      ...ground.service("wordpress"),
      image: new LocalImage(this, "wordpress-image", { name: image }),
      environment: {
        ...officialConnection({ endpoint: "mysql:3306", name, user }),
        [asFile(officialPassword)]: file,
        ...variables,
      },
      secrets: { [file]: password },
      volumes: { "/var/www/html": ground.volume(this, "files", "wordpress") },
      health: {
        // A new WordPress sends its visitors to the installation; one without its database answers 500.
        test: [
          ...["CMD", "curl", "--fail", "--silent", "--show-error", "--output", "/dev/null"],
          "http://localhost/wp-login.php",
        ],
        ...{ intervalSeconds: 10, retries: 6 },
      },
      capabilities: [...becomesUser, "CAP_KILL", "CAP_NET_BIND_SERVICE"],
      port: { inside: 80, outside: port },
      memoryMib,
      after: [database],
    });

    ground.answersAt(port);
  }
}
