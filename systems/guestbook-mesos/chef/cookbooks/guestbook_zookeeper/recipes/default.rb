# frozen_string_literal: true

zookeeper = node['guestbook_mesos']['zookeeper']
members = zookeeper['members']
id = zookeeper['id']
address = node['guestbook_mesos']['node']['address']

# An ensemble that disagrees about its members loses what it stores.
raise "zookeeper.members: want an odd number of members, got #{members.size}" if members.size.even?
raise "zookeeper.id: #{id} is none of the members #{members.keys.join(', ')}" unless members.key?(id.to_s)
unless members[id.to_s] == address
  raise "zookeeper.members: member #{id} is #{members[id.to_s]}, and this machine is #{address}"
end

directory zookeeper['data'] do
  owner 'zookeeper'
  group 'zookeeper'
  mode '0750'
end

file "#{zookeeper['data']}/myid" do
  content "#{id}\n"
  owner 'zookeeper'
  group 'zookeeper'
  mode '0644'
  notifies :restart, 'service[zookeeper]'
end

# Debian's own configuration stores in /tmp; ours lies beside it, and the unit names it.
directory '/etc/zookeeper/guestbook' do
  mode '0755'
end

template '/etc/zookeeper/guestbook/zoo.cfg' do
  mode '0644'
  variables zookeeper
  notifies :restart, 'service[zookeeper]'
end

template '/etc/systemd/system/zookeeper.service' do
  mode '0644'
  variables data: zookeeper['data'], heap: zookeeper['heap_mib'], volume: node['guestbook_mesos']['node']['data']
  notifies :run, 'execute[daemon-reload]', :immediately
  notifies :restart, 'service[zookeeper]'
end

service 'zookeeper' do
  action %i[enable start]
end
