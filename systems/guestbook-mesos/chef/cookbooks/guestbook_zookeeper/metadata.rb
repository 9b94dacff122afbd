# frozen_string_literal: true

name 'guestbook_zookeeper'
maintainer 'Platform engineering'
license 'Apache-2.0'
description 'A member of the ZooKeeper ensemble, from the packages of Debian'
version '1.0.0'
chef_version '>= 18.0'
supports 'debian', '>= 12.0'
depends 'guestbook_base'
