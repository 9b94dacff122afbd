import type { Construct } from "constructs";
import { QuorumRunbook } from "../../modules/quorum-runbook";
import type { Environment, GuestbookMesos } from "../config";
import type { GuestbookMesosMachines } from "./guestbook-mesos-machines";

interface OperationsProps {
  readonly environment: Environment;
  readonly system: GuestbookMesos;
  readonly machines: GuestbookMesosMachines;
}

/** The program on members of a quorum that tells whether it is whole. */
const healthProgram = "/usr/local/lib/slipway/quorum-health";

/** Runbooks and commands, as outputs. Members of quorums have no command of their own: a runbook replaces them in turn. */
export function operationsOf(scope: Construct, { environment, system, machines }: OperationsProps) {
  const { zookeeper, masters, replacement } = system;
  const { region } = environment;
  const groups = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, machines.slots[name]!.autoScalingGroupName]));
  const runbook = (id: string, description: string, members: readonly string[], kind: string) =>
    new QuorumRunbook(scope, id, {
      ...{ name: `guestbook-mesos-${environment.name}`, region, description, members: groups(members) },
      ...{ memberTag: "slipway:slot", healthCommand: [healthProgram, kind] },
      patienceMinutes: replacement.patienceMinutes,
    });
  const [ensemble, rulers] = [Object.keys(zookeeper.members), Object.keys(masters.members)];
  const singles = Object.entries(machines.slots).filter(([name]) => ![...ensemble, ...rulers].includes(name));
  return {
    replace_zookeeper_command: runbook("replace-zookeeper", "members of ZooKeeper", ensemble, "zookeeper").command,
    replace_masters_command: runbook("replace-masters", "Mesos masters", rulers, "mesos-master").command,
    replace_commands: Object.fromEntries(singles.map(([name, { replaceCommand }]) => [name, replaceCommand])),
    replace_frontend_commands: machines.frontends.replaceCommands,
    find_machine_command: `aws ec2 describe-instances --region ${region} --filters Name=tag:slipway:environment,Values=${environment.name} Name=tag:slipway:system,Values=guestbook-mesos Name=instance-state-name,Values=running --query 'Reservations[].Instances[].[Tags[?Key==\`Name\`]|[0].Value,InstanceId,PrivateIpAddress]' --output text`,
  };
}
