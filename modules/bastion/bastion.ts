import { Instance } from "@cdktf/provider-aws/lib/instance";
import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { Construct } from "constructs";
import { accept } from "../../src/core/accept";
import { parseCidr } from "../../src/core/address-plan";
import { InvalidProps } from "../../src/core/invalid-props";
import { literalAroundValues } from "../../src/core/literal-around-values";
import { aboutMachineType, aboutUserData } from "../../src/core/machine-complaints";
import { nameLimits, physicalName } from "../../src/core/names";
import type { Placement } from "../../src/core/placement";
import { plainTags } from "../../src/core/plain-tags";
import { type Connectable, Connections } from "../connections";
import { MachineRole, type Statement } from "../machine-role";

/** A way in for one person. */
export interface SshAccess {
  /** Public address of that person, as `/32`. */
  readonly from: string;
  /** Public key, as in `~/.ssh/id_ed25519.pub`: ED25519 or RSA. */
  readonly publicKey: string;
}

export interface BastionProps {
  /** Name of the system and its environment, such as `dashboard-dev`: first part of all names in AWS. */
  readonly name: string;
  /** Public subnets; the machine stands in the first. */
  readonly placement: Placement;
  /**
   * An image with Amazon's Session Manager agent, such as Amazon Linux. It is the one of the day that the machine is made: a newer
   * one replaces no machine that somebody works on.
   */
  readonly image: { readonly amiId: string };
  /**
   * EC2 instance type.
   * @default "t3.micro"
   */
  readonly instanceType?: string;
  /**
   * Opens port 22 for one address. Session Manager leads in without any open port, and keeps a record of who did.
   * @default - nothing is open
   */
  readonly ssh?: SshAccess;
  /**
   * What it may do in AWS beyond being reached through Session Manager.
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * What it does at its first boot. At most 16 KiB, and no secrets: everyone who may describe instances can read it.
   * @default - nothing
   */
  readonly userData?: string;
  /**
   * Tags of the machine and its volume, as plain text.
   * @default - Name only
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A machine to work from inside a network, for as long as the work takes: nothing depends on it, so that it can be
 * removed from the code without touching anything else. It keeps nothing: a change of its user data, subnet or key makes it
 * anew, and only a newer image does not.
 *
 * It has a public address, which is billed, because it must reach Session Manager without NAT; nobody reaches it by that
 * address unless `ssh` says who.
 */
export class Bastion extends Construct implements Connectable {
  readonly connections: Connections;
  /** Known only after apply: `aws ssm start-session --target <id>`. */
  readonly instanceId: string;
  /** Known only after apply: `ssh ec2-user@<address>`, where `ssh` opens the way. */
  readonly publicAddress: string;

  constructor(scope: Construct, id: string, props: BastionProps) {
    super(scope, id);
    const { name, placement, image, instanceType = "t3.micro", ssh, statements = [], userData } = props;
    for (const complaint of aboutMachineType({ instanceType })) throw new InvalidProps(this, complaint);
    for (const complaint of aboutUserData(userData)) throw new InvalidProps(this, complaint);
    const subnetId = this.place(placement);
    this.connections = new Connections(this, "connections", { vpcId: placement.vpcId, ports: 22 });
    const key = ssh && this.letIn(name, ssh);

    const words = [name, id];
    const role = new MachineRole(this, "identity", {
      ...{ words, statements },
      description: `The machine ${this.node.path}`,
    });
    const tags = plainTags(props.tags, { Name: words.join("-") });
    const machine = new Instance(this, "machine", {
      ami: image.amiId,
      instanceType,
      subnetId,
      associatePublicIpAddress: true,
      vpcSecurityGroupIds: [this.connections.securityGroupId],
      keyName: key?.keyName,
      iamInstanceProfile: role.profileName,
      userData: userData === undefined ? undefined : literalAroundValues(userData),
      userDataReplaceOnChange: true,
      rootBlockDevice: { volumeType: "gp3", encrypted: true, deleteOnTermination: true, tags },
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      tags,
      // The newest image of today is another one tomorrow, and somebody may be at work.
      lifecycle: { ignoreChanges: ["ami"] },
      dependsOn: role.grants,
    });
    accept(
      machine,
      "EC2-03",
      "it reaches Session Manager by a public address; who reaches it is up to its security group",
    );
    this.instanceId = machine.id;
    this.publicAddress = machine.publicIp;
  }

  private place({ subnetIds: [first] }: Placement): string {
    if (first !== undefined) return first;
    const fix = "name a public subnet: without one, AWS would put the machine into the account's default VPC";
    throw new InvalidProps(this, { prop: "placement.subnetIds", got: [], want: "at least one subnet", fix });
  }

  private letIn(name: string, { from, publicKey }: SshAccess): KeyPair {
    if (parseCidr(from).fault || !from.endsWith("/32")) {
      const want = "one IPv4 address as /32";
      const fix = "write your own address and /32 after it: the machine is for one person";
      throw new InvalidProps(this, { prop: "ssh.from", got: from, want, fix });
    }
    if (!/^(ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]+=*( [^\n]*)?$/.test(publicKey)) {
      const want = "a public ED25519 or RSA key of one line, such as ssh-ed25519 AAAA… you@example.com";
      const fix = "EC2 takes no others: copy the line of ~/.ssh/id_ed25519.pub; the private key stays where it is";
      // Not repeated: it may be a private one.
      throw new InvalidProps(this, { prop: "ssh.publicKey", got: "something else", want, fix });
    }
    this.connections.allowFromAddresses("operator", from, "shell of the operator");
    return new KeyPair(this, "key", {
      keyNamePrefix: `${physicalName([name, this.node.id], nameLimits.keyPrefix)}-`,
      publicKey,
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
