# frozen_string_literal: true

include_recipe 'guestbook_base'

guestbook = node['guestbook_mesos']
own = guestbook['node']
# All that outlives the machine. Its configuration too: the keys that open the database lie there.
data = "#{own['data'] || '/srv/management'}/chef"
fqdn = "#{own['hostname']}.#{own['domain']}"

# The server's package makes these accounts with the next free numbers. The volume outlives the machine and its image,
# so the numbers may not depend on either.
{ 'opscode' => 970, 'opscode-pgsql' => 971 }.each do |account, number|
  group account do
    gid number
    system true
  end

  user account do
    uid number
    gid number
    system true
    shell '/usr/sbin/nologin'
  end
end

directory data do
  mode '0755'
  recursive true
end

%w[etc var backup bundle].each do |folder|
  directory "#{data}/#{folder}" do
    mode '0755'
  end
end

directory "#{data}/keys" do
  mode '0700'
end

{ '/etc/cinc-project' => 'etc', '/var/opt/cinc-project' => 'var' }.each do |path, folder|
  directory path do
    mode '0755'
    recursive true
  end

  # As systemd-escape names it.
  unit = "#{path.delete_prefix('/').gsub('-', '\x2d').tr('/', '-')}.mount"
  systemd_unit unit do
    content <<~UNIT
      # Written by Cinc Client.
      [Unit]
      Description=Data of the Chef server at #{path}
      RequiresMountsFor=#{data}

      [Mount]
      What=#{data}/#{folder}
      Where=#{path}
      Type=none
      Options=bind

      [Install]
      WantedBy=multi-user.target
    UNIT
    action %i[create enable start]
  end
end

cookbook_file '/usr/local/lib/slipway/chef_server.py' do
  mode '0644'
end

%w[setup upload prune backup].each do |program|
  cookbook_file "/usr/local/lib/slipway/chef-server-#{program}" do
    mode '0755'
  end
end

units = %w[slipway-chef-setup.service]
%w[upload prune backup].each { |job| units.push("slipway-chef-#{job}.service", "slipway-chef-#{job}.timer") }

units.each do |unit|
  cookbook_file "/etc/systemd/system/#{unit}" do
    mode '0644'
    notifies :run, 'execute[daemon-reload]', :immediately
  end
end

template '/etc/cinc-project/cinc-server.rb' do
  mode '0600'
  variables fqdn: fqdn, backup: "#{data}/backup", heap: guestbook['chef_server']['search_heap_mib']
  notifies :stop, 'service[slipway-chef-setup]', :immediately
end

organization = guestbook['chef_server']['organization']

template '/etc/slipway/knife.rb' do
  mode '0644'
  variables(fqdn:, organization:, data:)
end

template '/etc/slipway/chef-server.json' do
  mode '0644'
  variables(fqdn:, organization:, data:)
  notifies :stop, 'service[slipway-chef-setup]', :immediately
end

# The first run takes minutes, and nothing of this converge waits for it. A changed configuration has stopped it above:
# a restart at the end of the converge would cut the first run short, in the middle of making the database.
service 'slipway-chef-setup' do
  action %i[enable start]
end

%w[upload prune backup].each do |job|
  service "slipway-chef-#{job}.timer" do
    action %i[enable start]
  end
end
