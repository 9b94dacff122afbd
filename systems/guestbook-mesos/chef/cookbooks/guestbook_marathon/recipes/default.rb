# frozen_string_literal: true

include_recipe 'guestbook_base'

guestbook = node['guestbook_mesos']
marathon = guestbook['marathon']

directory '/etc/marathon' do
  mode '0755'
end

template '/etc/marathon/environment' do
  mode '0644'
  variables marathon: marathon, ports: guestbook['ports'], address: guestbook['node']['address'],
            mesos: GuestbookMesos.zookeeper(node, 'mesos'), state: GuestbookMesos.zookeeper(node, 'marathon')
  notifies :restart, 'service[marathon]'
end

template '/etc/systemd/system/marathon.service' do
  mode '0644'
  variables image: marathon['image'], authenticated: marathon['credential_secret_arn']
  notifies :run, 'execute[daemon-reload]', :immediately
  notifies :restart, 'service[marathon]'
end

service 'docker' do
  action %i[enable start]
end

service 'marathon' do
  action %i[enable start]
end
