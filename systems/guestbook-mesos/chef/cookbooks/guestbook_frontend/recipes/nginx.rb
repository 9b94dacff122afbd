# frozen_string_literal: true

frontend = node['guestbook_mesos']['frontend']
certificate = frontend['certificate_secret_arn']

%w[/etc/nginx /etc/nginx/conf.d /etc/nginx/stream.d /etc/systemd/system/nginx.service.d].each do |folder|
  directory folder do
    mode '0755'
  end
end

# Until Consul has answered for the first time: what consul-template then writes over.
template '/etc/nginx/conf.d/limits.conf' do
  source 'limits.erb'
  mode '0644'
  variables frontend['limits']
  action :create_if_missing
end

frontend['services'].each do |name, service|
  template "/etc/nginx/conf.d/upstream-#{name}.conf" do
    source 'upstream.erb'
    mode '0644'
    variables name: name, http: true
    action :create_if_missing
  end

  template "/etc/nginx/conf.d/server-#{name}.conf" do
    source 'server.conf.erb'
    mode '0644'
    variables name: name, server_names: service['server_names'], tls: !certificate.nil?
    notifies :run, 'execute[nginx-accept]'
  end
end

frontend['tcp'].each do |entry|
  template "/etc/nginx/stream.d/upstream-#{entry['service']}.conf" do
    source 'upstream.erb'
    mode '0644'
    variables name: entry['service'], http: false
    action :create_if_missing
  end

  template "/etc/nginx/stream.d/server-#{entry['service']}.conf" do
    source 'stream-server.conf.erb'
    mode '0644'
    variables service: entry['service'], port: entry['port']
    notifies :run, 'execute[nginx-accept]'
  end
end

template '/etc/nginx/nginx.conf' do
  mode '0644'
  variables body_mib: frontend['body_mib'], tcp: !frontend['tcp'].empty?, tls: !certificate.nil?,
            connections: frontend['limits']['connections']
  notifies :run, 'execute[nginx-accept]'
end

template '/etc/systemd/system/nginx.service.d/restart.conf' do
  source 'restart.conf.erb'
  mode '0644'
  variables seconds: 1
  notifies :run, 'execute[daemon-reload]', :immediately
end

# Before nginx is started; and again with each converge, so that a certificate that was renewed is used soon.
if certificate
  template '/etc/systemd/system/front-end-certificate.service' do
    mode '0644'
    variables secret: certificate
    notifies :run, 'execute[daemon-reload]', :immediately
  end

  service 'front-end-certificate' do
    action %i[enable start]
  end
end

# A configuration that nginx refuses fails the converge; the one before goes on serving, and is what a restart finds.
execute 'nginx-accept' do
  command '/usr/local/lib/slipway/nginx-accept'
  action :nothing
  notifies :reload, 'service[nginx]'
end

service 'nginx' do
  action %i[enable start]
end
