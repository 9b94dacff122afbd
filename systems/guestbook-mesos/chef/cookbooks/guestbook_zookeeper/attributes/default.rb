# frozen_string_literal: true

# `members` (addresses by number) and `id` (the number of this machine) come with the machine.
default['guestbook_mesos']['zookeeper']['client_port'] = 2181
default['guestbook_mesos']['zookeeper']['follower_port'] = 2888
default['guestbook_mesos']['zookeeper']['election_port'] = 3888
default['guestbook_mesos']['zookeeper']['data'] = '/var/lib/zookeeper'
default['guestbook_mesos']['zookeeper']['heap_mib'] = 512

# Milliseconds; the other two are counted in it.
default['guestbook_mesos']['zookeeper']['tick'] = 2000
default['guestbook_mesos']['zookeeper']['init_ticks'] = 10
default['guestbook_mesos']['zookeeper']['sync_ticks'] = 5

# Snapshots that stay, and hours between two looks at them.
default['guestbook_mesos']['zookeeper']['snapshots'] = 3
default['guestbook_mesos']['zookeeper']['purge_hours'] = 24
