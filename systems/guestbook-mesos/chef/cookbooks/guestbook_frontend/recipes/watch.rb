# frozen_string_literal: true

template '/etc/systemd/system/front-end-watch.service' do
  mode '0644'
  variables ha: node['guestbook_mesos']['frontend']['ha']
  notifies :run, 'execute[daemon-reload]', :immediately
  notifies :restart, 'service[front-end-watch]'
end

service 'front-end-watch' do
  action %i[enable start]
end
