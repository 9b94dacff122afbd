# frozen_string_literal: true

# Percent of a disk, or of the memory, that is in use when a check warns, and when it is critical.
default['guestbook_mesos']['sensu']['disk'] = { 'warning' => 80, 'critical' => 90 }
default['guestbook_mesos']['sensu']['memory'] = { 'warning' => 85, 'critical' => 95 }
# Seconds between two runs of a check.
default['guestbook_mesos']['sensu']['interval_seconds'] = 60
