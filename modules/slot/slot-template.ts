import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { Construct } from "constructs";
import { accept } from "../../src/core/accept";
import { templateSettings } from "../../src/core/template-settings";
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
  const { image, rootGib = 8 } = props;
  const template = new LaunchTemplate(slot, "template", {
    name: own.name,
    ...templateSettings({ ...props, imageId: image.amiId, rootGib, tags: own.tags }),
    userData: own.userData === undefined ? undefined : encodedUserData(slot, "user-data", own.userData),
    iamInstanceProfile: { arn: own.profileArn },
    networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: own.interfaceId, deleteOnTermination: "false" }],
  });
  accept(template, "EC2-03", "AWS takes no word on public addresses for an interface that exists; this one has none");
  return template;
}
