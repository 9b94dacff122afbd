# frozen_string_literal: true

# What is watched, and where: a check runs on the machines that have its role. The programs are this cookbook's own, so
# that no machine fetches an asset.
module GuestbookSensu
  PROGRAMS = '/usr/local/lib/slipway/checks'
  # Roles that say by themselves which checks a machine needs.
  ROLES = %w[
    zookeeper consul_server consul_client mesos_master mesos_agent marathon frontend chef_server sensu_backend
    gocd_server gocd_agent
  ].freeze
  # The machine that runs the check, as its agent names it.
  OWN = '{{ .labels.address }}'

  # Each check as the API takes it.
  def self.checks(guestbook)
    interval = guestbook['sensu']['interval_seconds']
    { **of_cluster(guestbook['ports']), **of_systems(guestbook['ports']), **of_machine(guestbook['sensu']) }
      .map { |name, (command, *roles)| check(name, command, roles, interval) }
  end

  def self.of_cluster(ports)
    masters = "--masters {{ .labels.masters }} --port #{ports['mesos_master']}"
    leader = "http://127.0.0.1:#{ports['consul_api']}/v1/status/leader"
    {
      'zookeeper' => ["check-zookeeper --port #{ports['zookeeper']}", 'zookeeper'],
      'mesos-master' => ["check-http --url http://#{OWN}:#{ports['mesos_master']}/health", 'mesos_master'],
      'mesos-quorum' => ["check-mesos-quorum #{masters}", 'mesos_master'],
      'mesos-agent' => ["check-http --url http://#{OWN}:#{ports['mesos_agent']}/health", 'mesos_agent'],
      'marathon' => ["check-http --url http://#{OWN}:#{ports['marathon']}/ping --body pong", 'marathon'],
      'consul-leader' => ["check-http --url #{leader} --body '[0-9]:[0-9]'", 'consul_server', 'consul_client']
    }
  end

  def self.of_systems(ports)
    health = "http://127.0.0.1:#{ports['gocd']}/go/api/v1/health"
    {
      'nginx' => ["check-http --url http://127.0.0.1:#{ports['http']}/healthz", 'frontend'],
      'heartbeat' => %w[check-heartbeat heartbeat],
      'chef-server' => ['check-http --url http://127.0.0.1:8000/_status --body pong', 'chef_server'],
      'gocd-server' => ["check-http --url #{health} --body OK", 'gocd_server']
    }
  end

  def self.of_machine(limits)
    %w[disk memory].to_h do |name|
      levels = limits[name]
      [name, ["check-#{name} --warning #{levels['warning']} --critical #{levels['critical']}", 'linux']]
    end
  end

  def self.check(name, command, roles, interval)
    metadata = { 'name' => name, 'namespace' => 'default', 'labels' => { 'slipway' => 'guestbook-mesos' } }
    spec = { 'command' => "#{PROGRAMS}/#{command}", 'interval' => interval, 'timeout' => 30, 'publish' => true,
             'subscriptions' => roles, 'handlers' => %w[notify] }
    # One of the masters sees for all of them, each in its turn, and there is one alarm: that of the entity they share.
    spec.merge!('round_robin' => true, 'proxy_entity_name' => 'mesos') if name == 'mesos-quorum'
    { 'metadata' => metadata }.merge(spec)
  end
end
