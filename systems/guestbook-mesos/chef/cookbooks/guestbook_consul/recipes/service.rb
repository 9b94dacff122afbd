# frozen_string_literal: true

# What comes after the configuration of a server or a client.
template '/etc/systemd/system/consul.service' do
  mode '0644'
  variables node['guestbook_mesos']['consul']
  notifies :run, 'execute[daemon-reload]', :immediately
  notifies :restart, 'service[consul]'
end

service 'consul' do
  action %i[enable start]
end
