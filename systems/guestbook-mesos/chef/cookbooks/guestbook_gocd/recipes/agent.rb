# frozen_string_literal: true

require 'json'

include_recipe 'guestbook_base'

guestbook = node['guestbook_mesos']
gocd = guestbook['gocd']

cookbook_file '/usr/local/lib/slipway/gocd-agent-register' do
  mode '0755'
end

# Jobs build and push images.
group 'docker' do
  members ['go']
  append true
  notifies :restart, 'service[go-agent]'
end

service 'docker' do
  action %i[enable start]
end

offer = { 'resources' => gocd['resources'].to_a, 'environments' => gocd['environments'].to_a }

file '/etc/slipway/gocd-agent.json' do
  content "#{JSON.pretty_generate(offer)}\n"
  mode '0644'
  notifies :restart, 'service[go-agent]'
end

directory '/usr/share/go-agent/wrapper-config' do
  mode '0755'
  recursive true
end

template '/usr/share/go-agent/wrapper-config/wrapper-properties.conf' do
  source 'agent-wrapper-properties.conf.erb'
  mode '0644'
  variables heap: gocd['agent_heap_mib'], java: gocd['java'],
            server: "http://#{gocd['server']}:#{guestbook['ports']['gocd']}/go"
  notifies :restart, 'service[go-agent]'
end

%w[/var/lib/go-agent /var/lib/go-agent/config].each do |folder|
  directory folder do
    owner 'go'
    group 'go'
    mode '0750'
  end
end

# With the key by which an agent registers: in memory. The agent blanks it when it has used it.
link '/var/lib/go-agent/config/autoregister.properties' do
  to '/run/go-agent/autoregister.properties'
end

directory '/etc/systemd/system/go-agent.service.d' do
  mode '0755'
end

cookbook_file '/etc/systemd/system/go-agent.service.d/slipway.conf' do
  source 'go-agent.conf'
  mode '0644'
  notifies :run, 'execute[daemon-reload]', :immediately
  notifies :restart, 'service[go-agent]'
end

service 'go-agent' do
  action %i[enable start]
end
