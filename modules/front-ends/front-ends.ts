import { Instance } from "@cdktf/provider-aws/lib/instance";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { accept } from "../../src/core/accept";
import { nameLimits, physicalName } from "../../src/core/names";
import { plainTags } from "../../src/core/plain-tags";
import { templateSettings } from "../../src/core/template-settings";
import { watchedMachine } from "../../src/core/watched/machines";
import { eachAs, together, type Watchable, type Watched } from "../../src/core/watched/watched";
import { type Connectable, Connections } from "../connections";
import { MachineRole } from "../machine-role";
import { encodedUserData } from "../user-data";
import { checkFrontEnds } from "./front-ends-check";
import type { FrontEndsProps } from "./front-ends-props";

/** The tag of the machines and their interfaces, by which an address may be given to them. Its value is the system's name. */
export const frontEndTag = "slipway:front-ends";

interface Own {
  readonly role: MachineRole;
  readonly securityGroupIds: readonly string[];
  readonly tags: Record<string, string>;
}

/**
 * Machines that visitors meet without a load balancer before them: each at an address that its peers know, with a public address of its
 * own, and an Elastic IP that they hand to each other.
 *
 * Each is a resource of its own: AWS recovers one whose hardware fails, with its addresses, and the next apply brings back one that is
 * gone. A new image, type or user data makes the next version of the template and changes no machine that runs: an apply would end both
 * at once. Each is replaced by its command of `replaceCommands`, the one without the Elastic IP first.
 */
export class FrontEnds extends Construct implements Connectable, Watchable {
  readonly connections: Connections;
  readonly roleName: string;
  /** Ids by name. Known only after apply. */
  readonly instanceIds: Readonly<Record<string, string>>;
  /** For a shell, by name: replaces the machine by one of the newest template, at the same address. */
  readonly replaceCommands: Readonly<Record<string, string>>;
  /** Key and value of the tag by which an Elastic IP may be given to these machines. */
  readonly holders: { readonly key: string; readonly value: string };

  constructor(scope: Construct, id: string, props: FrontEndsProps) {
    super(scope, id);
    checkFrontEnds(this, props);
    const { name, vpcId, machines, statements, alsoAs = [] } = props;
    this.connections = new Connections(this, "connections", { vpcId });
    this.holders = { key: frontEndTag, value: name };
    const role = new MachineRole(this, "identity", {
      words: [name, id],
      description: `Machines of ${this.node.path}`,
      statements,
    });
    const securityGroupIds = [this, ...alsoAs].map(({ connections }) => connections.securityGroupId);
    const made = Object.keys(machines).map((key) => {
      const tags = plainTags(props.tags, { [frontEndTag]: name, Name: `${name}-${key}` });
      return [key, this.machine(key, props, { role, securityGroupIds, tags })] as const;
    });
    this.roleName = role.name;
    this.instanceIds = Object.fromEntries(made.map(([key, { id: instanceId }]) => [key, instanceId]));
    this.replaceCommands = Object.fromEntries(
      made.map(([key, machine]) => [key, `terraform apply -replace=aws_instance.${machine.friendlyUniqueId}`]),
    );
  }

  get watched(): Watched {
    return together(...Object.entries(this.instanceIds).map(([key, id]) => eachAs(key, watchedMachine(id))));
  }

  private machine(key: string, props: FrontEndsProps, { role, securityGroupIds, tags }: Own): Instance {
    const { subnetId, privateIp } = props.machines[key]!;
    const { rootGib = 8 } = props;
    const template = this.template(key, props, { role, securityGroupIds, tags });
    const machine = new Instance(this, key, {
      launchTemplate: { id: template.id, version: Fn.tostring(template.latestVersion) },
      ...{ subnetId, privateIp },
      // The one without the Elastic IP calls AWS by it.
      associatePublicIpAddress: true,
      // AWS reads the template once, at the start. What can be changed on a machine that runs stands here as well, so that an apply
      // changes it, or puts it back.
      vpcSecurityGroupIds: [...securityGroupIds],
      iamInstanceProfile: role.profileName,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: {
        ...{ volumeType: "gp3", volumeSize: rootGib, encrypted: true, deleteOnTermination: true },
        tags,
      },
      maintenanceOptions: { autoRecovery: "default" },
      tags,
      lifecycle: {
        // The provider replaces a machine for a new version, and for a public address that the Elastic IP has taken the place of.
        ignoreChanges: ["launch_template", "associate_public_ip_address"],
      },
      // AWS refuses the agent of a machine that boots before it was granted its rights; it tries again only now and then.
      dependsOn: role.grants,
    });
    accept(
      machine,
      "EC2-03",
      "visitors meet these machines, and the one without the Elastic IP calls AWS by its own address",
    );
    return machine;
  }

  private template(key: string, props: FrontEndsProps, { role, securityGroupIds, tags }: Own): LaunchTemplate {
    const { image, rootGib = 8 } = props;
    const settings = templateSettings({ ...props, imageId: image.amiId, rootGib, tags });
    return new LaunchTemplate(this, `${key}-template`, {
      name: physicalName([props.name, key], nameLimits.launchTemplate),
      ...settings,
      // The interface too: AWS looks at its tags before it lets a machine have an address.
      tagSpecifications: [...settings.tagSpecifications, { resourceType: "network-interface", tags }],
      userData: encodedUserData(this, `${key}-user-data`, props.userData({ key })),
      iamInstanceProfile: { name: role.profileName },
      vpcSecurityGroupIds: [...securityGroupIds],
    });
  }
}
