# frozen_string_literal: true

# All attributes of the cluster are below this one name. What only the cluster knows, such as addresses, comes with the
# machine: see /etc/slipway/node.json. Below `node` is what the machine knows of itself: id, address, hostname, domain,
# role, zone, region, cluster, environment, data (mount point of its volume, or nothing).

# Minutes between two converges, and seconds by which machines spread them.
default['guestbook_mesos']['converge']['minutes'] = 10
default['guestbook_mesos']['converge']['splay_seconds'] = 120

# MiB of the journal that a machine keeps at most.
default['guestbook_mesos']['log']['journal_mib'] = 500

# Where the local Consul answers questions about names.
default['guestbook_mesos']['consul']['dns_address'] = '127.0.0.1'
default['guestbook_mesos']['consul']['dns_port'] = 8600
default['guestbook_mesos']['consul']['domain'] = 'consul'
