# @summary The Puppet server: what keeps its code, its key and the deployed version current.
#
# @param minutes
#   How often it looks for news.
class profile::puppet (
  Integer[1, 60] $minutes,
) {
  file {
    default:
      group => 'root',
      mode  => '0750',
      ;
    '/usr/local/lib/slipway/control-sync':
      source => 'puppet:///modules/profile/server/control-sync',
      ;
    '/usr/local/lib/slipway/autosign-policy':
      source => 'puppet:///modules/profile/server/autosign-policy',
      group  => 'puppet',
      ;
    '/etc/systemd/system/control-sync.service':
      source => 'puppet:///modules/profile/server/control-sync.service',
      mode   => '0644',
      ;
    '/etc/systemd/system/control-sync.timer':
      content => epp('profile/control-sync.timer.epp', { 'minutes' => $minutes }),
      mode    => '0644',
  }

  # The agent has its certificate on the volume as well.
  profile::on_volume { ['puppetserver', 'puppet']:
    path => '/srv/puppet',
  }

  service { 'control-sync.timer':
    ensure    => running,
    enable    => true,
    require   => File['/etc/systemd/system/control-sync.service'],
    subscribe => File['/etc/systemd/system/control-sync.timer'],
  }

  service { 'puppetserver':
    ensure => running,
    enable => true,
  }
}
