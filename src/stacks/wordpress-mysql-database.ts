import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { Aurora } from "../../modules/aurora";
import type { Connectable } from "../../modules/connections";
import { Database } from "../../modules/database";
import { GeneratedSecret } from "../../modules/generated-secret";
import { Machine } from "../../modules/machine";
import { MachineImage } from "../../modules/machine-image";
import type { FlatNetwork } from "../../modules/network";
import type { Environment, WordpressMysql } from "../config";
import { cloudConfig } from "../core/cloud-config";
import { bakedImage, imageName } from "../core/image-catalogue";
import type { Watchable } from "../core/watched/watched";
import { proxyBefore } from "./database-proxy";
import { systemTags } from "./foundation";

/** A MySQL server, wherever it runs. */
export interface MysqlServer extends Connectable, Watchable {
  /** `host:port`. */
  readonly endpoint: string;
  /** Secret of its account: JSON with the keys `username` and `password`. */
  readonly secretArn: string;
  /** Variables with which the official image encrypts the connection, where the server wants that. */
  readonly encryption: Readonly<Record<string, string>>;
  /** What must be there before anybody can log in. */
  readonly ready: readonly ITerraformDependable[];
  /** The server itself, where a proxy stands before it. */
  readonly behind: Connectable | undefined;
  /** What stands before it. */
  readonly proxy: Watchable | undefined;
  /** The machine, where it is one of ours. */
  readonly machine: Machine | undefined;
}

const nothingBefore = { behind: undefined, proxy: undefined };

interface Site {
  readonly name: string;
  readonly environment: Environment;
  readonly system: WordpressMysql;
  readonly network: FlatNetwork;
}

/** The database that the description chooses. All three listen on 3306, and go by the same secret's form. */
export function mysqlServer(scope: Construct, id: string, site: Site): MysqlServer {
  const { database } = site.system;
  if ("machine" in database) return onMachine(scope, id, site, database);
  const { name, environment, network } = site;
  const { name: databaseName, user } = database;
  const common = { name, placement: network.data!, databaseName, user, onRemoval: environment.onRemoval };
  if ("aurora" in database) return managed(new Aurora(scope, id, { ...common, ...database.aurora }));
  const { class: instanceClass, proxy: shared, ...rds } = database.rds;
  const server = new Database(scope, id, { ...common, ...rds, engine: "mysql", instanceClass });
  if (!shared) return managed(server);
  const { placement, onRemoval } = common;
  const proxy = proxyBefore(scope, `${id}-proxy`, server, { name, placement, onRemoval, ...shared });
  const endpoint = `${proxy.host}:${proxy.port}`;
  return { ...managed(server), connections: proxy.connections, endpoint, behind: server, proxy };
}

/**
 * RDS and Aurora refuse connections in clear text. The image knows no variable for that: PHP's client encrypts when told by a
 * constant of WordPress. It does not compare the certificate with AWS's, which the official image lacks.
 */
function managed({ connections, endpoint, secretArn, watched }: Aurora | Database): MysqlServer {
  const encryption = { WORDPRESS_CONFIG_EXTRA: "define('MYSQL_CLIENT_FLAGS', MYSQLI_CLIENT_SSL);" };
  return { connections, endpoint, secretArn, encryption, ready: [], machine: undefined, watched, ...nothingBefore };
}

type OnMachine = Extract<WordpressMysql["database"], { machine: unknown }>;

/** The image holds the server and no account: the machine makes schema and account when it boots, from its secret. */
function onMachine(
  scope: Construct,
  id: string,
  site: Site,
  { machine, name: database, user }: OnMachine,
): MysqlServer {
  const { name, environment, network } = site;
  const { onRemoval } = environment;
  const secret = new GeneratedSecret(scope, `${id}-account`, {
    name,
    description: `Account of WordPress in the database of ${name}`,
    username: user,
    version: machine.secretVersion,
    onRemoval,
  });
  const { role } = machine.image;
  const image = { name: imageName(role), owner: "self", architecture: bakedImage(role).architecture };
  const server = new Machine(scope, id, {
    name,
    placement: network.placement,
    zone: network.zone,
    subnetCidr: network.cidr,
    privateIp: machine.address,
    image: new MachineImage(scope, `${id}-image`, image),
    instanceType: machine.type,
    rootGib: machine.rootGib,
    dataGib: machine.dataGib,
    replacement: machine.replacement,
    ports: 3306,
    statements: [{ actions: ["secretsmanager:GetSecretValue"], resources: [secret.arn] }],
    userData: ({ dataVolumeId: dataVolume }) => {
      const json = { secretArn: secret.arn, clientNetwork: network.cidr, database, dataVolume };
      return cloudConfig([{ path: "/etc/slipway/mysql.json", json }]);
    },
    tags: { ...environment.tags, ...systemTags(environment, "wordpress-mysql") },
    onRemoval,
  });
  const endpoint = `${server.privateIp}:3306`;
  const { connections, watched } = server;
  const { arn: secretArn, value } = secret;
  return {
    connections,
    watched,
    endpoint,
    secretArn,
    encryption: {},
    ready: [value],
    machine: server,
    ...nothingBefore,
  };
}
