# frozen_string_literal: true

require 'json'

include_recipe 'guestbook_base'

guestbook = node['guestbook_mesos']
gocd = guestbook['gocd']
data = guestbook['node']['data'] || '/srv/gocd'

%w[gocd-server-config gocd-server-backup].each do |program|
  cookbook_file "/usr/local/lib/slipway/#{program}" do
    mode '0755'
  end
end

# Configuration and data outlive the machine. GoCD keeps the key of its encrypted values beside the configuration.
{ '/etc/go' => 'config', '/var/lib/go-server' => 'server' }.each do |path, folder|
  directory "#{data}/#{folder}" do
    owner 'go'
    group 'go'
    mode '0750'
    recursive true
  end

  directory path do
    mode '0750'
    recursive true
    owner 'go'
    group 'go'
  end

  # As systemd-escape names it.
  unit = "#{path.delete_prefix('/').gsub('-', '\x2d').tr('/', '-')}.mount"
  systemd_unit unit do
    content <<~UNIT
      # Written by Cinc Client.
      [Unit]
      Description=Data of the GoCD server at #{path}
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

settings = { 'pipelines' => gocd['pipelines'].to_h, 'port' => guestbook['ports']['gocd'] }

file '/etc/slipway/gocd-server.json' do
  content "#{JSON.pretty_generate(settings)}\n"
  mode '0644'
  notifies :restart, 'service[go-server]'
end

directory '/usr/share/go-server/wrapper-config' do
  mode '0755'
  recursive true
end

template '/usr/share/go-server/wrapper-config/wrapper-properties.conf' do
  source 'server-wrapper-properties.conf.erb'
  mode '0644'
  variables heap: gocd['server_heap_mib'], java: gocd['java']
  notifies :restart, 'service[go-server]'
end

directory '/etc/systemd/system/go-server.service.d' do
  mode '0755'
end

cookbook_file '/etc/systemd/system/go-server.service.d/slipway.conf' do
  source 'go-server.conf'
  mode '0644'
  notifies :run, 'execute[daemon-reload]', :immediately
  notifies :restart, 'service[go-server]'
end

service 'go-server' do
  action %i[enable start]
end

%w[slipway-gocd-backup.service slipway-gocd-backup.timer].each do |unit|
  cookbook_file "/etc/systemd/system/#{unit}" do
    mode '0644'
    notifies :run, 'execute[daemon-reload]', :immediately
  end
end

service 'slipway-gocd-backup.timer' do
  action %i[enable start]
end
