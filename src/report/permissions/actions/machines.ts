import { type Grant, linkedRole, of, type Rows } from "../grant";
import { makeTagged, retag } from "./vpc";

const { look, read, write, own, make } = of("ec2");
const scaling = of("autoscaling");
const group = "autoScalingGroup:*:autoScalingGroupName/{name}";
const hooks = "autoScalingGroup:*:autoScalingGroupName/{autoscaling_group_name}";

/** Starts machines, by itself or through a group: what they consist of, and what they are made with. */
const runInstances: Grant[] = [
  ...makeTagged("instance/*", "RunInstances"),
  ...["volume/*", "network-interface/*"].map((on) => ({
    ...make(on, "CreateTags"),
    createActions: ["RunInstances"],
  })),
  own(["subnet/*", "security-group/*", "launch-template/*"], "RunInstances"),
  // Images are of others, and what a machine brings along has its tags only afterwards.
  write(["volume/*", "network-interface/*", "key-pair/*"], "RunInstances"),
  { ...write("image/*", "RunInstances"), on: ["ec2:::image/*"] },
];

/** Machines, their disks and addresses. */
export const machines: Rows = {
  "data.aws_ami": [look("DescribeImages")],
  aws_key_pair: [
    look("DescribeKeyPairs"),
    ...makeTagged("key-pair/*", "ImportKeyPair"),
    own("key-pair/*", "DeleteKeyPair"),
  ],
  aws_launch_template: [
    look("DescribeLaunchTemplates", "DescribeLaunchTemplateVersions"),
    ...makeTagged("launch-template/*", "CreateLaunchTemplate"),
    own("launch-template/*", "CreateLaunchTemplateVersion", "ModifyLaunchTemplate", "DeleteLaunchTemplate"),
  ],
  aws_instance: [
    look("DescribeInstances", "DescribeInstanceTypes", "DescribeInstanceStatus"),
    read("instance/*", "DescribeInstanceAttribute"),
    look(
      "DescribeInstanceCreditSpecifications",
      "DescribeImages",
      "DescribeVolumes",
      "DescribeTags",
      "DescribeSubnets",
    ),
    look("DescribeLaunchTemplates", "DescribeLaunchTemplateVersions", "DescribeNetworkInterfaces"),
    look("DescribeIamInstanceProfileAssociations", "DescribeVpcs"),
    ...runInstances,
    // Volumes come with the tags that the provider puts on everything, and get those of their block in a call of its own.
    ...retag("volume/*"),
    own("instance/*", "StartInstances", "StopInstances", "TerminateInstances", "ModifyInstanceAttribute"),
    own("instance/*", "ModifyInstanceMetadataOptions", "ModifyInstanceMaintenanceOptions", "MonitorInstances"),
    own("instance/*", "UnmonitorInstances", "ModifyInstanceCreditSpecification"),
    own("instance/*", "AssociateIamInstanceProfile", "DisassociateIamInstanceProfile"),
    own("instance/*", "ReplaceIamInstanceProfileAssociation"),
    // Which groups it is in.
    own("security-group/*", "ModifyInstanceAttribute"),
    own("volume/*", "ModifyVolume"),
    own(["network-interface/*", "security-group/*"], "ModifyNetworkInterfaceAttribute"),
  ],
  aws_network_interface: [
    look("DescribeNetworkInterfaces"),
    ...makeTagged("network-interface/*", "CreateNetworkInterface"),
    own(["subnet/*", "security-group/*"], "CreateNetworkInterface"),
    own(["network-interface/*", "security-group/*", "instance/*"], "ModifyNetworkInterfaceAttribute"),
    own(["network-interface/*", "instance/*"], "DetachNetworkInterface"),
    own("network-interface/*", "AssignPrivateIpAddresses", "UnassignPrivateIpAddresses", "DeleteNetworkInterface"),
  ],
  aws_ebs_volume: [
    look("DescribeVolumes"),
    ...makeTagged("volume/*", "CreateVolume"),
    own("volume/*", "ModifyVolume", "DeleteVolume"),
  ],
  aws_volume_attachment: [
    look("DescribeVolumes", "DescribeInstances"),
    own(["volume/*", "instance/*"], "AttachVolume", "DetachVolume"),
    own("instance/*", "StopInstances"),
  ],
  aws_eip: [
    look("DescribeAddresses", "DescribeAddressesAttribute"),
    ...makeTagged("elastic-ip/*", "AllocateAddress"),
    own(["elastic-ip/*", "instance/*", "network-interface/*"], "AssociateAddress"),
    own(["elastic-ip/*", "network-interface/*"], "DisassociateAddress"),
    own("elastic-ip/*", "ReleaseAddress"),
  ],
  aws_autoscaling_group: [
    scaling.look("DescribeAutoScalingGroups", "DescribeScalingActivities", "DescribeInstanceRefreshes"),
    scaling.look(
      "DescribeLifecycleHooks",
      "DescribeWarmPool",
      "DescribeTrafficSources",
      "DescribeLoadBalancerTargetGroups",
    ),
    scaling.look("DescribeAutoScalingInstances"),
    scaling.write(group, "CreateAutoScalingGroup", "UpdateAutoScalingGroup", "DeleteAutoScalingGroup"),
    scaling.write(group, "CreateOrUpdateTags", "DeleteTags", "StartInstanceRefresh", "CancelInstanceRefresh"),
    scaling.write(group, "EnableMetricsCollection", "DisableMetricsCollection", "SuspendProcesses", "ResumeProcesses"),
    scaling.write(group, "SetInstanceProtection", "PutLifecycleHook"),
    scaling.write(group, "AttachLoadBalancerTargetGroups", "DetachLoadBalancerTargetGroups"),
    scaling.write(group, "AttachTrafficSources", "DetachTrafficSources"),
    look("DescribeLaunchTemplates", "DescribeLaunchTemplateVersions", "DescribeInstances"),
    of("elasticloadbalancing").look("DescribeTargetHealth"),
    // Auto Scaling starts machines only for whoever could start them.
    ...runInstances,
    linkedRole("autoscaling.amazonaws.com"),
  ],
  aws_autoscaling_lifecycle_hook: [
    scaling.look("DescribeLifecycleHooks"),
    scaling.write(hooks, "PutLifecycleHook", "DeleteLifecycleHook"),
  ],
  aws_dlm_lifecycle_policy: [
    of("dlm").readOwn("policy/*", "GetLifecyclePolicy", "ListTagsForResource"),
    of("dlm").make("*", "CreateLifecyclePolicy"),
    of("dlm").adopt("policy/*", "TagResource"),
    of("dlm").own("policy/*", "UpdateLifecyclePolicy", "DeleteLifecyclePolicy", "UntagResource"),
  ],
};
