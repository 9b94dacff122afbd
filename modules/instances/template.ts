import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { Construct } from "constructs";
import { templateSettings } from "../../src/core/template-settings";
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
  const { image, rootGib = 8, userData } = props;
  return new LaunchTemplate(at, "template", {
    name: own.name,
    ...templateSettings({ ...props, imageId: image.amiId, rootGib, tags: own.tags }),
    userData: userData === undefined ? undefined : encodedUserData(at, "user-data", userData),
    iamInstanceProfile: { name: own.profileName },
    // Not inside a network interface: AWS would then want the subnet there too, and each machine has its own.
    vpcSecurityGroupIds: [own.securityGroupId],
  });
}
