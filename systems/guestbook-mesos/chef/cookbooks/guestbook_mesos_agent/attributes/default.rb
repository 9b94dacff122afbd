# frozen_string_literal: true

# Flags of mesos-agent beside those that the machine and the cluster decide. Order of containerizers is their priority.
# An executor has ten minutes to register: it waits for the pull of its image, and Marathon's task_launch_timeout waits
# as long. Attributes may be added to a running agent; anything else that changes makes it a new one.
default['guestbook_mesos']['mesos']['agent_flags'] = {
  'work_dir' => '/var/lib/mesos',
  'containerizers' => 'docker,mesos',
  'executor_registration_timeout' => '10mins',
  'recover' => 'reconnect',
  'reconfiguration_policy' => 'additive'
}

# Of each container: so many files of so many MiB, then the oldest go.
default['guestbook_mesos']['docker']['log_mib'] = 10
default['guestbook_mesos']['docker']['log_files'] = 3
