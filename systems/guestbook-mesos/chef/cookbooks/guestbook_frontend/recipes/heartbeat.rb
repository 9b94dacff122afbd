# frozen_string_literal: true

frontend = node['guestbook_mesos']['frontend']
interface = frontend['interface'] || node.read('network', 'default_interface') ||
            raise('frontend.interface: want the interface to the other front end, as none has the default route')

service 'keepalived' do
  action %i[disable stop]
end

%w[/etc/ha.d /etc/ha.d/resource.d /etc/systemd/system/heartbeat.service.d].each do |folder|
  directory folder do
    mode '0755'
  end
end

template '/etc/ha.d/ha.cf' do
  mode '0644'
  variables interface:, settings: frontend['heartbeat'], peers: frontend['peers']
  notifies :restart, 'service[heartbeat]'
end

template '/etc/ha.d/haresources' do
  mode '0644'
  variables first: frontend['peers'].keys.min, allocation: frontend['allocation_id']
  notifies :restart, 'service[heartbeat]'
end

link '/etc/ha.d/resource.d/eip' do
  to '/usr/local/lib/slipway/eip'
end

# The key itself comes at the start of the service, from Secrets Manager, and is nowhere but in memory.
link '/etc/ha.d/authkeys' do
  to '/run/slipway/heartbeat/authkeys'
end

template '/etc/systemd/system/heartbeat.service.d/slipway.conf' do
  source 'heartbeat.conf.erb'
  mode '0644'
  variables secret: frontend['membership_secret_arn']
  notifies :run, 'execute[daemon-reload]', :immediately
end

service 'heartbeat' do
  action %i[enable start]
end
