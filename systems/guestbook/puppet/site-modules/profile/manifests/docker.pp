# @summary The Docker daemon of Debian.
#
# @param options
#   Content of daemon.json.
class profile::docker (
  Hash[String, Data] $options,
) {
  # Debian 13 has the client in a package of its own.
  stdlib::ensure_packages(['docker.io', 'docker-cli'])

  file { '/etc/docker':
    ensure => directory,
  }

  file { '/etc/docker/daemon.json':
    content => stdlib::to_json_pretty($options),
    require => Package['docker.io'],
  }

  service { 'docker':
    ensure    => running,
    enable    => true,
    require   => Package['docker-cli'],
    subscribe => File['/etc/docker/daemon.json'],
  }
}
