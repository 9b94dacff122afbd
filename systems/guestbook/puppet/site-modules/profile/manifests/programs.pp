# @summary What the programs that run containers share.
class profile::programs {
  stdlib::ensure_packages(['awscli'])

  file { ['/etc/slipway', '/usr/local/lib/slipway']:
    ensure => directory,
  }

  file { '/usr/local/lib/slipway/slipway_container.py':
    source => 'puppet:///modules/profile/slipway_container.py',
    mode   => '0644',
  }
}
