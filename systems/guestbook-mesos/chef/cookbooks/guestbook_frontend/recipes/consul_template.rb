# frozen_string_literal: true

frontend = node['guestbook_mesos']['frontend']
upstreams = frontend['services'].keys.map { |name| { name:, folder: 'conf.d', http: true } } +
            frontend['tcp'].map { |entry| { name: entry['service'], folder: 'stream.d', http: false } }

%w[/etc/consul-template /etc/consul-template/templates].each do |folder|
  directory folder do
    mode '0755'
  end
end

# Each number as Consul's keys and values have it, else as the attributes do.
limits = frontend['limits'].to_h do |name, value|
  [name, %({{ keyOrDefault "guestbook/frontend/limits/#{name}" "#{value}" }})]
end

template '/etc/consul-template/templates/limits.ctmpl' do
  source 'limits.erb'
  mode '0644'
  variables limits
  notifies :restart, 'service[consul-template]'
end

upstreams.each do |upstream|
  template "/etc/consul-template/templates/#{upstream[:folder]}-#{upstream[:name]}.ctmpl" do
    source 'upstream.erb'
    mode '0644'
    variables upstream.merge(live: true)
    notifies :restart, 'service[consul-template]'
  end
end

template '/etc/consul-template/config.hcl' do
  mode '0644'
  variables upstreams: upstreams
  notifies :restart, 'service[consul-template]'
end

template '/etc/systemd/system/consul-template.service' do
  mode '0644'
  variables program: frontend['consul_template']
  notifies :run, 'execute[daemon-reload]', :immediately
  notifies :restart, 'service[consul-template]'
end

service 'consul-template' do
  action %i[enable start]
end
