import { linkedRole, of, type Rows } from "../grant";

const { look, read, write } = of("ecs");
const images = of("ecr");
const scaling = of("application-autoscaling");
const service = "service/{cluster}/{name}";
/** Targets have ids of their own; what they move is a service of ECS. */
const scalable = "scalable-target/*";
const scalableService = "service/{copy}/*";

/** Containers: where they run, what they are, and their images. */
export const containers: Rows = {
  aws_ecs_cluster: [
    read("cluster/{name}", "DescribeClusters", "ListTagsForResource"),
    write(
      "cluster/{name}",
      "CreateCluster",
      "UpdateCluster",
      "UpdateClusterSettings",
      "DeleteCluster",
      "TagResource",
      "UntagResource",
    ),
    linkedRole("ecs.amazonaws.com"),
  ],
  aws_ecs_capacity_provider: [
    read("capacity-provider/{name}", "DescribeCapacityProviders", "ListTagsForResource"),
    write("capacity-provider/{name}", "CreateCapacityProvider", "UpdateCapacityProvider", "DeleteCapacityProvider"),
    write("capacity-provider/{name}", "TagResource", "UntagResource"),
    // A group that it scales gets a tag of ECS.
    of("autoscaling").look("DescribeAutoScalingGroups"),
    of("autoscaling").write(
      "autoScalingGroup:*:autoScalingGroupName/{auto_scaling_group_provider.auto_scaling_group_arn}",
      "CreateOrUpdateTags",
    ),
  ],
  aws_ecs_cluster_capacity_providers: [
    read("cluster/{cluster_name}", "DescribeClusters"),
    write("cluster/{cluster_name}", "PutClusterCapacityProviders"),
  ],
  aws_ecs_task_definition: [
    look("DescribeTaskDefinition"),
    write("*", "DeregisterTaskDefinition"),
    read("task-definition/{family}:*", "ListTagsForResource"),
    write("task-definition/{family}:*", "RegisterTaskDefinition", "TagResource", "UntagResource"),
  ],
  aws_ecs_service: [
    read(service, "DescribeServices", "ListTagsForResource", "ListServiceDeployments"),
    look("DescribeTaskDefinition"),
    read([service, "service-deployment/{cluster}/{name}/*"], "DescribeServiceDeployments"),
    read([service, "service-revision/{cluster}/{name}/*"], "DescribeServiceRevisions"),
    read("cluster/{cluster}", "DescribeClusters"),
    write(service, "CreateService", "UpdateService", "DeleteService", "TagResource", "UntagResource"),
    of("elasticloadbalancing").look("DescribeTargetGroups", "DescribeListeners", "DescribeRules"),
    linkedRole("ecs.amazonaws.com"),
  ],
  aws_ecr_repository: [
    images.read("repository/{name}", "DescribeRepositories", "ListTagsForResource"),
    images.write("repository/{name}", "CreateRepository", "DeleteRepository", "PutImageTagMutability"),
    images.write("repository/{name}", "PutImageScanningConfiguration", "TagResource", "UntagResource"),
  ],
  aws_ecr_lifecycle_policy: [
    images.read("repository/{repository}", "GetLifecyclePolicy"),
    images.write("repository/{repository}", "PutLifecyclePolicy", "DeleteLifecyclePolicy"),
  ],
  aws_appautoscaling_target: [
    scaling.look("DescribeScalableTargets"),
    scaling.read(scalable, "ListTagsForResource"),
    scaling.write(scalable, "RegisterScalableTarget", "DeregisterScalableTarget", "TagResource", "UntagResource"),
    // Application Auto Scaling asks with the caller's rights.
    read(scalableService, "DescribeServices"),
    write(scalableService, "UpdateService"),
    of("cloudwatch").read("alarm:*", "DescribeAlarms"),
    of("cloudwatch").write("alarm:TargetTracking-*", "PutMetricAlarm", "DeleteAlarms"),
    linkedRole("ecs.application-autoscaling.amazonaws.com"),
  ],
  aws_appautoscaling_policy: [
    scaling.look("DescribeScalingPolicies"),
    scaling.write(scalable, "PutScalingPolicy", "DeleteScalingPolicy"),
    of("cloudwatch").read("alarm:*", "DescribeAlarms"),
    of("cloudwatch").write("alarm:TargetTracking-*", "PutMetricAlarm", "DeleteAlarms"),
  ],
  aws_appautoscaling_scheduled_action: [
    scaling.look("DescribeScheduledActions"),
    scaling.write(scalable, "PutScheduledAction", "DeleteScheduledAction"),
  ],
};
