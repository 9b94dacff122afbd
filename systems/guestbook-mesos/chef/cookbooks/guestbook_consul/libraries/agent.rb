# frozen_string_literal: true

# What a Consul agent is told.
module GuestbookConsul
  # For servers and clients alike. The key of the gossip is not here: see consul.service.
  def self.agent(guestbook)
    consul = guestbook['consul']
    machine = guestbook['node']
    {
      'node_name' => machine['id'],
      'datacenter' => consul['datacenter'],
      'domain' => consul['domain'],
      'data_dir' => consul['data'],
      'bind_addr' => machine['address'],
      'client_addr' => '127.0.0.1',
      'retry_join' => [join(machine['region'], consul['join'])],
      'ports' => { 'server' => consul['rpc_port'], 'serf_lan' => consul['serf_port'], 'serf_wan' => -1,
                   'http' => consul['http_port'], 'dns' => consul['dns_port'], 'grpc' => -1 },
      'node_meta' => { 'role' => machine['role'], 'zone' => machine['zone'] },
      'disable_update_check' => true,
      'log_level' => 'INFO'
    }
  end

  # A server keeps its place for the machine that follows it; whoever is gone for good is forgotten.
  def self.server(guestbook)
    servers = guestbook['consul']['servers']
    raise "consul.servers: want an odd number of servers, got #{servers}" unless servers.odd?

    agent(guestbook).merge(
      'server' => true, 'bootstrap_expect' => servers, 'leave_on_terminate' => false,
      'autopilot' => { 'cleanup_dead_servers' => true, 'min_quorum' => servers }
    )
  end

  # A client says that it leaves: machines come and go.
  def self.client(guestbook)
    agent(guestbook).merge('server' => false, 'leave_on_terminate' => true)
  end

  # Without a region Consul would ask the metadata service for it.
  def self.join(region, tag)
    "provider=aws region=#{region} tag_key=#{tag['tag_key']} tag_value=#{tag['tag_value']} addr_type=private_v4"
  end
end
