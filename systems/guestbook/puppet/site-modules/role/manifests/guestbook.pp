# @summary A web machine: Docker, and the guestbook from the registry in it.
class role::guestbook {
  include profile::base
  include profile::docker
  include profile::guestbook
}
