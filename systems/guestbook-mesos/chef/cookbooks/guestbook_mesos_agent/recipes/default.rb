# frozen_string_literal: true

include_recipe 'guestbook_base'

guestbook = node['guestbook_mesos']
own = guestbook['node']
tasks = guestbook.dig('mesos', 'task_ports') || guestbook['ports']['tasks']
registry = guestbook['registry'] || {}
# Whom Docker asks for an account; public images need none.
closed = registry['kind'] == 'ecr' || registry['credential_secret_arn']

%w[mesos-agent-drain mesos-agent-health].each do |program|
  cookbook_file "/usr/local/lib/slipway/#{program}" do
    mode '0755'
    # A drain that goes on is not interrupted: the new one is what the next machine has.
  end
end

cookbook_file '/usr/local/lib/slipway/mesos_leader.py' do
  mode '0644'
end

# Docker looks for helpers on the path.
cookbook_file '/usr/local/bin/docker-credential-slipway' do
  mode '0755'
end

%w[
  /etc/docker /etc/mesos /etc/mesos-agent /etc/mesos-agent/attributes /etc/mesos-agent/resources /var/lib/mesos
  /etc/systemd/system/mesos-agent.service.d
].each do |folder|
  directory folder do
    mode '0755'
  end
end

template '/etc/docker/daemon.json' do
  mode '0644'
  variables guestbook['docker']
  notifies :restart, 'service[docker]', :immediately
end

service 'docker' do
  action %i[enable start]
end

file '/etc/mesos/zk' do
  content "#{GuestbookMesos.zookeeper(node, 'mesos')}\n"
  mode '0644'
  notifies :restart, 'service[mesos-agent]'
end

file '/etc/default/mesos-agent' do
  content "MASTER=$(cat /etc/mesos/zk)\n"
  mode '0644'
  notifies :restart, 'service[mesos-agent]'
end

# No login: the name of the program that knows it.
template '/etc/mesos/docker.json' do
  source 'docker.json.erb'
  mode '0644'
  variables registry: (registry['repository'].split('/').first if closed)
  notifies :restart, 'service[mesos-agent]'
end

flags = guestbook['mesos']['agent_flags'].to_h.merge(
  'ip' => own['address'],
  'port' => guestbook['ports']['mesos_agent'].to_s,
  'hostname' => own['address'],
  '?no-hostname_lookup' => '',
  'docker_config' => 'file:///etc/mesos/docker.json',
  # Marathon spreads its tasks by them.
  'attributes/az' => (own['zone'] unless own['zone'].to_s.empty?),
  'attributes/instance' => own['id'],
  # What the front ends may reach: the same range as their security group's rule.
  'resources/ports(*)' => "[#{tasks['from']}-#{tasks['to']}]"
)

flags.each do |flag, value|
  file "/etc/mesos-agent/#{flag}" do
    content(value.to_s.empty? ? '' : "#{value}\n")
    mode '0644'
    action value.nil? ? :delete : :create
    notifies :restart, 'service[mesos-agent]'
  end
end

cookbook_file '/etc/systemd/system/mesos-agent.service.d/slipway.conf' do
  source 'mesos-agent.conf'
  mode '0644'
  notifies :run, 'execute[daemon-reload]', :immediately
  notifies :restart, 'service[mesos-agent]'
end

service 'mesos-agent' do
  action %i[enable start]
end

%w[slipway-agent-drain.service slipway-agent-health.service slipway-agent-health.timer].each do |unit|
  cookbook_file "/etc/systemd/system/#{unit}" do
    mode '0644'
    notifies :run, 'execute[daemon-reload]', :immediately
  end
end

service 'slipway-agent-drain' do
  action %i[enable start]
end

service 'slipway-agent-health.timer' do
  action %i[enable start]
end

include_recipe 'guestbook_registrator'
