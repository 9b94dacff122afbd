# frozen_string_literal: true

# What only the cluster knows comes with the machine: peers (addresses by host name), allocation_id of the Elastic IP,
# and membership_secret_arn, the secret by which two front ends know each other. With certificate_secret_arn (key,
# certificate and chain as PEM in one text) nginx serves HTTPS, and sends HTTP there.

# What decides which of the two has the Elastic IP: heartbeat or keepalived.
default['guestbook_mesos']['frontend']['ha'] = 'heartbeat'

# Network interface between the two. Nothing: the one with the default route.
default['guestbook_mesos']['frontend']['interface'] = nil

# Seconds between two signs of life, until the log says that they are late, until the other counts as dead, and after a
# boot. Dead after 8 leaves 7 of the 15 seconds of a takeover for the calls of AWS.
default['guestbook_mesos']['frontend']['heartbeat']['keepalive'] = 1
default['guestbook_mesos']['frontend']['heartbeat']['warntime'] = 4
default['guestbook_mesos']['frontend']['heartbeat']['deadtime'] = 8
default['guestbook_mesos']['frontend']['heartbeat']['initdead'] = 60
default['guestbook_mesos']['frontend']['heartbeat']['port'] = 694

# What one client may have open, ask for per second, and ask for at once. The key/value store of Consul overrides each,
# below guestbook/frontend/limits/.
default['guestbook_mesos']['frontend']['limits']['connections'] = 20
default['guestbook_mesos']['frontend']['limits']['requests_per_second'] = 10
default['guestbook_mesos']['frontend']['limits']['burst'] = 20

# Services of Consul that are served by HTTP, by the host names under which they are known; _ takes what no other has.
default['guestbook_mesos']['frontend']['services']['guestbook']['server_names'] = ['_']

# Services that are passed on as plain TCP: [{ 'service' => name in Consul, 'port' => to listen on }]. Open the port in
# the security group of the front ends, too.
default['guestbook_mesos']['frontend']['tcp'] = []

# MiB of a request at most.
default['guestbook_mesos']['frontend']['body_mib'] = 1

# Where the image has them.
default['guestbook_mesos']['frontend']['consul_template'] = '/usr/local/bin/consul-template'
