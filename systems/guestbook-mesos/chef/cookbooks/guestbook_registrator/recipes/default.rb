# frozen_string_literal: true

include_recipe 'guestbook_base'

guestbook = node['guestbook_mesos']

template '/etc/systemd/system/registrator.service' do
  mode '0644'
  variables image: guestbook['registrator']['image'], resync: guestbook['registrator']['resync_seconds'],
            address: guestbook['node']['address'], consul: guestbook['ports']['consul_api']
  notifies :run, 'execute[daemon-reload]', :immediately
  notifies :restart, 'service[registrator]'
end

service 'registrator' do
  action %i[enable start]
end
