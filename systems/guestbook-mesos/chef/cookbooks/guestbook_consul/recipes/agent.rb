# frozen_string_literal: true

# What comes before the configuration of a server or a client.
consul = node['guestbook_mesos']['consul']

user consul['user'] do
  system true
  home consul['data']
  shell '/usr/sbin/nologin'
end

directory consul['data'] do
  owner consul['user']
  group consul['user']
  mode '0750'
end

directory '/etc/consul' do
  group consul['user']
  mode '0750'
end
