import type { Rule } from "../rule";
import { asg01 } from "./asg-01-launch-template";
import { asg02 } from "./asg-02-tags";
import { asg03 } from "./asg-03-health";
import { asg04 } from "./asg-04-zones";
import { cache01 } from "./cache-01-encrypted";
import { cache03 } from "./cache-03-tls";
import { cache05 } from "./cache-05-snapshots";
import { cache06 } from "./cache-06-failover";
import { cache07 } from "./cache-07-minor-upgrades";
import { dkr01 } from "./dkr-01-loopback";
import { dkr02 } from "./dkr-02-secret-files";
import { dkr03 } from "./dkr-03-image-id";
import { dkr04 } from "./dkr-04-bounded-logs";
import { dkr05 } from "./dkr-05-no-more-rights";
import { dkr06 } from "./dkr-06-health";
import { ec201 } from "./ec2-01-imdsv2";
import { ec202 } from "./ec2-02-hop-limit";
import { ec203 } from "./ec2-03-no-public-address";
import { ec204 } from "./ec2-04-encrypted-disks";
import { ec208 } from "./ec2-08-user-data";
import { ec212 } from "./ec2-12-image-owner";
import { ecr01 } from "./ecr-01-immutable-tags";
import { ecr02 } from "./ecr-02-scans";
import { ecr04 } from "./ecr-04-private";
import { ecr05 } from "./ecr-05-lifecycle";
import { ecs01 } from "./ecs-01-insights";
import { ecs02 } from "./ecs-02-exec-logging";
import { ecs04 } from "./ecs-04-files-in-transit";
import { ecs05 } from "./ecs-05-two-roles";
import { ecs08 } from "./ecs-08-privileged";
import { ecs09 } from "./ecs-09-namespaces";
import { ecs11 } from "./ecs-11-plain-secrets";
import { ecs12 } from "./ecs-12-logs";
import { ecs13 } from "./ecs-13-network-mode";
import { edge } from "./edge";
import { efs01 } from "./efs-01-encrypted";
import { efs03 } from "./efs-03-own-folder";
import { efs04 } from "./efs-04-one-user";
import { efs05 } from "./efs-05-backups";
import { iam01 } from "./iam-01-not-everything";
import { iam02 } from "./iam-02-no-wildcard-actions";
import { iam03 } from "./iam-03-named-resources";
import { iam04 } from "./iam-04-no-credentials";
import { iam05 } from "./iam-05-no-mass-reading";
import { iam07 } from "./iam-07-no-escalation";
import { iam09 } from "./iam-09-trust";
import { iam11 } from "./iam-11-no-administrators";
import { iam13 } from "./iam-13-no-users";
import { iam14 } from "./iam-14-known-principals";
import { lb01 } from "./lb-01-tls";
import { lb02 } from "./lb-02-tls-version";
import { lb03 } from "./lb-03-ciphers";
import { lb04 } from "./lb-04-redirect";
import { lb05 } from "./lb-05-backend-tls";
import { lb06 } from "./lb-06-invalid-headers";
import { lb08 } from "./lb-08-deletion-protection";
import { lb09 } from "./lb-09-desync";
import { lb12 } from "./lb-12-health-check";
import { lb13 } from "./lb-13-zones";
import { lb16 } from "./lb-16-classic";
import { log01 } from "./log-01-retention";
import { log04 } from "./log-04-heard-alarms";
import { net01 } from "./net-01-flow-logs";
import { net02 } from "./net-02-default-group";
import { net03 } from "./net-03-public-addresses";
import { net04 } from "./net-04-default-vpc";
import { net10 } from "./net-10-addresses-in-use";
import { r08 } from "./r-08-capacity-protection";
import { r09 } from "./r-09-safe-deployments";
import { rds01 } from "./rds-01-encrypted";
import { rds03 } from "./rds-03-private";
import { rds04 } from "./rds-04-standby";
import { rds05 } from "./rds-05-backups";
import { rds06 } from "./rds-06-deletion-protection";
import { rds07 } from "./rds-07-snapshot-tags";
import { rds08 } from "./rds-08-iam-logins";
import { rds10 } from "./rds-10-logs";
import { rds13 } from "./rds-13-minor-upgrades";
import { rds14 } from "./rds-14-authority";
import { rds15 } from "./rds-15-tls";
import { rds19 } from "./rds-19-private-subnets";
import { s301 } from "./s3-01-no-public-access";
import { s303 } from "./s3-03-no-access-lists";
import { s308 } from "./s3-08-tls-only";
import { scr01 } from "./scr-01-no-secrets";
import { sg01 } from "./sg-01-descriptions";
import { sg02 } from "./sg-02-no-ssh";
import { sg03 } from "./sg-03-no-rdp";
import { sg05 } from "./sg-05-named-ports";
import { sg06 } from "./sg-06-narrow-egress";
import { sg08 } from "./sg-08-inner-ports";
import { sg09 } from "./sg-09-classic-groups";
import { sns01 } from "./sns-01-encrypted";
import { ssm01 } from "./ssm-01-secure-strings";
import { t6 } from "./t-6-empty-blocks";
import { tf01 } from "./tf-01-no-credentials";
import { vpn02 } from "./vpn-02-tunnel-logs";
import { x01 } from "./x-01-no-secret-arguments";
import { x02 } from "./x-02-no-secret-readers";
import { x03 } from "./x-03-rules-apart";
import { x04 } from "./x-04-own-parameter-groups";
import { x05 } from "./x-05-concrete-versions";
import { x06 } from "./x-06-replaceable-names";
import { x07 } from "./x-07-kept-data";
import { x12 } from "./x-12-pinned-provider";
import { x14 } from "./x-14-safe-state";
import { x15 } from "./x-15-policy-size";
import { x18 } from "./x-18-log-groups";
import { x19 } from "./x-19-one-entrance";
import { x20 } from "./x-20-readable-documents";
import { x21 } from "./x-21-no-local-paths";
import { x22 } from "./x-22-own-state";

/** Every rule of the gate. A file that is not named here is not a rule. */
export const rules: readonly Rule[] = [
  // The network.
  ...[net01, net02, net03, net04, net10],
  // Who reaches whom.
  ...[sg01, sg02, sg03, sg05, sg06, sg08, sg09, x03, x19],
  // Load balancers.
  ...[lb01, lb02, lb03, lb04, lb05, lb06, lb08, lb09, lb12, lb13, lb16],
  // The edge: distributions, web ACLs, certificates.
  ...edge,
  // Machines.
  ...[ec201, ec202, ec203, ec204, ec208, ec212, asg01, asg02, asg03, asg04, x05],
  // Containers and their images.
  ...[ecs01, ecs02, ecs04, ecs05, ecs08, ecs09, ecs11, ecs12, ecs13, ecr01, ecr02, ecr04, ecr05, r08, r09, x18],
  // Containers on this machine.
  ...[dkr01, dkr02, dkr03, dkr04, dkr05, dkr06],
  // Databases and what is kept.
  ...[rds01, rds03, rds04, rds05, rds06, rds07, rds08, rds10, rds13, rds14, rds15, rds19, x01, x02, x04, x07],
  ...[cache01, cache03, cache05, cache06, cache07, efs01, efs03, efs04, efs05, s301, s303, s308],
  // Roles and policies.
  ...[iam01, iam02, iam03, iam04, iam05, iam07, iam09, iam11, iam13, iam14, x15, x20],
  // Logs, alarms and parameters.
  ...[log01, log04, sns01, vpn02, ssm01],
  // The program itself.
  ...[x06, x12, x14, x22, tf01, t6, scr01, x21],
];
