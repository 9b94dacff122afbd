# @summary The Puppet server, which configures itself as well.
class role::puppet {
  include profile::base
  include profile::puppet
}
