import type { BackupBucket } from "../../modules/backup-bucket";
import type { ElasticIp } from "../../modules/elastic-ip";
import type { FileBucket } from "../../modules/file-bucket";
import type { Statement } from "../../modules/machine-role";
import type { Notifications } from "../../modules/notifications";
import type { Environment, GuestbookMesos } from "../config";
import type { GuestbookMesosSecrets } from "./guestbook-mesos-secrets";
import type { MesosRole } from "./guestbook-mesos-settings";
import { mayRead } from "./guestbook-secrets";

/** What the rights of machines are about. */
export interface MesosRightsSite {
  readonly environment: Environment;
  readonly system: GuestbookMesos;
  readonly secrets: GuestbookMesosSecrets;
  readonly cookbooks: FileBucket;
  readonly backups: BackupBucket;
  readonly entrance: ElasticIp;
  readonly onCall: Notifications;
  /** ARN of the private registry, where there is one. */
  readonly registryArn: string | undefined;
}

/** What a machine may do in AWS beyond being reached and taking its own volume: as little as its role works with. */
export function mesosRights(role: MesosRole, site: MesosRightsSite, group?: string): Statement[] {
  return [...everyMember(role, site), ...ownRights(role, site, group)];
}

/** Every machine finds the Consul servers, gets its cookbooks, and reports to Sensu. */
function everyMember(
  role: MesosRole,
  { environment: { region }, system, secrets, cookbooks }: MesosRightsSite,
): Statement[] {
  const { gossip, sensuAgent, validator } = secrets;
  const local = system.configuration === "local" || role === "management" || role === "chef";
  return [
    // EC2 lets nobody look at single machines.
    {
      actions: ["ec2:DescribeInstances"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:RequestedRegion": region } },
    },
    mayRead(gossip, sensuAgent, ...(system.configuration === "server" ? [validator] : [])),
    ...(local ? cookbooks.readStatements : []),
  ];
}

function ownRights(role: MesosRole, site: MesosRightsSite, group: string | undefined): Statement[] {
  const { system, secrets, backups, entrance, onCall } = site;
  switch (role) {
    case "zookeeper":
      return [];
    case "mesos-master":
    case "marathon":
      return [mayRead(secrets.marathon)];
    case "mesos-agent":
      return [ownGroup(site, group!), ...registryRights(site, pull)];
    case "frontend": {
      const { certificateSecretArn: arn } = system.entrance;
      return [...entrance.moveStatements, mayRead(secrets.membership, ...(arn ? [{ arn }] : []))];
    }
    case "management":
      return [
        ...chefServer(site),
        mayRead(secrets.marathon, secrets.sensuAdmin),
        backups.writeStatement("management/"),
        ...onCall.publishStatements,
      ];
    case "chef":
      return [...chefServer(site), backups.writeStatement("chef/")];
    case "sensu":
      return [mayRead(secrets.sensuAdmin), backups.writeStatement("sensu/"), ...onCall.publishStatements];
    case "gocd":
      return [mayRead(secrets.gocdAgent), backups.writeStatement("gocd/")];
    case "gocd-agent":
      return [mayRead(secrets.gocdAgent), ...registryRights(site, [...pull, ...push])];
  }
}

/** The Chef server puts its key where the others wait for it. */
function chefServer({ system, secrets }: MesosRightsSite): Statement[] {
  if (system.configuration === "local") return [];
  const actions = ["secretsmanager:PutSecretValue", "secretsmanager:DescribeSecret"];
  return [{ actions, resources: [secrets.validator.arn] }];
}

/** A machine that ends says when its tasks are handed over, and one whose agent is dead says that it is ill. */
function ownGroup({ environment: { region } }: MesosRightsSite, group: string): Statement {
  return {
    actions: [
      ...["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"],
      "autoscaling:SetInstanceHealth",
    ],
    resources: [`arn:*:autoscaling:${region}:*:autoScalingGroup:*:autoScalingGroupName/${group}`],
  };
}

const pull = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"];
const push = [
  ...["ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"],
  "ecr:DescribeImages",
];

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
function registryRights({ registryArn }: MesosRightsSite, actions: readonly string[]): Statement[] {
  if (registryArn === undefined) return [];
  return [
    { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    { actions, resources: [registryArn] },
  ];
}
