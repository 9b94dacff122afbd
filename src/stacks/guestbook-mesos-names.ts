import type { Construct } from "constructs";
import { PrivateZone } from "../../modules/private-zone";
import type { Environment, GuestbookMesos } from "../config";

interface NamesProps {
  readonly environment: Environment;
  readonly system: GuestbookMesos;
  readonly vpcId: string;
}

/** A name for each machine that has its place, and for Chef server, Marathon and Sensu wherever they are. */
export function namesOf(scope: Construct, id: string, { environment, system, vpcId }: NamesProps): void {
  const names = new PrivateZone(scope, id, { name: system.privateZone, vpcId, onRemoval: environment.onRemoval });
  const { zookeeper, masters, frontends, gocd } = system;
  const machines = { ...zookeeper.members, ...masters.members, ...frontends.members, ...serversOf(system), gocd };
  for (const [name, { address }] of Object.entries(machines)) names.address(name, address);
}

/** `management` is where deployments go: Marathon's machine, where it has one of its own. */
function serversOf({ management }: GuestbookMesos) {
  if (!("management" in management)) return { ...management, management: management.marathon };
  const { management: all } = management;
  return { management: all, chef: all, marathon: all, sensu: all };
}
