# frozen_string_literal: true

# The ports of the cluster, as the table src/core/guestbook-mesos-ports.ts has them, from which the security groups are
# made.
{
  http: 80, https: 443, heartbeat: 694,
  zookeeper: 2181, zookeeper_peers: 2888, zookeeper_election: 3888,
  mesos_master: 5050, mesos_agent: 5051, tasks: { from: 31_000, to: 32_000 },
  marathon: 8080, marathon_callback: 15_101,
  consul_server: 8300, consul_gossip: 8301, consul_api: 8500, consul_dns: 8600,
  sensu_agents: 8081, sensu_api: 8085, sensu_dashboard: 3000,
  gocd: 8153, mysql: 3306, redis: 6379
}.each { |name, port| default['guestbook_mesos']['ports'][name.to_s] = port }
