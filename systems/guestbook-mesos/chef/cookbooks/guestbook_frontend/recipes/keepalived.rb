# frozen_string_literal: true

frontend = node['guestbook_mesos']['frontend']

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
  variables peers: frontend['peers'], hostname: node['guestbook_mesos']['node']['hostname'],
            interface: frontend['interface'] || node.read('network', 'default_interface')
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
