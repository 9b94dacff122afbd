# @summary A service that starts only once a data volume is mounted.
#
# A boot does not wait for a volume. A service that did not either would begin anew on the machine's own disk, where the volume
# then cannot be mounted. The boot script that mounts a late volume runs Puppet afterwards, which starts the service.
#
# @param path
#   Where the volume is mounted. Where none is, the service does not wait.
define profile::on_volume (
  Stdlib::Absolutepath $path,
) {
  file { "/etc/systemd/system/${title}.service.d":
    ensure => directory,
  }

  file { "/etc/systemd/system/${title}.service.d/volume.conf":
    content => "# Written by Puppet.\n[Unit]\nRequiresMountsFor=${path}\n",
    mode    => '0644',
    before  => Service[$title],
  }
}
