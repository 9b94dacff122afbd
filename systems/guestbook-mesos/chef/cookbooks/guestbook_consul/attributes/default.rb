# frozen_string_literal: true

# `datacenter`, `servers` (how many), `join` (the tag of the servers) and `gossip_secret_arn` come with the machine.
# The image has the program; see packer/.
default['guestbook_mesos']['consul']['program'] = '/usr/local/bin/consul'
default['guestbook_mesos']['consul']['data'] = '/var/lib/consul'
default['guestbook_mesos']['consul']['user'] = 'consul'

default['guestbook_mesos']['consul']['rpc_port'] = 8300
default['guestbook_mesos']['consul']['serf_port'] = 8301
default['guestbook_mesos']['consul']['http_port'] = 8500
