import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { Construct } from "constructs";
import { encodedUserData } from "../user-data";
import type { InstancesProps } from "./instances-props";

interface Own {
  readonly name: string;
  readonly profileName: string;
  readonly securityGroupId: string;
  readonly tags: Record<string, string>;
}

/** What all machines have in common. Who starts one from it by hand gets a machine like the others. */
export function templateOf(at: Construct, props: InstancesProps, own: Own): LaunchTemplate {
  const { rootGib = 8, rootDevice = "/dev/xvda", detailedMonitoring = false, userData } = props;
  return new LaunchTemplate(at, "template", {
    name: own.name,
    updateDefaultVersion: true,
    imageId: props.image.amiId,
    instanceType: props.instanceType,
    userData: userData === undefined ? undefined : encodedUserData(at, "user-data", userData),
    iamInstanceProfile: { name: own.profileName },
    monitoring: { enabled: detailedMonitoring },
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      // One hop ends at the machine: containers behind its bridge do not get at the machine's credentials.
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: "disabled",
    },
    // Not inside a network interface: AWS would then want the subnet there too, and each machine has its own.
    vpcSecurityGroupIds: [own.securityGroupId],
    blockDeviceMappings: [
      {
        deviceName: rootDevice,
        ebs: { volumeSize: rootGib, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
      },
    ],
    tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags: own.tags })),
  });
}
