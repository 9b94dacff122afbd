# frozen_string_literal: true

include_recipe 'guestbook_base'

guestbook = node['guestbook_mesos']
own = guestbook['node']
masters = guestbook['mesos']['masters'].to_a
quorum = guestbook['mesos']['quorum']

# A quorum that is none lets two leaders be elected, or none: better no converge than that.
wanted = (masters.uniq.size / 2) + 1
unless masters.uniq.size == masters.size && masters.size.odd? && quorum == wanted
  raise 'guestbook_mesos.mesos: want an odd number of different masters and the quorum floor(n/2)+1 ' \
        "(here #{wanted}), got masters #{masters.join(', ')} and quorum #{quorum.inspect}; mend the description"
end
unless masters.include?(own['address'])
  raise "guestbook_mesos.mesos.masters: #{own['address']}, this machine, is none of #{masters.join(', ')}; " \
        'give it another role'
end

%w[mesos-master-gate mesos-master-credentials].each do |program|
  cookbook_file "/usr/local/lib/slipway/#{program}" do
    mode '0755'
  end
end

%w[/etc/mesos /etc/mesos-master /var/lib/mesos /etc/systemd/system/mesos-master.service.d].each do |folder|
  directory folder do
    mode '0755'
  end
end

file '/etc/mesos/zk' do
  content "#{GuestbookMesos.zookeeper(node, 'mesos')}\n"
  mode '0644'
  notifies :restart, 'service[mesos-master]'
end

# Read by the package's own mesos-init-wrapper, which makes --zk of the one and --port of the other.
file '/etc/default/mesos-master' do
  content "PORT=#{guestbook['ports']['mesos_master']}\nZK=$(cat /etc/mesos/zk)\n"
  mode '0644'
  notifies :restart, 'service[mesos-master]'
end

# As frameworks have to authenticate only where there is an account: it is Marathon's.
authenticated = guestbook.dig('marathon', 'credential_secret_arn')
flags = guestbook['mesos']['master_flags'].to_h.merge(
  'ip' => own['address'],
  'hostname' => own['address'],
  '?no-hostname_lookup' => '',
  'cluster' => guestbook['mesos']['cluster'],
  'quorum' => quorum.to_s,
  'authenticate_frameworks' => ('true' if authenticated),
  'credentials' => ('/run/slipway/mesos-credentials' if authenticated)
)

# One file per flag: its name is the flag, its text the value.
flags.each do |flag, value|
  file "/etc/mesos-master/#{flag}" do
    content(value.to_s.empty? ? '' : "#{value}\n")
    mode '0644'
    action value.nil? ? :delete : :create
    notifies :restart, 'service[mesos-master]'
  end
end

template '/etc/systemd/system/mesos-master.service.d/slipway.conf' do
  source 'mesos-master.conf.erb'
  mode '0644'
  variables authenticated: authenticated
  notifies :run, 'execute[daemon-reload]', :immediately
  notifies :restart, 'service[mesos-master]'
end

service 'mesos-master' do
  action %i[enable start]
end
