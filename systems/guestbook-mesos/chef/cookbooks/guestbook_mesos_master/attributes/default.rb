# frozen_string_literal: true

# Flags of mesos-master beside those that the cluster decides (addresses, quorum, ZooKeeper); a flag with the value nil
# is not given. An agent that does not answer is given up after agent_ping_timeout * max_agent_ping_timeouts, which must
# be longer than zk_session_timeout; when more than recovery_agent_removal_limit of them are missing, a human decides.
default['guestbook_mesos']['mesos']['master_flags'] = {
  'work_dir' => '/var/lib/mesos',
  'registry' => 'replicated_log',
  'log_auto_initialize' => 'true',
  'zk_session_timeout' => '10secs',
  'agent_ping_timeout' => '15secs',
  'max_agent_ping_timeouts' => '5',
  'recovery_agent_removal_limit' => '40%'
}
