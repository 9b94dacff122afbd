# @summary A program of ours that runs a container, and the unit that keeps it running.
#
# @param settings
#   What the program reads, as JSON. No secrets: it fetches those itself.
# @param description
#   What the unit is called in lists.
# @param ensure
#   Whether it runs.
define profile::program (
  Hash[String, Data] $settings,
  String[1] $description,
  Stdlib::Ensure::Service $ensure = running,
) {
  include profile::programs

  $program = "/usr/local/lib/slipway/${title}-container"

  file { $program:
    source  => "puppet:///modules/profile/${title}-container",
    mode    => '0755',
    require => File['/usr/local/lib/slipway/slipway_container.py'],
  }

  file { "/etc/slipway/${title}.json":
    content => stdlib::to_json_pretty($settings),
    mode    => '0644',
  }

  file { "/etc/systemd/system/${title}.service":
    content => epp('profile/container.service.epp', { 'description' => $description, 'name' => $title, 'program' => $program }),
    mode    => '0644',
  }

  service { $title:
    ensure    => $ensure,
    enable    => $ensure == running,
    require   => Service['docker'],
    subscribe => [
      File[$program],
      File["/etc/slipway/${title}.json"],
      File["/etc/systemd/system/${title}.service"],
      File['/usr/local/lib/slipway/slipway_container.py'],
    ],
  }
}
