# frozen_string_literal: true

guestbook = node['guestbook_mesos']
machine = guestbook['node']

template '/etc/hosts' do
  source 'hosts.erb'
  mode '0644'
  variables address: machine['address'], hostname: machine['hostname'], domain: machine['domain'],
            peers: guestbook.dig('frontend', 'peers') || {}
end

# For later boots: before each converge the boot program has given the machine this name.
file '/etc/hostname' do
  content "#{machine['hostname']}\n"
  mode '0644'
end

# What programs of all cookbooks share.
%w[slipway_machine.py mesos_quorum.py].each do |library|
  cookbook_file "/usr/local/lib/slipway/#{library}" do
    mode '0644'
  end
end

# Asked before and after a member of a quorum is replaced; see the runbook of the stack.
cookbook_file '/usr/local/lib/slipway/quorum-health' do
  mode '0755'
end

# Cloud-init would give the machine the name of its address back at the next boot.
cookbook_file '/etc/cloud/cloud.cfg.d/90-slipway-name.cfg' do
  source 'cloud-name.cfg'
  mode '0644'
end

cookbook_file '/usr/local/lib/slipway/fetch-secret' do
  mode '0755'
end

directory '/etc/systemd/resolved.conf.d' do
  mode '0755'
end

template '/etc/systemd/resolved.conf.d/consul.conf' do
  source 'resolved-consul.conf.erb'
  mode '0644'
  variables guestbook['consul']
  notifies :restart, 'service[systemd-resolved]'
end

service 'systemd-resolved' do
  action %i[enable start]
end

directory '/etc/systemd/journald.conf.d' do
  mode '0755'
end

template '/etc/systemd/journald.conf.d/limits.conf' do
  source 'journald-limits.conf.erb'
  mode '0644'
  variables mib: guestbook['log']['journal_mib']
  notifies :restart, 'service[systemd-journald]'
end

service 'systemd-journald'

template '/etc/systemd/system/cinc-client.service' do
  mode '0644'
  variables environment: node.chef_environment
  notifies :run, 'execute[daemon-reload]', :immediately
end

template '/etc/systemd/system/cinc-client.timer' do
  mode '0644'
  variables guestbook['converge']
  notifies :run, 'execute[daemon-reload]', :immediately
  notifies :restart, 'service[cinc-client.timer]'
end

execute 'daemon-reload' do
  command %w[systemctl daemon-reload]
  action :nothing
end

service 'cinc-client.timer' do
  action %i[enable start]
end
