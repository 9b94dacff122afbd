# @summary The guestbook, in a container from our registry. The version is one value of Hiera for all machines.
#
# @param redis_host
#   Where Redis is: the name that follows the primary.
# @param database_secret
#   ARN of the secret that is the database's URL.
# @param registry
#   Host and port of the registry.
# @param registry_secret
#   ARN of the secret with the account that may pull.
# @param port
#   Port of this machine under which the guestbook answers.
class profile::guestbook (
  Stdlib::Host $redis_host,
  Pattern[/\Aarn:[\w-]+:secretsmanager:/] $database_secret,
  Pattern[/\A[a-z0-9.-]+:\d+\z/] $registry,
  Pattern[/\Aarn:[\w-]+:secretsmanager:/] $registry_secret,
  Stdlib::Port $port,
) {
  $version = lookup('guestbook::version', Pattern[/\A\w[\w.-]{0,127}\z/])

  file { ['/etc/docker/certs.d', "/etc/docker/certs.d/${registry}"]:
    ensure => directory,
  }

  # The registry shows a certificate of our own authority: Docker trusts it for this name and no other.
  file { "/etc/docker/certs.d/${registry}/ca.crt":
    content => file($settings::localcacert),
    mode    => '0644',
    before  => Profile::Program['guestbook'],
  }

  $runs = $version ? {
    'none'  => stopped,
    default => running,
  }

  profile::program { 'guestbook':
    ensure      => $runs,
    description => 'Guestbook',
    settings    => {
      'region'         => lookup('slipway::region'),
      'endpoint'       => lookup('slipway::endpoint', Optional[Stdlib::HTTPUrl], undef, undef),
      'image'          => "${registry}/guestbook:${version}",
      'version'        => $version,
      'port'           => $port,
      'redisHost'      => $redis_host,
      'databaseSecret' => $database_secret,
      'registry'       => $registry,
      'registrySecret' => $registry_secret,
    },
  }
}
