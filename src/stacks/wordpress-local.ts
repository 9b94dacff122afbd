import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { LocalContainer, LocalSecrets } from "../../modules/local-container";
import { LocalImage } from "../../modules/local-image";
import type { LocalEnvironment, LocalWordpress } from "../config";
import { bakedImage } from "../core/image-catalogue";
import { asFile, ownConnection, ownEncryption, ownSecrets } from "../core/wordpress-variables";
import { becomesUser, mysql } from "./local-databases";
import { LocalGround } from "./local-ground";
import { wordpressHealth } from "./wordpress-health";

/** WordPress from our own image and its database, on the Docker engine of this machine. */
export class WordpressLocalStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: LocalEnvironment, system: LocalWordpress) {
    super(scope, id);
    const ground = new LocalGround(this, environment, "wordpress");
    const { image, port, healthPath, memoryMib, environment: variables } = system;
    const { version, name, user } = system.database;

    // What exists.
    const secrets = new LocalSecrets(this, "secrets");
    const password = secrets.letters("database-password");
    const salt = secrets.letters("salt");
    const account = { name, user, password, rootPassword: secrets.letters("database-root-password") };
    const database = mysql(this, "database", ground, { service: "database", version, ...account });
    const files = { password: "/run/secrets/database-password", salt: "/run/secrets/salt" };
    new LocalContainer(this, "wordpress", {
      ...ground.service("wordpress"),
      image: new LocalImage(this, "wordpress-image", ownImage(image)),
      environment: {
        ...ownConnection({ host: "database", port: "3306", name, user }),
        // It has no certificate that anybody could compare, and nobody else is in this network.
        [ownEncryption]: "off",
        [asFile(ownSecrets.password)]: files.password,
        [asFile(ownSecrets.salt)]: files.salt,
        // The first start waits for health, not for a machine: it need not be patient between two tries.
        WORDPRESS_DB_RETRY_SECONDS: "2",
        ...variables,
      },
      secrets: { [files.password]: password, [files.salt]: salt },
      volumes: { "/var/www/wordpress/wp-content/uploads": ground.volume(this, "uploads", "uploads") },
      health: { test: wordpressHealth(healthPath), startSeconds: 30 },
      capabilities: [...becomesUser, "CAP_KILL", "CAP_NET_BIND_SERVICE"],
      port: { inside: 80, outside: port },
      memoryMib,
      after: [database],
    });

    ground.answersAt(port);
  }
}

/** The image as it is named where there is no registry. The version that the catalogue describes can be built here. */
function ownImage(version: string) {
  const registry = "localhost/wordpress";
  const name = `${registry}:${version}`;
  if (version !== bakedImage("wordpress").version) return { name };
  const variables = { registry, ecr_login: "false" };
  return {
    name,
    build: { by: "packer", template: "packer/wordpress", only: "*.docker.*", except: "push", variables },
  } as const;
}
