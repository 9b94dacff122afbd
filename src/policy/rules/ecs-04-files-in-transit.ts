import { asBlock, blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const ecs04 = rule({
  id: "ECS-04",
  title: "tasks reach shared files by TLS, as their role, through an access point",
  severity: "high",
  types: ["aws_ecs_task_definition"],
  why: "otherwise the files travel in clear text, and whoever is in the network has all of them, as root",
  fix: 'write transit_encryption = "ENABLED" and authorization_config with iam = "ENABLED" and an access_point_id',
  also: ["CKV_AWS_97", "AWS-0035"],
  inspect: (task) =>
    blocks(task.body.volume).flatMap((volume) =>
      blocks(volume.efs_volume_configuration).flatMap(({ transit_encryption, authorization_config }) => {
        const { iam, access_point_id } = asBlock(blocks(authorization_config)[0]);
        const at = `volume ${volume.name}`;
        return [
          ...complainIf(
            transit_encryption !== "ENABLED",
            task,
            `${at}: transit_encryption`,
            transit_encryption,
            "ENABLED",
          ),
          ...complainIf(iam !== "ENABLED", task, `${at}: authorization_config.iam`, iam, "ENABLED"),
          ...complainIf(
            access_point_id === undefined,
            task,
            `${at}: authorization_config.access_point_id`,
            access_point_id,
            "an access point",
          ),
        ];
      }),
    ),
});
