import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { Construct } from "constructs";
import { accept } from "../../src/core/accept";
import { encodedUserData } from "../user-data";
import type { SlotProps } from "./slot-props";

interface Own {
  readonly name: string;
  readonly profileArn: string;
  readonly interfaceId: string;
  readonly userData: string | undefined;
  readonly tags: Record<string, string>;
}

/** How each machine of a slot starts: on the slot's interface, which brings address, subnet and security group. */
export function slotTemplate(slot: Construct, props: SlotProps, own: Own): LaunchTemplate {
  const { rootGib = 8, rootDevice = "/dev/xvda", detailedMonitoring = false } = props;
  const template = new LaunchTemplate(slot, "template", {
    name: own.name,
    updateDefaultVersion: true,
    imageId: props.image.amiId,
    instanceType: props.instanceType,
    userData: own.userData === undefined ? undefined : encodedUserData(slot, "user-data", own.userData),
    iamInstanceProfile: { arn: own.profileArn },
    monitoring: { enabled: detailedMonitoring },
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      // One hop ends at the machine: containers behind its bridge do not get at the machine's credentials.
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: "disabled",
    },
    networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: own.interfaceId, deleteOnTermination: "false" }],
    blockDeviceMappings: [
      {
        deviceName: rootDevice,
        ebs: { volumeSize: rootGib, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
      },
    ],
    tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags: own.tags })),
  });
  accept(template, "EC2-03", "AWS takes no word on public addresses for an interface that exists; this one has none");
  return template;
}
