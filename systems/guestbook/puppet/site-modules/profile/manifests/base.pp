# @summary What every machine has: Puppet's agent, which looks for changes every ten minutes.
class profile::base {
  service { 'puppet':
    ensure => running,
    enable => true,
  }
}
