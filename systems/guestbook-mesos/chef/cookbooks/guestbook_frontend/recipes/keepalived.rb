# frozen_string_literal: true

frontend = node['guestbook_mesos']['frontend']
interface = frontend['interface'] || node.read('network', 'default_interface') ||
            raise('frontend.interface: want the interface to the other front end, as none has the default route')

service 'heartbeat' do
  action %i[disable stop]
end

%w[/etc/keepalived /etc/systemd/system/keepalived.service.d].each do |folder|
  directory folder do
    mode '0755'
  end
end

template '/etc/keepalived/keepalived.conf' do
  mode '0644'
  variables interface:, peers: frontend['peers'], hostname: node['guestbook_mesos']['node']['hostname']
  notifies :restart, 'service[keepalived]'
end

template '/etc/systemd/system/keepalived.service.d/restart.conf' do
  source 'restart.conf.erb'
  mode '0644'
  variables seconds: 2
  notifies :run, 'execute[daemon-reload]', :immediately
end

service 'keepalived' do
  action %i[enable start]
end
