# @summary A Docker registry in a container: TLS by this machine's own certificate, one account, data on a volume.
#
# @param account_secret
#   ARN of the secret with the account that may pull and push.
# @param image
#   Image of the registry.
# @param port
#   Port that it answers on.
# @param data
#   Where the data volume is mounted. The machine's certificate is there too.
class profile::registry (
  Pattern[/\Aarn:[\w-]+:secretsmanager:/] $account_secret,
  String[1] $image,
  Stdlib::Port $port,
  Stdlib::Absolutepath $data,
) {
  # The registry wants passwords hashed by bcrypt.
  stdlib::ensure_packages(['apache2-utils'])

  file { "${data}/data":
    ensure => directory,
    mode   => '0700',
  }

  # The agent has its certificate on the volume as well.
  profile::on_volume { ['registry', 'puppet']:
    path => $data,
  }

  profile::program { 'registry':
    description => 'Docker registry',
    settings    => {
      'region'        => lookup('slipway::region'),
      'endpoint'      => lookup('slipway::endpoint', Optional[Stdlib::HTTPUrl], undef, undef),
      'image'         => $image,
      'port'          => $port,
      'data'          => "${data}/data",
      'httpSecret'    => "${data}/http-secret",
      'certificate'   => "${data}/ssl/certs/${trusted['certname']}.pem",
      'key'           => "${data}/ssl/private_keys/${trusted['certname']}.pem",
      'accountSecret' => $account_secret,
    },
    require     => [File["${data}/data"], Package['apache2-utils']],
  }
}
