# frozen_string_literal: true

# Baked into the image of the machine, by its digest; nothing is pulled here.
default['guestbook_mesos']['marathon']['image'] = 'slipway/marathon:baked'
default['guestbook_mesos']['marathon']['heap_mib'] = 768
# Milliseconds. As long as an agent waits for an executor, which may have to pull its image first.
default['guestbook_mesos']['marathon']['task_launch_timeout'] = 600_000
default['guestbook_mesos']['marathon']['zk_connection_timeout'] = 60_000
default['guestbook_mesos']['marathon']['zk_session_timeout'] = 10_000
