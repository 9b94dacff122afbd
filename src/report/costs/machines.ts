import { type Block, blocks } from "../../core/terraform-json";
import { type Entry, imageOf, type System } from "../system";
import { allFree, type Bills, credits, type Line, line, number } from "./bill";

/** Machines, what runs on them, and their disks. */
export const machines: Bills = {
  ...allFree("aws_launch_template", "aws_autoscaling_lifecycle_hook", "aws_key_pair", "aws_volume_attachment"),
  ...allFree("aws_ecs_capacity_provider", "aws_ecs_cluster_capacity_providers", "aws_ecs_task_definition"),
  ...allFree("aws_ecr_lifecycle_policy", "aws_appautoscaling_target", "aws_appautoscaling_policy"),
  ...allFree("aws_appautoscaling_scheduled_action", "docker_image", "docker_network", "docker_volume"),
  aws_instance: {
    always: (entry, system) => ofMachines(entry, templateOf(entry, system), { least: 1, most: 1 }),
    use: (entry, system) => usedBy(entry, templateOf(entry, system)),
  },
  aws_autoscaling_group: {
    always: (entry, system) =>
      ofMachines(entry, templateOf(entry, system), {
        least: number(entry.body, "min_size", 0),
        most: number(entry.body, "max_size", 0),
      }),
    use: (entry, system) => usedBy(entry, templateOf(entry, system)),
  },
  aws_ebs_volume: {
    always: ({ body }) => [
      volume(body.type, { least: number(body, "size", 0), most: number(body, "size", 0) }, "data"),
    ],
  },
  aws_dlm_lifecycle_policy: { use: "GiB of snapshots of volumes" },
  // Tasks run on machines that have a line of their own.
  aws_ecs_service: {},
  aws_ecs_cluster: {
    use: ({ body }) => {
      const insights = blocks(body.setting).find(({ name }) => name === "containerInsights")?.value;
      return insights === undefined || insights === "disabled" ? [] : [`metrics of Container Insights, ${insights}`];
    },
  },
  aws_ecr_repository: { use: "GiB of images" },
  docker_container: {
    always: (entry, system) => [
      line("container on this machine", "-", { detail: `${imageOf(entry, system)}, up to ${entry.body.memory} MiB` }),
    ],
  },
};

const usedBy = ({ body }: Entry, template: Block) => [
  "GiB out of AWS, and between zones",
  ...credits(body.instance_type ?? template.instance_type, "a machine"),
];

type Count = Pick<Line, "least" | "most">;

/** Machines with the disks and addresses that they bring along. */
function ofMachines({ type, body }: Entry, template: Block, count: Count): Line[] {
  const group = type === "aws_autoscaling_group";
  const disks = group ? template.block_device_mappings : (body.root_block_device ?? template.block_device_mappings);
  const [card] = blocks(template.network_interfaces);
  const isPublic = body.associate_public_ip_address ?? card?.associate_public_ip_address;
  return [
    line("machine", "hour", {
      ...count,
      detail: String(body.instance_type ?? template.instance_type ?? "of several types"),
    }),
    ...blocks(disks).map((disk) => {
      const [ebs = disk] = blocks(disk.ebs);
      const gib = number(ebs, "volume_size", 0);
      return volume(ebs.volume_type, { least: count.least * gib, most: count.most * gib }, "of machines");
    }),
    ...(String(isPublic) === "true" ? [line("public IPv4 address", "hour", { ...count, detail: "of machines" })] : []),
  ];
}

const volume = (type: unknown, count: Count, detail: string) =>
  line("GiB of volume", "month", { ...count, detail: `${type ?? "gp3"}, ${detail}` });

function templateOf(entry: Entry, system: System): Block {
  const [template] = blocks(entry.body.launch_template).flatMap(({ id }) => system.resolve(id, entry));
  return template?.body ?? {};
}
