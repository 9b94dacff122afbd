import { linkedRole, of, type Rows } from "../grant";
import { vendedLogs } from "./vended-logs";

const { look, read, write, own, readOwn, make, adopt } = of("rds");
const caches = of("elasticache");
const secrets = of("secretsmanager");
const tags = ["AddTagsToResource", "RemoveTagsFromResource"];
const network = of("ec2").look(
  ...["DescribeAccountAttributes", "DescribeAvailabilityZones", "DescribeInternetGateways", "DescribeSecurityGroups"],
  ...["DescribeSubnets", "DescribeVpcs"],
);

const whole = ["replicationgroup:{replication_group_id}", "cluster:{replication_group_id}-*"];

/** The password that RDS makes and keeps lies in a secret that it names. */
const managedPassword = [
  secrets.write("secret:rds!*", "CreateSecret", "TagResource", "DescribeSecret", "RotateSecret"),
  of("kms").read("key/*", "DescribeKey"),
];

/** Databases and caches. */
export const databases: Rows = {
  aws_db_subnet_group: [
    read("subgrp:{name}", "DescribeDBSubnetGroups", "ListTagsForResource"),
    write("subgrp:{name}", "CreateDBSubnetGroup", "ModifyDBSubnetGroup", "DeleteDBSubnetGroup", ...tags),
    network,
  ],
  aws_db_parameter_group: [
    read("pg:{name}", "DescribeDBParameterGroups", "DescribeDBParameters", "ListTagsForResource"),
    write("pg:{name}", "CreateDBParameterGroup", "ModifyDBParameterGroup", "ResetDBParameterGroup"),
    write("pg:{name}", "DeleteDBParameterGroup", ...tags),
  ],
  aws_rds_cluster_parameter_group: [
    read("cluster-pg:{name}", "DescribeDBClusterParameterGroups", "DescribeDBClusterParameters", "ListTagsForResource"),
    write("cluster-pg:{name}", "CreateDBClusterParameterGroup", "ModifyDBClusterParameterGroup"),
    write("cluster-pg:{name}", "ResetDBClusterParameterGroup", "DeleteDBClusterParameterGroup", ...tags),
  ],
  aws_db_instance: [
    read("db:*", "DescribeDBInstances"),
    look("DescribeDBEngineVersions"),
    read("db:{identifier}", "ListTagsForResource"),
    write("db:{identifier}", "CreateDBInstance", "ModifyDBInstance", "RebootDBInstance", "DeleteDBInstance", ...tags),
    write(["subgrp:{db_subnet_group_name}", "pg:{parameter_group_name?}"], "CreateDBInstance", "ModifyDBInstance"),
    write("og:default*", "CreateDBInstance", "ModifyDBInstance"),
    write(["db:{identifier}", "snapshot:{identifier}*"], "CreateDBSnapshot"),
    write("snapshot:{identifier}*", ...tags),
    ...managedPassword,
    network,
    linkedRole("rds.amazonaws.com"),
  ],
  aws_rds_cluster: [
    read("cluster:{cluster_identifier}", "DescribeDBClusters", "ListTagsForResource"),
    { ...read("global-cluster:*", "DescribeGlobalClusters"), on: ["rds::global-cluster:*"] },
    read("db:*", "DescribeDBInstances"),
    write("cluster:{cluster_identifier}", "CreateDBCluster", "ModifyDBCluster", "DeleteDBCluster", ...tags),
    write(["subgrp:{db_subnet_group_name}", "og:default*"], "CreateDBCluster"),
    write("cluster-pg:{db_cluster_parameter_group_name?}", "CreateDBCluster", "ModifyDBCluster"),
    write(["cluster:{cluster_identifier}", "cluster-snapshot:{cluster_identifier}*"], "CreateDBClusterSnapshot"),
    write("cluster-snapshot:{cluster_identifier}*", "DeleteDBCluster", ...tags),
    ...managedPassword,
    network,
    linkedRole("rds.amazonaws.com"),
  ],
  aws_rds_cluster_instance: [
    read("db:*", "DescribeDBInstances"),
    read("db:{identifier}", "ListTagsForResource"),
    read("cluster:{cluster_identifier}", "DescribeDBClusters"),
    write("db:{identifier}", "CreateDBInstance", "ModifyDBInstance", "RebootDBInstance", "DeleteDBInstance", ...tags),
    write("cluster:{cluster_identifier}", "CreateDBInstance"),
    write(["subgrp:{db_subnet_group_name}", "pg:{db_parameter_group_name?}"], "CreateDBInstance", "ModifyDBInstance"),
  ],
  aws_db_proxy: [
    readOwn("db-proxy:*", "ListTagsForResource"),
    read("db-proxy:*", "DescribeDBProxies"),
    make("*", "CreateDBProxy"),
    adopt("db-proxy:*", "AddTagsToResource"),
    own("db-proxy:*", "ModifyDBProxy", "DeleteDBProxy", ...tags),
    network,
    linkedRole("rds.amazonaws.com"),
  ],
  aws_db_proxy_default_target_group: [
    read("db-proxy:*", "DescribeDBProxyTargetGroups"),
    write("target-group:*", "ModifyDBProxyTargetGroup"),
  ],
  aws_db_proxy_target: [
    read(["db-proxy:*", "target-group:*"], "DescribeDBProxyTargets"),
    own("db-proxy:*", "DeregisterDBProxyTargets"),
    write("target-group:*", "RegisterDBProxyTargets", "DeregisterDBProxyTargets"),
    write(
      ["db:{db_instance_identifier?}", "cluster:{db_cluster_identifier?}"],
      ...["RegisterDBProxyTargets", "DeregisterDBProxyTargets"],
    ),
  ],
  aws_elasticache_subnet_group: [
    caches.read("subnetgroup:{name}", "DescribeCacheSubnetGroups", "ListTagsForResource"),
    caches.write("subnetgroup:{name}", "CreateCacheSubnetGroup", "ModifyCacheSubnetGroup", "DeleteCacheSubnetGroup"),
    caches.write("subnetgroup:{name}", ...tags),
    network,
  ],
  aws_elasticache_parameter_group: [
    caches.read("parametergroup:{name}", "DescribeCacheParameterGroups", "DescribeCacheParameters"),
    caches.read("parametergroup:{name}", "ListTagsForResource"),
    caches.write("parametergroup:{name}", "CreateCacheParameterGroup", "ModifyCacheParameterGroup"),
    caches.write("parametergroup:{name}", "ResetCacheParameterGroup", "DeleteCacheParameterGroup", ...tags),
  ],
  aws_elasticache_replication_group: [
    caches.read("replicationgroup:{replication_group_id}", "DescribeReplicationGroups", "ListTagsForResource"),
    caches.read("cluster:*", "DescribeCacheClusters"),
    caches.write(whole, "CreateReplicationGroup", ...tags),
    caches.write("replicationgroup:{replication_group_id}", "ModifyReplicationGroup", "DeleteReplicationGroup"),
    caches.write("replicationgroup:{replication_group_id}", "IncreaseReplicaCount", "DecreaseReplicaCount"),
    caches.write("parametergroup:{parameter_group_name}", "CreateReplicationGroup", "ModifyReplicationGroup"),
    caches.write("subnetgroup:{subnet_group_name}", "CreateReplicationGroup"),
    caches.write("snapshot:{replication_group_id}*", "CreateSnapshot", "DeleteReplicationGroup"),
    caches.write(whole, "CreateSnapshot"),
    network,
    ({ body }) => (body.log_delivery_configuration === undefined ? [] : vendedLogs),
    linkedRole("elasticache.amazonaws.com"),
  ],
};
