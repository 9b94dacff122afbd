# The guestbook, and the Redis and PostgreSQL that it needs, on one machine.
#
# Fact guestbook_image: the image to run, which the machine must have. /etc/guestbook/database_password: a password of
# letters and digits.

$image = assert_type(Pattern[/\A[a-z0-9][a-z0-9._\/:@-]*\z/], $facts['guestbook_image'])
$password = Sensitive(strip(file('/etc/guestbook/database_password')))

# Docker's bridge: the address of this machine that containers reach, and nobody outside does. Beside the network of the
# box, because what Docker would choose may be in use around it.
$bridge = '192.168.31.1'
$containers = '192.168.31.0/24'

# Docker makes its bridge later than others start. This lets them listen on its address from the beginning.
file { '/etc/sysctl.d/60-guestbook.conf':
  content => "net.ipv4.ip_nonlocal_bind = 1\n",
}
~> exec { 'load 60-guestbook.conf':
  command     => '/usr/sbin/sysctl --quiet --load=/etc/sysctl.d/60-guestbook.conf',
  refreshonly => true,
  before      => [Class['redis'], Class['postgresql::server']],
}

package { ['docker.io', 'docker-cli']:
  ensure => installed,
}
-> file { '/etc/docker/daemon.json':
  content => stdlib::to_json_pretty({ 'bip' => "${bridge}/24" }),
}
~> service { 'docker':
  ensure => running,
  enable => true,
}

class { 'redis':
  bind           => ['127.0.0.1', $bridge],
  # REDIS_HOST alone, without a password, is all that the guestbook is given: whom it listens to is the protection.
  protected_mode => false,
  # Debian's unit has a limit, and the module's way to set one needs a newer module than Debian has.
  ulimit_managed => false,
}

class { 'postgresql::server':
  listen_addresses => "127.0.0.1,${bridge}",
}

postgresql::server::db { 'guestbook':
  user     => 'guestbook',
  # The migration makes tables, which PostgreSQL leaves to the owner alone.
  owner    => 'guestbook',
  password => $password,
  # Whatever language the machine was installed in: names and messages may be in any.
  encoding => 'UTF8',
  locale   => 'C.UTF-8',
}

postgresql::server::pg_hba_rule { 'the guestbook, from its container':
  type        => 'host',
  database    => 'guestbook',
  user        => 'guestbook',
  address     => $containers,
  auth_method => 'scram-sha-256',
}

file { '/etc/guestbook/environment':
  mode      => '0600',
  show_diff => false,
  content   => Sensitive(@("ENVIRONMENT")),
    REDIS_HOST=${bridge}
    DATABASE_URL=postgres://guestbook:${password.unwrap}@${bridge}/guestbook
    | ENVIRONMENT
}

file { '/etc/systemd/system/guestbook.service':
  content => @("UNIT"),
    [Unit]
    Description=Guestbook
    Requires=docker.service
    After=docker.service redis-server.service postgresql.service
    StartLimitIntervalSec=0

    [Service]
    ExecStartPre=-/usr/bin/docker rm --force guestbook
    ExecStart=/usr/bin/docker run --rm --name guestbook --pull never --env-file /etc/guestbook/environment \
      --publish 80:80 --security-opt no-new-privileges ${image}
    ExecStop=/usr/bin/docker stop guestbook
    Restart=always
    RestartSec=2

    [Install]
    WantedBy=multi-user.target
    | UNIT
}

service { 'guestbook':
  ensure    => running,
  enable    => true,
  require   => [Service['docker'], Class['redis'], Postgresql::Server::Db['guestbook']],
  subscribe => [File['/etc/guestbook/environment'], File['/etc/systemd/system/guestbook.service']],
}
