# frozen_string_literal: true

name 'guestbook_consul'
maintainer 'Platform engineering'
license 'Apache-2.0'
description 'The catalogue of services: a server beside each Mesos master, a client on every other machine'
version '1.0.0'
chef_version '>= 18.0'
supports 'debian', '>= 12.0'
depends 'guestbook_base'
