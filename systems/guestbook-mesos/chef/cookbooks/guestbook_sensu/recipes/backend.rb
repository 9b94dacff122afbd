# frozen_string_literal: true

require 'json'

include_recipe 'guestbook_base'

guestbook = node['guestbook_mesos']
data = "#{guestbook['node']['data'] || '/srv/management'}/sensu"

%w[sensu-backend-setup sensu-notify].each do |program|
  cookbook_file "/usr/local/lib/slipway/#{program}" do
    mode '0755'
  end
end

directory data do
  owner 'sensu'
  group 'sensu'
  mode '0750'
  recursive true
end

%w[/etc/sensu /etc/systemd/system/sensu-backend.service.d].each do |folder|
  directory folder do
    mode '0755'
  end
end

template '/etc/sensu/backend.yml' do
  mode '0644'
  variables data: data, ports: guestbook['ports']
  notifies :restart, 'service[sensu-backend]'
end

template '/etc/systemd/system/sensu-backend.service.d/slipway.conf' do
  source 'sensu-backend.conf.erb'
  mode '0644'
  variables data: data
  notifies :run, 'execute[daemon-reload]', :immediately
  notifies :restart, 'service[sensu-backend]'
end

service 'sensu-backend' do
  action %i[enable start]
end

# Checks are JSON, and go to the API as they are.
checks = GuestbookSensu.checks(guestbook)

file '/etc/sensu/checks.json' do
  content "#{JSON.pretty_generate(checks)}\n"
  mode '0644'
  notifies :restart, 'service[slipway-sensu-setup]'
end

cookbook_file '/etc/systemd/system/slipway-sensu-setup.service' do
  mode '0644'
  notifies :run, 'execute[daemon-reload]', :immediately
end

service 'slipway-sensu-setup' do
  action %i[enable start]
end
