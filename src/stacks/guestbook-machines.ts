import type { Construct } from "constructs";
import type { DeployedVersion } from "../../modules/deployed-version";
import { type Registry as InService, Instances } from "../../modules/instances";
import { MachineImage } from "../../modules/machine-image";
import type { Network } from "../../modules/network";
import { Slot } from "../../modules/slot";
import type { Environment, Guestbook } from "../config";
import { systemTags } from "./foundation";
import { Boot } from "./guestbook-boot";
import type { Control } from "./guestbook-control";
import type { GuestbookFiles } from "./guestbook-files";
import { type GuestbookSecrets, mayRead } from "./guestbook-secrets";

interface Site {
  readonly environment: Environment;
  readonly system: Guestbook;
  readonly files: GuestbookFiles;
  readonly network: Network;
  readonly secrets: GuestbookSecrets;
  readonly control: Control;
  readonly version: DeployedVersion;
  /** Where web machines come into service. */
  readonly requests: InService;
}

/** The machines of the guestbook. All start from the same image and differ in their settings; everything else is Puppet's. */
export interface GuestbookMachines {
  readonly puppet: Slot;
  readonly registry: Slot;
  readonly web: Instances;
}

/** Ports that the machines listen on. */
const ports = { web: 80, puppet: 8140, registry: 5000 } as const;

/** `registry.<zone>:5000`, by which images are named. */
export const registryAddress = ({ privateZone }: Guestbook) => `registry.${privateZone}:${ports.registry}`;

export function guestbookMachines(scope: Construct, site: Site): GuestbookMachines {
  const { environment, system, files, secrets, control, version } = site;
  const { presharedKey, registryAccount, databaseUrl } = secrets;
  const { privateZone: domain } = system;
  const common = commonProps(scope, site);
  const boot = new Boot(scope, "boot");
  const [agent, server] = [boot.userDataOf(files.boot.agent), boot.userDataOf(files.boot.server)];
  /** What every machine is told: where it is, whom it asks, and where the key is with which it applies. */
  const told = { region: environment.region, server: `puppet.${domain}`, domain, keySecretArn: presharedKey.arn };

  const puppet = new Slot(scope, "puppet", {
    ...common,
    ...place(site, system.puppet),
    ports: ports.puppet,
    statements: [
      mayRead(presharedKey),
      { actions: ["ssm:GetParameter"], resources: [version.arn] },
      ...control.statements,
    ],
    userData: ({ dataVolumeId: dataVolume }) =>
      server({ ...told, dataVolume, versionParameter: version.path, ...control.settings }),
    onRemoval: environment.onRemoval,
  });
  const registry = new Slot(scope, "registry", {
    ...common,
    ...place(site, system.registry),
    ports: ports.registry,
    statements: [mayRead(presharedKey, registryAccount)],
    userData: ({ dataVolumeId: dataVolume }) =>
      agent({ ...told, role: "registry", certname: `registry.${domain}`, dataVolume }),
    onRemoval: environment.onRemoval,
  });
  const { type, count, inService, rootGib } = system.machines;
  const web = new Instances(scope, "web", {
    ...common,
    placement: site.network.private,
    ...{ instanceType: type, count, inService, rootGib, registry: site.requests, ports: ports.web },
    statements: [mayRead(presharedKey, registryAccount, databaseUrl)],
    // Nothing of one machine is in here: each names its certificate after its own id.
    userData: agent({ ...told, role: "guestbook", certname: "" }),
  });
  return { puppet, registry, web };
}

function commonProps(scope: Construct, { environment, system }: Site) {
  return {
    name: `guestbook-${environment.name}`,
    image: new MachineImage(scope, "image", { ...system.image, region: environment.region }),
    tags: { ...environment.tags, ...systemTags(environment, "guestbook") },
  };
}

/** Where a machine stands of which there is one. */
function place({ system, network }: Site, machine: Guestbook["puppet"] | Guestbook["registry"]) {
  const { zone, address: privateIp, subnetCidr, type: instanceType, rootGib, dataGib } = machine;
  // The subnets of a tier are in the order of their zones' names.
  const subnetId = network.private.subnetIds[[...system.network.zones].sort().indexOf(zone)]!;
  const placement = { vpcId: network.vpcId, subnetIds: [subnetId] };
  return { placement, zone, subnetCidr, privateIp, instanceType, rootGib, dataGib };
}
