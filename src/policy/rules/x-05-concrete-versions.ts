import { launchTemplatesOf } from "../machines";
import { complainIf, rule } from "../rule";

export const x05 = rule({
  id: "X-05",
  title: "machines start from a launch template version and an image that Terraform knows",
  severity: "high",
  types: ["aws_autoscaling_group", "aws_instance", "aws_launch_template"],
  why: "$Latest and images resolved by EC2 change machines without a plan, and switch the rollback of a refresh off",
  fix: "refer to the template's latest_version, and look the image up in a data source",
  inspect: (entry) => {
    const templates = launchTemplatesOf(entry).filter(() => entry.type !== "aws_launch_template");
    const { image_id, ami } = entry.body;
    return [
      ...templates.flatMap(({ version }) => {
        const floats = version === undefined || /^\$+(Latest|Default)$/.test(String(version));
        return complainIf(floats, entry, "launch_template.version", version, "a number, such as its latest_version");
      }),
      ...[image_id, ami].flatMap((image) => {
        const resolved = String(image ?? "").startsWith("resolve:ssm:");
        return complainIf(resolved, entry, "image_id", image, "an image that Terraform looked up");
      }),
    ];
  },
});
