import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { Bastion } from "../../modules/bastion";
import type { Database } from "../../modules/database";
import type { GeneratedSecret } from "../../modules/generated-secret";
import { MachineImage } from "../../modules/machine-image";
import type { Network } from "../../modules/network";
import { type Dashboard, type SystemFile, systemFile } from "../config";
import { cloudConfig } from "../core/cloud-config";

/** The database that an operator wants to load, and what for that is needed. */
export interface DatabaseSite {
  readonly name: string;
  readonly region: string;
  readonly network: Network;
  readonly database: Database;
  /** Account of the services, which loading makes. */
  readonly application: GeneratedSecret;
  /** Files of `systems/dashboard/database`. */
  readonly loaders: readonly SystemFile[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Amazon's own image: it has the agent of Session Manager and the AWS command line, and packages every PostgreSQL client. */
const image = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
const folder = "/usr/local/lib/slipway";

/** A temporary machine beside the database, with everything on it to load it by one command. */
export function operatorsBastion(
  scope: Construct,
  id: string,
  { bastion, database: { version } }: Dashboard,
  site: DatabaseSite,
): void {
  const { name, network, database, application, tags } = site;
  const { type, ssh } = bastion!;
  const machine = new Bastion(scope, id, {
    ...{ name, placement: network.public, instanceType: type, ssh, tags },
    image: new MachineImage(scope, `${id}-image`, { parameter: image }),
    statements: [{ actions: ["secretsmanager:GetSecretValue"], resources: [database.secretArn, application.arn] }],
    userData: bootOf(site, version),
  });
  machine.connections.allowToInternet("packages, Session Manager and Secrets Manager");
  database.connections.allowFrom(machine, "loading of the database by its operator");
  const shell = ssh
    ? `ssh ec2-user@${machine.publicAddress}`
    : `aws ssm start-session --region ${site.region} --target ${machine.instanceId}`;
  new TerraformOutput(scope, "bastion_shell", { value: shell });
  new TerraformOutput(scope, "bastion_load_command", { value: `sudo ${folder}/load-from-secrets.sh` });
}

/** A client of the server's own version: an older one warns, and misses what is new. */
function bootOf({ region, database, application, loaders }: DatabaseSite, version: string): string {
  const settings = {
    ...{ region, host: database.host, port: `${database.port}` },
    administratorSecretArn: database.secretArn,
    applicationSecretArn: application.arn,
  };
  const programs = ["load-db.sh", "load-from-secrets.sh"].map((file) => {
    return { path: `${folder}/${file}`, text: systemFile(loaders, file), mode: "0755" } as const;
  });
  return cloudConfig(
    [
      { path: "/etc/slipway/dashboard-database.json", json: settings },
      { path: `${folder}/database.sql`, text: systemFile(loaders, "database.sql") },
      ...programs,
    ],
    // The network may come a little later than the machine.
    { run: [["dnf", "--setopt=retries=10", "--setopt=timeout=30", "install", "--assumeyes", `postgresql${version}`]] },
  );
}
