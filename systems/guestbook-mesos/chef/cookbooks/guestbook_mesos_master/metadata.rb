# frozen_string_literal: true

name 'guestbook_mesos_master'
maintainer 'Platform engineering'
license 'Apache-2.0'
description 'A Mesos master, one of a quorum that elects its leader through ZooKeeper'
version '1.0.0'
chef_version '>= 18.0'
supports 'debian', '>= 12.0'

depends 'guestbook_base'
