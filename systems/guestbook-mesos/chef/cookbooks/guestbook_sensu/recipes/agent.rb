# frozen_string_literal: true

include_recipe 'guestbook_base'

guestbook = node['guestbook_mesos']
own = guestbook['node']
backends = guestbook['sensu']['backends'].to_a

# A cluster without Sensu says so by naming no backend.
unless backends.empty?
  checks = %w[check-http check-zookeeper check-mesos-quorum check-disk check-memory check-heartbeat]

  directory '/usr/local/lib/slipway/checks' do
    mode '0755'
  end

  checks.each do |program|
    cookbook_file "#{GuestbookSensu::PROGRAMS}/#{program}" do
      mode '0755'
    end
  end

  %w[/etc/sensu /etc/systemd/system/sensu-agent.service.d].each do |folder|
    directory folder do
      mode '0755'
    end
  end

  roles = GuestbookSensu::ROLES.select { |role| node.role?(role) }
  roles += %w[heartbeat] if node.role?('frontend') && guestbook.dig('frontend', 'ha') != 'keepalived'

  # Heartbeat tells its state to members of its group only.
  if roles.include?('heartbeat')
    group 'haclient' do
      members ['sensu']
      append true
      notifies :restart, 'service[sensu-agent]'
    end
  end

  template '/etc/sensu/agent.yml' do
    mode '0644'
    variables name: own['id'], address: own['address'], masters: guestbook.dig('mesos', 'masters').to_a,
              subscriptions: ['linux', *roles],
              backends: backends.map { |address| "ws://#{address}:#{guestbook['ports']['sensu_agents']}" }
    notifies :restart, 'service[sensu-agent]'
  end

  template '/etc/systemd/system/sensu-agent.service.d/slipway.conf' do
    source 'sensu-agent.conf.erb'
    mode '0644'
    variables secret: guestbook['sensu']['agent_secret_arn']
    notifies :run, 'execute[daemon-reload]', :immediately
    notifies :restart, 'service[sensu-agent]'
  end

  service 'sensu-agent' do
    action %i[enable start]
  end
end
