# frozen_string_literal: true

include_recipe 'guestbook_consul::agent'

file '/etc/consul/consul.json' do
  content "#{JSON.pretty_generate(GuestbookConsul.client(node['guestbook_mesos']))}\n"
  group node['guestbook_mesos']['consul']['user']
  mode '0640'
  notifies :restart, 'service[consul]'
end

include_recipe 'guestbook_consul::service'
