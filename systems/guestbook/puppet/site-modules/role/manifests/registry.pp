# @summary The machine that keeps the images.
class role::registry {
  include profile::base
  include profile::docker
  include profile::registry
}
