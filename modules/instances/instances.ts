import { Instance } from "@cdktf/provider-aws/lib/instance";
import type { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { nameLimits, physicalName } from "../../src/core/names";
import { plainTags } from "../../src/core/plain-tags";
import { watchedMachine } from "../../src/core/watched/machines";
import { eachAs, together, type Watchable, type Watched } from "../../src/core/watched/watched";
import { type Connectable, Connections } from "../connections";
import { MachineRole } from "../machine-role";
import { checkInstances } from "./instances-check";
import type { InstancesProps } from "./instances-props";
import { templateOf } from "./template";

/**
 * A counted number of identical machines, each a resource of its own, from one launch template. No group brings a lost one
 * back: the next apply does.
 *
 * They ask for no public address, and have no SSH key: Session Manager opens a shell. A new image, type or user
 * data makes the next version of the template, and changes no machine that runs: an apply would end them all at once. Each
 * is replaced by `replaceCommands`, one at a time:
 *
 * 1. Apply, so that the template has its new version.
 * 2. `aws elbv2 deregister-targets` for one machine, then `aws elbv2 wait target-deregistered`: its requests are answered.
 * 3. Run its replace command. Terraform ends the machine, starts its successor and registers it.
 * 4. `aws elbv2 wait target-in-service` for the successor, and only then the next machine.
 */
export class Instances extends Construct implements Connectable, Watchable {
  readonly connections: Connections;
  readonly roleName: string;
  readonly roleArn: string;
  /** Ids by machine: `machine-1`, `machine-2`… Known only after apply. */
  readonly instanceIds: Readonly<Record<string, string>>;
  /** For a shell, by machine: replaces it by one of the newest template, and where its subnet has changed, there. */
  readonly replaceCommands: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: InstancesProps) {
    super(scope, id);
    checkInstances(this, props);
    const { placement, ports, statements, count, inService = count, registry } = props;
    const words = [props.name, id];
    const tags = plainTags(props.tags, { Name: words.join("-") });
    this.connections = new Connections(this, "connections", { vpcId: placement.vpcId, ports });
    const description = `Machines of ${this.node.path}`;
    const role = new MachineRole(this, "identity", { words, description, statements });
    const template = templateOf(this, props, {
      ...{ name: physicalName(words, nameLimits.launchTemplate), tags },
      profileName: role.profileName,
      securityGroupId: this.connections.securityGroupId,
    });
    const machines = Array.from({ length: count }, (_, n) => {
      const key = `machine-${n + 1}`;
      const subnetId = placement.subnetIds[n % placement.subnetIds.length]!;
      const machineTags = { ...tags, Name: `${tags.Name}-${n + 1}` };
      const machine = this.machine(key, props, { template, role, subnetId, tags: machineTags });
      if (n < inService) registry?.register(`${id}-${key}`, machine.id);
      return [key, machine] as const;
    });
    this.roleName = role.name;
    this.roleArn = role.arn;
    this.instanceIds = Object.fromEntries(machines.map(([key, machine]) => [key, machine.id]));
    this.replaceCommands = Object.fromEntries(
      machines.map(([key, machine]) => [key, `terraform apply -replace=aws_instance.${machine.friendlyUniqueId}`]),
    );
  }

  get watched(): Watched {
    return together(...Object.entries(this.instanceIds).map(([key, id]) => eachAs(key, watchedMachine(id))));
  }

  private machine(key: string, props: InstancesProps, own: Own): Instance {
    const { template, role, subnetId, tags } = own;
    return new Instance(this, key, {
      launchTemplate: { id: template.id, version: Fn.tostring(template.latestVersion) },
      subnetId,
      // AWS reads the template once, at the start. What can be changed on a machine that runs stands here as well, so that
      // an apply changes it, or puts it back.
      vpcSecurityGroupIds: [this.connections.securityGroupId],
      iamInstanceProfile: role.profileName,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: {
        ...{ volumeType: "gp3", volumeSize: props.rootGib ?? 8, encrypted: true, deleteOnTermination: true },
        tags,
      },
      monitoring: props.detailedMonitoring ?? false,
      tags,
      // The provider replaces a machine for a new version or subnet: all machines, in one apply. A replacement that is asked
      // for takes both as they are now.
      lifecycle: { ignoreChanges: ["launch_template", "subnet_id"] },
      // AWS refuses the agent of a machine that boots before it was granted its rights; it tries again only now and then.
      dependsOn: role.grants,
    });
  }
}

interface Own {
  readonly template: LaunchTemplate;
  readonly role: MachineRole;
  readonly subnetId: string;
  readonly tags: Record<string, string>;
}
